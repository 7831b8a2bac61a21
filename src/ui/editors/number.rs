//! Numbers of all scales: right-aligned, grouped while not typed into, computed when typed as a sum.

use super::typed::{self, Reading};
use super::{Aid, Edited, Editor, Field, calc};
use crate::kernel::money::{Money, NumberError, Percent, Price, Qty, Rate, round};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::theme;
use crate::ui::{fonts, paint};
use egui::{Align, Frame, Id, Rect, Ui, vec2};
use rust_decimal::Decimal;

/// The editor of numbers.
pub struct Number;

struct Digits;

/// The value of a computed decimal, rounded to what the type keeps.
fn from_decimal(kind: Type, value: Decimal) -> Result<Value, NumberError> {
    match kind {
        Type::Money => Money::from_dec(value).map(Value::Money),
        Type::Qty => Qty::from_dec(value).map(Value::Qty),
        Type::Price => Price::from_dec(value).map(Value::Price),
        Type::Percent => Percent::from_dec(value).map(Value::Percent),
        Type::Rate => Rate::from_dec(value).map(Value::Rate),
        _ => {
            let whole = round(value, 0);
            i64::try_from(whole.mantissa()).map(Value::Int).map_err(|_| NumberError::TooLarge)
        }
    }
}

impl Reading for Digits {
    fn align(&self) -> Align {
        Align::Max
    }

    fn text(&self, value: &Value, kind: Type) -> String {
        if value.minor() == 0 {
            return String::new();
        }
        value.show(kind).replace('\u{a0}', "")
    }

    fn read(&self, text: &str, kind: Type, aid: &Aid<'_>) -> Result<Value, Text> {
        if !calc::is_expression(text) {
            return Value::parse(kind, text, aid.today);
        }
        calc::evaluate(text).and_then(|value| from_decimal(kind, value)).map_err(|error| match error {
            NumberError::TooLarge => text!("value-too-large", input = text),
            _ => text!("edit-not-computed", input = text),
        })
    }
}

impl Editor for Number {
    fn align(&self) -> Align {
        Align::Max
    }

    fn width(&self, kind: Type) -> f32 {
        if matches!(kind, Type::Percent | Type::Int) { 90.0 } else { 130.0 }
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        let kind = field.kind;
        typed::show(ui, rect, field, value, aid, &Digits, |ui, session| {
            let typed = &session.state.text;
            if calc::is_expression(typed)
                && let Ok(result) = calc::evaluate(typed)
                && let Ok(result) = from_decimal(kind, result)
            {
                result_ui(ui, field.id, rect, &format!("= {}", result.show(kind)));
            }
        })
    }
}

/// The result of what is being typed, just below the field.
fn result_ui(ui: &Ui, field: Id, anchor: Rect, words: &str) {
    let colors = theme::colors(ui);
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, field.with("result")));
    let galley = painter.layout_no_wrap(words.to_owned(), fonts::bold(), colors.text);
    let size = galley.size() + vec2(14.0, 8.0);
    let below = Rect::from_min_size(anchor.right_bottom() + vec2(-size.x, 2.0), size);
    let style = ui.style();
    painter.add(Frame::popup(style).fill(colors.popup).corner_radius(theme::RADIUS).paint(below));
    painter.galley(paint::place(&galley, below, Align::Center), galley, colors.text);
}

#[cfg(test)]
mod tests {
    use super::{Value, from_decimal};
    use crate::kernel::money::{Money, Qty};
    use crate::kernel::value::Type;
    use crate::ui::editors::calc::evaluate;

    #[test]
    fn a_computed_number_is_rounded_to_what_is_kept() {
        let of = |kind, text| from_decimal(kind, evaluate(text).unwrap()).unwrap();
        assert_eq!(of(Type::Money, "10/3"), Value::Money(Money::from_minor(333)));
        assert_eq!(of(Type::Money, "-0,5*0,01"), Value::Money(Money::from_minor(-1)));
        assert_eq!(of(Type::Qty, "1/3"), Value::Qty(Qty::from_minor(333)));
        assert_eq!(of(Type::Int, "7/2"), Value::Int(4));
    }
}
