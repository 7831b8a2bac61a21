//! Templates: what they show is described, a user's file wins, its mistakes are told all at once.

use kontora::kernel::problems::Problems;
use kontora::print::data::FormData;
use kontora::print::layout::layout;
use kontora::print::pages::{Item, Pages};
use kontora::print::template::{all_names, load, parse};
use std::collections::{BTreeMap, BTreeSet};

fn keys<V>(map: &BTreeMap<String, V>) -> BTreeSet<String> {
    map.keys().cloned().collect()
}

#[test]
fn every_form_describes_exactly_the_fields_it_shows() {
    for name in all_names(None) {
        let template = load(&name, None).unwrap_or_else(|problems| panic!("{}", problems.sentences(None)));
        assert_eq!(keys(&template.fields), template.shown_fields(), "{name}");
        let described: BTreeMap<_, _> = template.tables.iter().map(|(table, columns)| (table, keys(columns))).collect();
        for (table, columns) in template.shown_tables() {
            let mut described = described[&table].clone();
            // The mark of a bold row is described where it is used, and shown by no column.
            described.remove("bold");
            assert_eq!(described, columns, "{name}, {table}");
        }
        assert!(!template.required.is_empty(), "{name} says what makes it valid");
    }
}

#[test]
fn a_form_of_the_base_wins_over_the_embedded_one() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("forms").join("print");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("ko1.toml"), "\u{feff}title = \"Свой ордер\"\npage = { format = \"A5\" }\n").unwrap();
    std::fs::write(folder.join("my_label.toml"), "page = { width = 58, height = 40, top = 0, bottom = 0 }\n").unwrap();
    let template = load("ko1", Some(base.path())).unwrap();
    assert_eq!(layout(&template, &FormData::default()).title, "Свой ордер");
    assert!(load("ko2", Some(base.path())).is_ok(), "other forms stay embedded");
    assert!(all_names(Some(base.path())).contains(&"my_label".to_owned()));
    assert!(load("my_label", Some(base.path())).is_ok() && load("my_label", None).is_err());
    for name in ["../ko1", "", "КО1", "no_such_form"] {
        assert_eq!(sentences(&load(name, Some(base.path())).unwrap_err()), [format!("Нет печатной формы «{name}»")]);
    }
}

fn sentences(problems: &Problems) -> Vec<String> {
    problems.sentences(None).lines().map(str::to_owned).collect()
}

#[test]
fn all_mistakes_of_a_template_are_told_with_their_lines() {
    let text = r#"
page = { format = "A4", width = 5 }
colour = "red"
size = "большой"
cell = [
  { x = 1, y = 1, w = 10, text = "без высоты" },
  { x = 1, y = -4, w = 10, h = 5, align = "по центру" },
  { x = 1, y = 1, w = 10, h = 5, text = "а", field = "b", border = "TX" },
]
[[block]]
table = "goods"
x = 10
column = [{ head = "Товар", w = "широкая" }, 5]
"#;
    let told = sentences(&parse("my", "my.toml", text).unwrap_err());
    let expected = [
        "my.toml, строка 2: лишний ключ «width», здесь бывают: bottom, format, landscape, top",
        "my.toml, строка 4: «size» должно быть числом",
        "my.toml, строка 6: нет обязательного ключа «h»",
        "my.toml, строка 7: «y» должно быть числом от 0 до 2000",
        "my.toml, строка 7: «align» не бывает «по центру», допустимо: left, center, right",
        "my.toml, строка 8: указаны и text, и field: оставьте одно",
        "my.toml, строка 8: в «border» допустимы только буквы T, B, L и R, а указано «TX»",
        "my.toml, строка 13: «w» должно быть числом",
        "my.toml, строка 13: «column» должно быть набором ключей в фигурных скобках",
    ];
    for sentence in expected {
        assert!(told.iter().any(|said| said == sentence), "«{sentence}» is missing in {told:#?}");
    }
    assert!(told.iter().any(|said| said.starts_with("my.toml, строка 3: лишний ключ «colour»")));
    assert_eq!(told.len(), expected.len() + 1, "{told:#?}");
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let told = sentences(&parse("my", "my.toml", "page = { format = \"A4\"\nsize = = 8\n").unwrap_err());
    assert!(told[0].starts_with("my.toml, строка 1: ошибка записи TOML") || told[0].contains("строка 2"), "{told:#?}");
}

#[test]
fn what_makes_no_sense_on_paper_is_told() {
    let text = r#"
page = { format = "A5" }
required = ["seller"]
cell = [
  { x = 140, y = 5, w = 20, h = 5, text = "за краем" },
  { x = 1, y = 5, w = 20, h = 5, text = "мелко", size = 2 },
  { x = 1, y = 5, w = 20, h = 5, code = "qr" },
]
[[block]]
table = "goods"
x = 10
column = [{ head = "Товар", w = 200, field = "name" }, { head = "Цена", w = 10, field = "price" }]
[[block.total]]
cell = [{ column = "price", text = "{sum}" }, { column = "name", text = "" }, { column = "vat", text = "" }]
"#;
    let told = sentences(&parse("my", "my.toml", text).unwrap_err());
    for part in [
        "выходит за край листа: x = 140, y = 5 «за краем»",
        "буквы мельче 4 пунктов",
        "ячейка с кодом без текста",
        "обязательное поле «seller» не описано в fields",
        "таблица «goods» шире листа",
        "названа колонка «vat», которой нет",
        "ячейка «name» стоит не по порядку колонок",
    ] {
        assert!(told.iter().any(|said| said.contains(part)), "«{part}» is missing in {told:#?}");
    }
    assert_eq!(sentences(&parse("my", "my.toml", "page = { width = 5, height = 5 }").unwrap_err()).len(), 1);
}

fn one_page(text: &str, data: &FormData) -> Pages {
    let template = parse("my", "my.toml", text).unwrap_or_else(|problems| panic!("{}", problems.sentences(None)));
    layout(&template, data)
}

fn place(pages: &Pages, words: &str) -> (f32, f32) {
    let texts = pages.pages.iter().flat_map(|page| &page.items);
    let found = texts.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None });
    let text = found.into_iter().find(|text| text.string == words).unwrap_or_else(|| panic!("no «{words}»"));
    (text.x, text.y)
}

#[test]
fn a_growing_cell_pushes_down_what_is_below_it() {
    let text = r#"
page = { format = "A4" }
[[block]]
cell = [
  { x = 10, y = 0, w = 40, h = 5, field = "long", grow = true },
  { x = 60, y = 0, w = 40, h = 5, text = "рядом", valign = "top" },
  { x = 10, y = 5, w = 40, h = 5, text = "ниже" },
]
[[block]]
cell = [{ x = 10, y = 0, w = 40, h = 5, text = "следующий" }]
"#;
    let mut data = FormData::default();
    data.set("long", "одна строка");
    let short = one_page(text, &data);
    data.set("long", "несколько слов, которым нужно много строк, потому что ячейка узкая");
    let long = one_page(text, &data);
    let moved = |words: &str| place(&long, words).1 - place(&short, words).1;
    assert!(moved("рядом").abs() < 0.01 && moved("ниже") > 5.0 && (moved("ниже") - moved("следующий")).abs() < 0.01);
}

#[test]
fn lanes_grow_by_themselves_and_push_what_has_no_lane() {
    let text = r#"
page = { format = "A4" }
[[block]]
cell = [
  { x = 10, y = 0, w = 40, h = 5, field = "long", grow = true, lane = 1 },
  { x = 10, y = 5, w = 40, h = 5, text = "левый", lane = 1 },
  { x = 60, y = 5, w = 40, h = 5, text = "правый", lane = 2 },
  { x = 10, y = 10, w = 90, h = 5, text = "общий" },
]
"#;
    let mut data = FormData::default();
    data.set("long", "несколько слов, которым нужно много строк, потому что ячейка узкая");
    let pages = one_page(text, &data);
    let y = |words: &str| place(&pages, words).1;
    assert!(y("левый") > y("правый") + 5.0 && (y("общий") - y("левый") - 5.0).abs() < 0.01);
}

#[test]
fn copies_repeat_the_page_on_its_sheet() {
    let text = r#"
page = { format = "A4" }
copy = [{ x = 0, y = 148.5 }]
cell = [{ x = 10, y = 10, w = 40, h = 5, text = "Чек {number}", when = "number" }]
"#;
    let mut data = FormData::default();
    data.set("number", "5");
    let places = one_page(text, &data).pages[0].items.len();
    assert_eq!((places, one_page(text, &FormData::default()).pages[0].items.len()), (2, 0));
}

#[test]
fn codes_are_drawn_with_their_digits_or_told() {
    let text = r#"
page = { width = 60, height = 40, top = 0, bottom = 0 }
cell = [
  { x = 5, y = 2, w = 50, h = 14, field = "ean", code = "ean13" },
  { x = 5, y = 20, w = 50, h = 14, field = "document", code = "code128" },
]
"#;
    let mut data = FormData::default();
    data.set("ean", "460622412345");
    data.set("document", "ORDER-000122");
    let pages = one_page(text, &data);
    super::golden::write_pdf("label", &pages);
    assert_eq!(pages.warnings, []);
    assert_eq!(pages.pages[0].items.iter().filter(|item| matches!(item, Item::Matrix { .. })).count(), 2);
    place(&pages, "4606224123455");
    data.set("ean", "4606224123450");
    data.set("document", "Заказ");
    let told: Vec<String> = one_page(text, &data).warnings.iter().map(|warning| warning.show()).collect();
    assert!(told.len() == 2 && told.iter().all(|said| said.starts_with("Код не напечатан: ")), "{told:?}");
}
