//! Company (Организация): whose books these are, with the tax regime by period (LAW 2.11).

use crate::domain::money::bank_account::BankAccount;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{choice, field, object, text};

choice! {
    /// A tax regime; decides whether and at which rate sales carry VAT.
    TaxRegime = "tax_regime" {
        General = 0 "general" "ОСН, с НДС",
        SimplifiedFree = 1 "simplified_free" "УСН, освобождение от НДС",
        Simplified5 = 2 "simplified_5" "УСН, НДС 5 %",
        Simplified7 = 3 "simplified_7" "УСН, НДС 7 %",
        SimplifiedGeneral = 4 "simplified_general" "УСН, НДС на общих основаниях",
        Patent = 5 "patent" "Патент",
    }
}

object! {
    /// A legal person or an entrepreneur on whose behalf documents are written.
    catalog Company = 1 "company" "Организация" {
        full_name: String = "Полное наименование",
        entrepreneur: bool = "Индивидуальный предприниматель",
        inn: String = "ИНН",
        kpp: String = "КПП",
        ogrn: String = "ОГРН",
        okpo: String = "ОКПО",
        address: String = "Адрес",
        phone: String = "Телефон",
        email: String = "Эл. почта",
        director_post: String = "Должность руководителя",
        director: String = "Руководитель",
        accountant: String = "Главный бухгалтер",
        cashier: String = "Кассир",
        prefix: String = "Префикс номеров",
        bank_account: Ref<BankAccount> = "Основной счет",
        locked_until: Date = "Запрет изменений по",
        locked_by: String = "Кто установил запрет",
    }
    /// The regime in force from a day on.
    table regimes: CompanyRegime = "Налоговый режим" {
        from: Date = "Действует с" [required],
        regime: TaxRegime = "Режим",
    }
}

impl Company {
    /// The regime on a day; `None` before the first period.
    pub fn regime(&self, on: Date) -> Option<TaxRegime> {
        self.regimes.iter().filter(|row| row.from <= on).max_by_key(|row| row.from).map(|row| row.regime)
    }
    /// The name for documents.
    pub fn official_name(&self) -> &str {
        if self.full_name.is_empty() { &self.name } else { &self.full_name }
    }
}

impl TaxRegime {
    /// True when input VAT is deducted and not put into cost.
    pub const fn deducts_vat(self) -> bool {
        matches!(self, TaxRegime::General | TaxRegime::SimplifiedGeneral)
    }
    /// True when sales carry no VAT at all.
    pub const fn without_vat(self) -> bool {
        matches!(self, TaxRegime::SimplifiedFree | TaxRegime::Patent)
    }
    /// True for the «special order» accounts 90.01.2 and 90.02.2.
    pub const fn special(self) -> bool {
        !matches!(self, TaxRegime::General)
    }
}

impl Behaviour for Company {
    fn fill_new(&mut self, facts: &dyn Facts) {
        "Директор".clone_into(&mut self.director_post);
        self.regimes.push(CompanyRegime {
            key: 1,
            from: Date::from_stored(facts.today().year() * 10_000 + 101),
            regime: TaxRegime::General,
        });
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if self.regimes.is_empty() {
            problems.field(field!(Company, regimes), text!("company-regime-missing"));
        }
        crate::domain::crm::details::check_codes(problems, &self.inn, &self.kpp, &self.ogrn, &self.okpo);
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.inn.clone(), self.full_name.clone()]
    }
}
