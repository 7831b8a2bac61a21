//! Price tags and labels: how many there are, what stands on them, and the dots a label printer gets.

use super::base::{base, document, take};
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::printing::papers;
use kontora::print::pages::{Item, Page, Pages};
use kontora::ui::app::devices::dots::dots;

const GOODS: &str = r#"
{"type":"item","key":"folder","code":"G1","name":"Электрика","folder":true}
{"type":"item","key":"lamp","code":"L1","name":"Лампа","full_name":"Лампа настольная","article":"ЛН-1","country":"Россия","parent":"G1","barcodes":[{"barcode":"14601234567890","pack":"Коробка"},{"barcode":"4601234567893"}],"packs":[{"name":"Коробка","factor":12}]}
{"type":"item","key":"wire","code":"W1","name":"Провод","parent":"G1","barcodes":[{"barcode":"PVS-315"}]}
{"type":"price_setting","key":"PS-1","date":"2026-11-01","post":true,"prices":[{"item":"L1","price":"2990"},{"item":"W1","price":"89.5"}]}
{"type":"price_setting","key":"PS-2","date":"2026-11-20","post":true,"prices":[{"item":"L1","price":"2490"}]}
{"type":"goods_receipt","key":"GR-9","date":"2026-11-21","supplier":"S1","post":true,"goods":[{"item":"L1","qty":3,"price":"1500"},{"item":"W1","qty":"12.5","price":"40"},{"item":"L1","qty":1,"price":"1500"}]}
"#;

fn printed(session: &Session, object: AnyRef, form: &str) -> Pages {
    let papers = papers(session, &[(object, form.to_owned())]).unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(papers.blanks.is_empty() && papers.notes.is_empty(), "{:?} {:?}", papers.blanks, papers.notes);
    papers.pages
}

fn words(page: &Page) -> Vec<String> {
    let texts =
        page.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(&text.string) } else { None });
    texts.map(|said| said.replace('\u{a0}', " ")).collect()
}

fn about<'a>(pages: &'a Pages, name: &str) -> Vec<&'a Page> {
    pages.pages.iter().filter(|page| words(page).join(" ").contains(name)).collect()
}

#[test]
fn a_receipt_gives_a_tag_for_each_item_and_a_label_for_each_piece() {
    let session = base(GOODS);
    let receipt = document(&session, "goods_receipt:GR-9");
    let tags = printed(&session, receipt, "price_tags");
    assert_eq!(tags.pages.len(), 2);
    let lamp = about(&tags, "Лампа настольная")[0];
    for said in ["2 490", "00 ₽", "за шт", "арт. ЛН-1, Россия", "4601234567893", "23.11.2026"] {
        assert!(words(lamp).contains(&said.to_owned()), "{said}: {:?}", words(lamp));
    }
    assert!(!words(lamp).contains(&"2 990,00".to_owned()), "today's price has no old one beside it");
    let labels = printed(&session, receipt, "item_labels");
    assert_eq!((about(&labels, "Лампа").len(), about(&labels, "Провод").len()), (4, 1), "wire is measured: one");
    let wire = about(&labels, "Провод")[0];
    assert!(
        words(wire).contains(&"PVS-315".to_owned()) && words(wire).contains(&"89,50 ₽".to_owned()),
        "{:?}",
        words(wire)
    );
}

#[test]
fn so_many_of_each_item_and_documents_of_every_kind_give_labels() {
    let session = base(GOODS);
    let receipt = document(&session, "goods_receipt:GR-9");
    let labels = printed(&session, receipt, "item_labels*3");
    assert_eq!((about(&labels, "Лампа").len(), about(&labels, "Провод").len()), (3, 3), "whatever the quantity");
    assert_eq!(printed(&session, document(&session, "item:lamp"), "item_label*5").pages.len(), 5);
    assert_eq!(printed(&session, document(&session, "item:folder"), "price_tag*2").pages.len(), 4);
    take(
        &session,
        r#"{"type":"stock_surplus","key":"SS-1","date":"2026-11-22","warehouse":"main","goods":[{"item":"L1","qty":2,"price":"1"},{"item":"W1","qty":"0.5","price":"1"}]}
{"type":"opening_balance","key":"OB-1","date":"2026-10-01","goods":[{"warehouse":"main","item":"L1","qty":7,"cost":"70"}]}
{"type":"customer_order","key":"CO-1","date":"2026-11-22","customer":"C1","goods":[{"item":"L1","qty":4,"price":"9"}]}"#,
    );
    for (key, pieces) in [("stock_surplus:SS-1", 3), ("opening_balance:OB-1", 7), ("customer_order:CO-1", 4)] {
        assert_eq!(printed(&session, document(&session, key), "item_labels").pages.len(), pieces, "{key}");
    }
    let many = papers(&session, &[(receipt, "item_labels*1001".to_owned())]).unwrap_err().sentence();
    assert!(many.contains("2002"), "{many}");
}

#[test]
fn new_prices_stand_beside_the_old_ones_when_they_are_lower() {
    let session = base(GOODS);
    let lowered = printed(&session, document(&session, "price_setting:PS-2"), "price_tags");
    assert!(words(&lowered.pages[0]).contains(&"2 990,00".to_owned()), "{:?}", words(&lowered.pages[0]));
    let first = printed(&session, document(&session, "price_setting:PS-1"), "price_tags");
    assert_eq!(first.pages.len(), 2);
    assert!(first.pages.iter().all(|page| !words(page).iter().any(|said| said.contains("990,00"))));
}

#[test]
fn a_folder_gives_tags_of_everything_in_it_and_too_many_labels_are_refused() {
    let session = base(GOODS);
    let folder = document(&session, "item:folder");
    assert_eq!(printed(&session, folder, "price_tag").pages.len(), 2);
    take(
        &session,
        r#"{"type":"goods_receipt","key":"GR-10","date":"2026-11-22","supplier":"S1","goods":[{"item":"L1","qty":5000,"price":"1"}]}"#,
    );
    let many = document(&session, "goods_receipt:GR-10");
    let refused = papers(&session, &[(many, "item_labels".to_owned())]).unwrap_err().sentence();
    assert!(refused.contains("5000") && refused.contains("2000"), "{refused}");
    assert_eq!(printed(&session, many, "price_tags").pages.len(), 1, "one tag is enough for all pieces");
}

#[test]
fn labels_stand_beside_and_under_each_other_on_a_sheet() {
    let session = base(GOODS);
    let labels = printed(&session, document(&session, "goods_receipt:GR-9"), "item_labels");
    assert_eq!(labels.on_a_sheet(), Some((3, 7)));
    let sheets = labels.on_sheets();
    assert_eq!(sheets.pages.len(), 1);
    let sheet = &sheets.pages[0];
    assert_eq!((sheet.width_mm, sheet.height_mm), (210.0, 297.0));
    assert_eq!(about(&sheets, "Лампа").len(), 1);
    let names = words(sheet).iter().filter(|said| said.contains("Лампа")).count();
    assert_eq!(names, 4);
    let inside = |item: &Item| match item {
        Item::Text(text) => text.x >= 0.0 && text.x + text.width_mm <= 210.0 && text.y <= 297.0,
        Item::Rect { x, y, width, height, .. } | Item::Matrix { x, y, width, height, .. } => {
            *x >= 0.0 && x + width <= 210.0 && *y >= 0.0 && y + height <= 297.0
        }
        Item::Line { .. } => true,
    };
    assert!(sheet.items.iter().all(inside));
}

#[test]
fn a_label_printer_gets_the_bars_of_the_code_dot_by_dot() {
    let session = base(GOODS);
    let lamp = printed(&session, document(&session, "item:lamp"), "item_label");
    let picture = dots(&lamp.pages[0], 8);
    assert_eq!((picture.width(), picture.height()), (464, 320));
    if let Some(folder) = crate::shared::switch("KONTORA_PICTURES") {
        let file = std::fs::File::create(std::path::Path::new(&folder).join("item_label.png")).unwrap();
        let mut encoder = png::Encoder::new(file, 464, 320);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let white: Vec<u8> = picture.bits().iter().map(|byte| !byte).collect();
        encoder.write_header().unwrap().write_image_data(&white).unwrap();
    }
    // The middle of the bars: guards of an EAN-13 are dark, light, dark at both ends.
    let row: Vec<bool> = (0..picture.width()).map(|x| picture.dot(x, 200)).collect();
    let (first, last) = (row.iter().position(|dot| *dot).unwrap(), row.iter().rposition(|dot| *dot).unwrap());
    let module = (last + 1 - first) / 95;
    assert_eq!((last + 1 - first) % 95, 0, "every module is of whole dots");
    let modules: Vec<bool> = row[first..=last].chunks(module).map(|dots| dots[0]).collect();
    let asked = kontora::print::barcode::ean13("4601234567893").unwrap();
    let runs = asked.runs();
    let wanted: Vec<bool> =
        (0..95).map(|at| runs.iter().any(|run| (run.column..run.column + run.length).contains(&at))).collect();
    assert_eq!(modules, wanted);
}
