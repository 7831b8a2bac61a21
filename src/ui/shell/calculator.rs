//! The calculator: a line to type into, a tape of what was computed.

use super::dialog;
use crate::text;
use crate::ui::commands::{Chord, keys};
use crate::ui::editors::calc;
use crate::ui::theme::{self, CONTROL, ROW};
use crate::ui::widgets::entry::{self, Entry};
use crate::ui::{focus, fonts, paint};
use egui::accesskit::Role;
use egui::{Align, Context, Id, Key, Sense, Ui, WidgetInfo, vec2};
use rust_decimal::Decimal;

/// Lines of the tape that are kept.
const TAPE: usize = 8;

/// The open calculator.
#[derive(Debug, Default)]
pub struct Calculator {
    text: String,
    tape: Vec<(String, String)>,
    started: bool,
}

/// A result as people read it: a comma, groups, no idle noughts, ten decimals at most.
pub fn show(value: Decimal) -> String {
    let value = crate::kernel::money::round(value, 10).normalize();
    let plain = value.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let grouped =
        whole.parse::<i64>().map_or_else(|_| whole.to_owned(), |whole| crate::kernel::money::grouped(whole, 0));
    let sign = if value.is_sign_negative() && !grouped.starts_with('-') { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{fraction}") }
}

impl Calculator {
    /// Draws it; true when it is done.
    pub fn show(&mut self, ctx: &Context) -> bool {
        let id = Id::unique("calculator");
        dialog::modal(ctx, id, &text!("cmd-calculator").show(), 320.0, |ui| self.content(ui, id))
    }

    fn content(&mut self, ui: &mut Ui, id: Id) -> bool {
        let colors = theme::colors(ui);
        if focus::begins(ui, &mut self.started) {
            focus::set(ui.ctx(), id.with("field"));
        }
        for (typed, result) in &self.tape {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{typed} = {result}")));
            let inner = paint::padded(rect);
            paint::text(ui.painter(), inner, typed, fonts::text(), colors.weak, Align::Min);
            paint::text(ui.painter(), inner, result, fonts::text(), colors.text, Align::Max);
        }
        let enter = ui.input_mut(|input| keys::ENTER.take(input) || Chord::plain(Key::Equals).take(input));
        let field = id.with("field");
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + 6.0), Sense::hover());
        let label = text!("calculator-field").show();
        Entry { hint: "2*(100+50)", align: Align::Max, ..Entry::new(field, &label, rect) }.show(ui, &mut self.text);
        self.text.retain(|letter| letter != '=');
        let result = calc::evaluate(&self.text).ok().map(show);
        let words = match &result {
            Some(result) if calc::is_expression(&self.text) => format!("= {result}"),
            _ => String::new(),
        };
        let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        paint::text(ui.painter(), paint::padded(line), &words, fonts::title(), colors.text, Align::Max);
        ui.label(egui::RichText::new(text!("calculator-hint").show()).font(fonts::small()).color(colors.weak));
        if enter && let Some(result) = result {
            self.tape.push((std::mem::take(&mut self.text), result.clone()));
            if self.tape.len() > TAPE {
                self.tape.remove(0);
            }
            ui.ctx().copy_text(result.replace('\u{a0}', ""));
            self.text = result;
            entry::select_all(ui, field, &self.text);
        }
        dialog::escaped(ui.ctx())
    }
}

#[cfg(test)]
mod tests {
    use super::{calc, show};

    #[test]
    fn results_read_as_numbers_do() {
        let of = |text| show(calc::evaluate(text).unwrap());
        assert_eq!(of("1000000*2,5"), "2\u{a0}500\u{a0}000");
        assert_eq!(of("0,1+0,2"), "0,3");
        assert_eq!(of("-1/4"), "-0,25");
        assert_eq!(of("10/3"), "3,3333333333");
    }
}
