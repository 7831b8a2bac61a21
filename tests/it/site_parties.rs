//! Buyers of the orders of a site: identities shared by guests, and contacts wherever they hide (PROTOCOL 6.1).

use kontora::exchange::site::{PartyKind, PartyRole, SiteDocument, SiteParty, is_guest_id, read_orders};

fn document(inside: &str) -> SiteDocument {
    let text = format!(
        "<КоммерческаяИнформация><Документ><Ид>1</Ид><Дата>2026-11-23</Дата>{inside}</Документ>\
            </КоммерческаяИнформация>"
    );
    read_orders(text.as_bytes(), None).documents.remove(0)
}

fn party(inside: &str) -> SiteParty {
    document(&format!("<Контрагенты><Контрагент>{inside}</Контрагент></Контрагенты>")).parties.remove(0)
}

fn contact(kind: &str, value: &str) -> String {
    format!("<Контакт><Тип>{kind}</Тип><Значение>{value}</Значение></Контакт>")
}

/// Mail, telephones, addresses in one line each.
fn reached(party: &SiteParty) -> (String, String, String) {
    let numbers: Vec<&str> = party.contacts.phones.iter().map(|phone| phone.number.as_str()).collect();
    let places: Vec<&str> = party.contacts.addresses.iter().map(|place| place.text.as_str()).collect();
    (party.contacts.emails.join(" "), numbers.join(" "), places.join(" | "))
}

#[test]
fn ids_of_guests_are_known() {
    for id in
        ["", "0", "0#anna@example.org", "0#", "wc1c#user#0", " wc1c#user#0 ", "00000000-0000-0000-0000-000000000000"]
    {
        assert!(is_guest_id(id), "{id}");
        assert!(party(&format!("<Ид>{id}</Ид>")).is_guest_id, "{id}");
    }
    for id in ["1", "10#mail@x.ru#Имя", "wc1c#user#10", "38#catalog_exchange#", "a0"] {
        assert!(!is_guest_id(id), "{id}");
    }
}

#[test]
fn contacts_are_found_wherever_they_hide() {
    let expected = ("anna@example.org".to_owned(), "+79990000011".to_owned());
    let mail = "Anna@Example.org";
    let phone = "8 (999) 000-00-11";
    let both =
        |mail_kind: &str, phone_kind: &str| format!("{}{}", contact(mail_kind, mail), contact(phone_kind, phone));
    let places = [
        format!("<Контакты>{}</Контакты>", both("Почта", "ТелефонРабочий")),
        format!("<Контакты>{}</Контакты>", both("E-Mail", "Телефон Рабочий")),
        format!("<Контакты>{}</Контакты>", both("Email", "Телефон мобильный")),
        format!("<Контакты>{}</Контакты>", both("Электронная почта", "Телефон рабочий")),
        both("Почта", "Телефон"),
        format!(
            "<АдресРегистрации><Представление>x</Представление><Контакты>{}</Контакты></АдресРегистрации>",
            both("Почта", "Телефон")
        ),
        format!(
            "<Телефон><Представление>{phone}</Представление></Телефон><Email>\
                <Представление>{mail}</Представление></Email>"
        ),
        format!("<Телефон>{phone}</Телефон><Почта>{mail}</Почта>"),
        format!("<РеквизитыФизЛица><Контакты>{}</Контакты></РеквизитыФизЛица>", both("Почта", "Телефон")),
        format!("<Ид>17#{mail}#Анна</Ид><Контакты>{}</Контакты>", contact("Телефон", phone)),
        format!(
            "<Контакты><Контакт><Тип>Почта</Тип><Значение><Представление>{mail}</Представление></Значение></Контакт>\
             <Контакт><Тип>Телефон</Тип><Представление>{phone}</Представление></Контакт></Контакты>"
        ),
        format!("<Контакты>{}</Контакты>", contact("Прочее", mail) + &contact("Телефон", phone)),
    ];
    for place in places {
        let found = party(&place);
        let (mail, phone, _) = reached(&found);
        assert_eq!((mail, phone), expected, "{place}");
        assert_eq!(found.contacts.phones[0].raw, phone_as_written(&place, &found), "{place}");
    }
}

fn phone_as_written(_: &str, found: &SiteParty) -> String {
    assert_eq!(found.contacts.phones.len(), 1, "one number is one contact");
    "8 (999) 000-00-11".to_owned()
}

#[test]
fn one_contact_written_twice_is_one() {
    let twice = party(&format!(
        "<Ид>0#anna@example.org</Ид><Контакты>{}{}{}{}</Контакты>",
        contact("Почта", "anna@example.org, ANNA@example.org; second@example.org"),
        contact("ТелефонРабочий", "+7 999 000-00-11, 8 999 000 00 12"),
        contact("Телефон мобильный", "89990000011"),
        contact("Факс", "223-32-22"),
    ));
    let (mail, phone, _) = reached(&twice);
    assert_eq!(mail, "anna@example.org second@example.org");
    assert_eq!(phone, "+79990000011 +79990000012");
    assert_eq!(twice.contacts.other, [("Факс".to_owned(), "223-32-22".to_owned())], "a fax is kept, but no telephone");
}

#[test]
fn what_is_no_contact_is_not_taken_for_one() {
    let odd =
        party(&format!("<Контакты>{}{}</Контакты>", contact("Почта", "нет"), contact("Телефон", "позвоните сами")));
    assert!(odd.contacts.emails.is_empty());
    let phone = &odd.contacts.phones[0];
    assert_eq!((phone.number.as_str(), phone.raw.as_str()), ("", "позвоните сами"), "what was written is kept");
    let empty = party(&format!("<Контакты>{}{}</Контакты>", contact("Почта", ""), contact("Телефон", " ")));
    assert!(empty.contacts.is_unreachable());
    assert!(party("<Ид>1#admin#Иван</Ид>").contacts.is_unreachable(), "a login is no mail address");
}

#[test]
fn another_person_under_the_same_id_is_noticed() {
    let both =
        format!("<Ид>7</Ид><Контакты>{}{}</Контакты>", contact("Почта", "a@x.ru"), contact("Телефон", "89990000011"));
    let known = |email: &str, phone: &str| party(&both).contradicts(&[email.to_owned()], &[phone.to_owned()]);
    assert!(known("b@x.ru", "+79990000012"));
    assert!(!known("a@x.ru", "+79990000012") && !known("b@x.ru", "+79990000011"), "one of them changed");
    assert!(!party(&both).contradicts(&["b@x.ru".to_owned()], &[]), "too little is known");
    assert!(!party("<Ид>7</Ид>").contradicts(&["b@x.ru".to_owned()], &["+79990000012".to_owned()]));
}

#[test]
fn addresses_are_found_in_every_form() {
    let presented = "<Представление>101000, Москва,\n Тверская, 1</Представление>";
    let field =
        |kind: &str, value: &str| format!("<АдресноеПоле><Тип>{kind}</Тип><Значение>{value}</Значение></АдресноеПоле>");
    for tag in ["АдресРегистрации", "Адрес", "ЮридическийАдрес"] {
        let found = party(&format!("<{tag}>{presented}{}</{tag}>", field("Почтовый индекс", "101000")));
        assert_eq!(reached(&found).2, "101000, Москва, Тверская, 1", "{tag}");
        assert_eq!(found.contacts.addresses[0].fields, [("Почтовый индекс".to_owned(), "101000".to_owned())]);
    }
    let fields =
        party(&format!("<Адрес>{}{}{}</Адрес>", field("Город", "Тверь"), field("Улица", ""), field("Дом", "5")));
    assert_eq!(reached(&fields).2, "Тверь, 5", "without a text the fields make one");
    let nested =
        format!("<Контакты><Контакт><Тип>Фактический адрес</Тип><Значение>{presented}</Значение></Контакт></Контакты>");
    assert_eq!(reached(&party(&nested)).2, "101000, Москва, Тверская, 1");
    let twice = party(&format!("<Адрес>{presented}</Адрес>{nested}"));
    assert_eq!(twice.contacts.addresses.len(), 1);
    assert!(party("<АдресРегистрации><Представление/></АдресРегистрации>").contacts.addresses.is_empty());
    let beside = document(&format!(
        "<Контрагенты><Контрагент><Ид>1</Ид></Контрагент><АдресРегистрации/>{presented}{}</Контрагенты>",
        contact("Почта", "a@x.ru")
    ));
    assert_eq!(reached(&beside.parties[0]).2, "101000, Москва, Тверская, 1");
    assert_eq!(beside.parties[0].contacts.emails, ["a@x.ru"]);
}

#[test]
fn tax_numbers_are_found_wherever_they_stand() {
    let plain = party("<ИНН>7707083893</ИНН><КПП>770501001</КПП>");
    let nested = party(
        "<РеквизитыЮрЛица><ОфициальноеНаименование>ООО</ОфициальноеНаименование><ИНН> 7707083893 </ИНН>\
            <КПП>770501001</КПП></РеквизитыЮрЛица>",
    );
    for found in [&plain, &nested] {
        assert_eq!(
            (found.inn.as_str(), found.kpp.as_str(), found.kind),
            ("7707083893", "770501001", PartyKind::Company)
        );
    }
    assert_eq!(nested.official_name.as_deref(), Some("ООО"));
    assert_eq!(party("<ИНН>7707083893</ИНН>").kind, PartyKind::Company, "ten digits are a company's");
    assert_eq!(party("<ИНН>500100732259</ИНН>").kind, PartyKind::Person);
    assert_eq!(party("<ИНН>000000000000</ИНН>").inn, "", "zeros are no number");
    assert_eq!(party("<ОфициальноеНаименование>ООО «А»</ОфициальноеНаименование>").kind, PartyKind::Company);
    let requisite = "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>ИНН</Наименование>\
        <Значение>7707083893</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>";
    assert_eq!(party(requisite).inn, "7707083893");
    let bank = party(
        "<РасчетныеСчета><РасчетныйСчет><НомерСчета>40702810100000000017</НомерСчета><Банк>\
            <Наименование>Банк</Наименование><БИК>044525225</БИК></Банк></РасчетныйСчет></РасчетныеСчета>",
    );
    assert_eq!(
        (bank.accounts[0].number.as_str(), bank.accounts[0].bic.as_str()),
        ("40702810100000000017", "044525225")
    );
}

#[test]
fn a_name_is_found_or_honestly_absent() {
    let name = |inside: &str| party(inside).best_name();
    assert_eq!(name("<Наименование> Анна\n Смирнова </Наименование>").as_deref(), Some("Анна Смирнова"));
    assert_eq!(name("<Наименование/><ПолноеНаименование>Анна</ПолноеНаименование>").as_deref(), Some("Анна"));
    assert_eq!(
        name("<Наименование>Гость</Наименование><Имя>Анна</Имя><Фамилия>Смирнова</Фамилия>").as_deref(),
        Some("Смирнова Анна")
    );
    assert_eq!(name("<Ид>17#a@x.ru#Анна Смирнова</Ид>").as_deref(), Some("Анна Смирнова"));
    for nobody in ["", "<Наименование>Гость</Наименование>", "<Ид>38#catalog_exchange#</Ид>", "<Ид>wc1c#user#0</Ид>"]
    {
        assert_eq!(name(nobody), None, "{nobody}");
    }
}

#[test]
fn the_buyer_is_found_among_the_parties() {
    let one = |role: &str, name: &str| {
        format!("<Контрагент><Наименование>{name}</Наименование><Роль>{role}</Роль></Контрагент>")
    };
    let found = document(&format!(
        "<Контрагенты>{}{}{}</Контрагенты>",
        one("Продавец", "мы"),
        one("Получатель", "б"),
        one("Плательщик", "а")
    ));
    assert_eq!(found.buyer().unwrap().name.as_deref(), Some("а"));
    assert_eq!(found.recipient().unwrap().name.as_deref(), Some("б"));
    assert_eq!(found.parties[0].role, PartyRole::Seller);
    assert!(document("").buyer().is_none());
    assert!(document("<Контрагент><Роль>Покупатель</Роль></Контрагент>").buyer().is_some(), "without a wrapper, too");
}

#[test]
fn fields_of_the_order_form_reach_a_buyer_without_contacts() {
    let requisite = |name: &str, value: &str| {
        format!(
            "<ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение></ЗначениеРеквизита>"
        )
    };
    let requisites = format!(
        "<ЗначенияРеквизитов>{}{}{}</ЗначенияРеквизитов>",
        requisite("E-Mail", "a@x.ru"),
        requisite("Контактный телефон", "89990000011"),
        requisite("Статус заказа", "Принят")
    );
    let buyer = "<Контрагенты><Контрагент><Роль>Покупатель</Роль>ROOM</Контрагент></Контрагенты>";
    let hidden = document(&format!("{}{requisites}", buyer.replace("ROOM", "")));
    assert_eq!(reached(&hidden.parties[0]).0, "a@x.ru");
    assert_eq!(reached(&hidden.parties[0]).1, "+79990000011");
    let own = document(&format!("{}{requisites}", buyer.replace("ROOM", &contact("Почта", "own@x.ru"))));
    assert_eq!(reached(&own.parties[0]).0, "own@x.ru", "own contacts are stronger");
}
