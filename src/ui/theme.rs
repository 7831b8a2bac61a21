//! Colours by the role they play, sizes, and the style of egui made of both.
//!
//! Nobody outside of this file names a colour: a role exists in both themes or not at all. There is one
//! accent (amber); the state colours (good, warning, danger, note) say something about the data and
//! decorate nothing.

use crate::ui::fonts;
use egui::epaint::FontColorTransferFunction;
use egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, Margin, Shadow, Stroke, Style, SurrenderFocusOn, TextStyle, Theme, Ui, Visuals,
    vec2,
};

/// Height of a list row in points.
pub const ROW: f32 = 22.0;
/// Height of a list header in points.
pub const HEADER: f32 = 24.0;
/// Height of buttons and fields in points.
pub const CONTROL: f32 = 24.0;
/// Distance between things in a row, in points.
pub const GAP_X: f32 = 6.0;
/// Distance between rows of a form, in points.
pub const GAP_Y: f32 = 4.0;
/// Blank space of a page around its content, in points.
pub const MARGIN: f32 = 10.0;
/// Blank space left and right of a text in a cell or a field, in points.
pub const CELL_PAD: f32 = 5.0;
/// Thickness of a scroll bar in points.
pub const BAR: f32 = 12.0;
/// Rounding of fields and buttons in points.
pub const RADIUS: u8 = 3;

/// What a colour says about the thing that wears it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// Labels and secondary text.
    Weak,
    /// Something that cannot be used now.
    Disabled,
    /// Done, paid, in time.
    Good,
    /// Asks for attention.
    Warning,
    /// Wrong, overdue, below zero.
    Danger,
    /// In progress; a link.
    Note,
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name is the role")]
pub struct Palette {
    pub page: Color32,
    pub chrome: Color32,
    pub chrome_line: Color32,
    pub field: Color32,
    pub field_read_only: Color32,
    pub field_line: Color32,
    pub field_line_hover: Color32,
    pub button: Color32,
    pub button_hover: Color32,
    pub button_down: Color32,
    pub popup: Color32,
    pub hover: Color32,
    pub header: Color32,
    pub grid_line: Color32,
    pub stripe: Color32,
    pub text: Color32,
    pub weak: Color32,
    pub disabled: Color32,
    pub good: Color32,
    pub warning: Color32,
    pub danger: Color32,
    pub note: Color32,
    pub danger_fill: Color32,
    pub warning_fill: Color32,
    pub accent: Color32,
    pub accent_hover: Color32,
    pub accent_down: Color32,
    pub on_accent: Color32,
    pub accent_line: Color32,
    pub row_current: Color32,
    pub row_selected: Color32,
    pub row_idle: Color32,
    pub cell_current: Color32,
    pub text_selection: Color32,
    pub sections: Color32,
    pub sections_text: Color32,
    pub sections_hover: Color32,
    pub sections_active: Color32,
    pub bar: Color32,
    pub bar_hover: Color32,
    pub paper: Color32,
    pub desk: Color32,
    pub shadow: Color32,
    pub backdrop: Color32,
}

#[expect(clippy::disallowed_methods, reason = "the only place where a colour is a number")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// The light theme: white paper, light grey frame.
pub static LIGHT: Palette = Palette {
    page: rgb(0xFF_FFFF),
    chrome: rgb(0xF2_F4F6),
    chrome_line: rgb(0xD9_DDE2),
    field: rgb(0xFF_FFFF),
    field_read_only: rgb(0xF4_F5F7),
    field_line: rgb(0xBF_C6CE),
    field_line_hover: rgb(0x8D_97A3),
    button: rgb(0xFF_FFFF),
    button_hover: rgb(0xF1_F3F6),
    button_down: rgb(0xE2_E6EB),
    popup: rgb(0xFF_FFFF),
    hover: rgb(0xF1_F3F6),
    header: rgb(0xEF_F1F4),
    grid_line: rgb(0xE3_E6EA),
    stripe: rgb(0xFA_FBFC),
    text: rgb(0x1A_1E24),
    weak: rgb(0x62_6B77),
    disabled: rgb(0xA3_ABB5),
    good: rgb(0x1B_7A34),
    warning: rgb(0x96_5A00),
    danger: rgb(0xC0_261C),
    note: rgb(0x1D_5CA6),
    danger_fill: rgb(0xFD_ECEA),
    warning_fill: rgb(0xFF_F6E0),
    accent: rgb(0xFF_D54A),
    accent_hover: rgb(0xFF_CB24),
    accent_down: rgb(0xF0_B900),
    on_accent: rgb(0x1A_1E24),
    accent_line: rgb(0xC2_8B00),
    row_current: rgb(0xFF_F2C4),
    row_selected: rgb(0xFF_E99C),
    row_idle: rgb(0xEE_F0F3),
    cell_current: rgb(0xFF_FFFF),
    text_selection: rgb(0xFF_DF80),
    sections: rgb(0x2D_3743),
    sections_text: rgb(0xD3_DAE2),
    sections_hover: rgb(0x38_4451),
    sections_active: rgb(0x43_505F),
    bar: rgb(0xC3_C9D0),
    bar_hover: rgb(0x97_A0AB),
    paper: rgb(0xFF_FFFF),
    desk: rgb(0xD9_DDE2),
    shadow: Color32::from_black_alpha(40),
    backdrop: Color32::from_black_alpha(50),
};

/// The dark theme: charcoal paper, the same roles.
pub static DARK: Palette = Palette {
    page: rgb(0x1C_1E22),
    chrome: rgb(0x26_292E),
    chrome_line: rgb(0x38_3C43),
    field: rgb(0x16_181B),
    field_read_only: rgb(0x21_2429),
    field_line: rgb(0x48_4F59),
    field_line_hover: rgb(0x6F_7885),
    button: rgb(0x2C_3036),
    button_hover: rgb(0x36_3B43),
    button_down: rgb(0x41_4750),
    popup: rgb(0x25_282D),
    hover: rgb(0x31_353C),
    header: rgb(0x29_2D33),
    grid_line: rgb(0x30_343A),
    stripe: rgb(0x1F_2226),
    text: rgb(0xE4_E7EB),
    weak: rgb(0x9C_A5B0),
    disabled: rgb(0x63_6B75),
    good: rgb(0x6C_C584),
    warning: rgb(0xE5_A84B),
    danger: rgb(0xF2_8379),
    note: rgb(0x7F_B2EE),
    danger_fill: rgb(0x45_2523),
    warning_fill: rgb(0x40_341C),
    accent: rgb(0xF0_C13A),
    accent_hover: rgb(0xFA_CF52),
    accent_down: rgb(0xD9_AA22),
    on_accent: rgb(0x1A_1B1E),
    accent_line: rgb(0xD9_AA22),
    row_current: rgb(0x3B_3521),
    row_selected: rgb(0x57_4A1F),
    row_idle: rgb(0x2E_3137),
    cell_current: rgb(0x16_181B),
    text_selection: rgb(0x6B_5818),
    sections: rgb(0x17_191C),
    sections_text: rgb(0xB9_C1CB),
    sections_hover: rgb(0x23_262B),
    sections_active: rgb(0x2E_3238),
    bar: rgb(0x4B_525C),
    bar_hover: rgb(0x6F_7885),
    paper: rgb(0xE8_EAED),
    desk: rgb(0x12_1316),
    shadow: Color32::from_black_alpha(120),
    backdrop: Color32::from_black_alpha(130),
};

impl Palette {
    /// Ink on paper, in percent of black: paper is light in both themes.
    pub fn ink(&self, black_percent: u8) -> Color32 {
        self.paper.lerp_to_gamma(Color32::BLACK, f32::from(black_percent.min(100)) / 100.0)
    }
    /// The colour of a role.
    pub const fn role(&self, role: Role) -> Color32 {
        match role {
            Role::Text => self.text,
            Role::Weak => self.weak,
            Role::Disabled => self.disabled,
            Role::Good => self.good,
            Role::Warning => self.warning,
            Role::Danger => self.danger,
            Role::Note => self.note,
        }
    }
}

/// The colours now in use.
pub fn palette(ctx: &Context) -> &'static Palette {
    of(ctx.theme())
}

/// The colours of a theme.
pub const fn of(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// The colours of what is being drawn here.
pub fn colors(ui: &Ui) -> &'static Palette {
    palette(ui.ctx())
}

/// Gives fonts and both themes to a context.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| apply(style, theme));
    }
    ctx.options_mut(|options| {
        // Ctrl+Q ends a search in a list; a program with unsaved documents must not vanish on it.
        options.quit_shortcuts = Vec::new();
        options.input_options.line_scroll_speed = 3.0 * ROW;
        // A click on a button or on blank paper leaves the field in focus: typing goes on where it was.
        options.input_options.surrender_focus_on = SurrenderFocusOn::Never;
    });
}

fn apply(style: &mut Style, theme: Theme) {
    let colors = of(theme);
    style.text_styles = [
        (TextStyle::Small, fonts::small()),
        (TextStyle::Body, fonts::text()),
        (TextStyle::Button, fonts::text()),
        (TextStyle::Monospace, fonts::text()),
        (TextStyle::Heading, fonts::title()),
    ]
    .into();
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.5;
    style.interaction.show_tooltips_only_when_still = false;
    style.url_in_tooltip = true;
    apply_spacing(style);
    style.visuals = visuals(colors, theme);
}

fn apply_spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(GAP_X, GAP_Y);
    spacing.button_padding = vec2(8.0, 3.0);
    spacing.interact_size = vec2(24.0, CONTROL);
    spacing.window_margin = Margin::same(14);
    spacing.menu_margin = Margin::same(4);
    spacing.menu_spacing = 2.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 420.0;
    spacing.text_edit_width = 240.0;
    spacing.scroll = ScrollStyle {
        bar_width: BAR,
        handle_min_length: 28.0,
        bar_inner_margin: 0.0,
        bar_outer_margin: 0.0,
        ..ScrollStyle::solid()
    };
    spacing.scroll.fade.strength = 0.0;
    spacing.scroll.kinetic.rubber_band = false;
}

fn widget(fill: Color32, line: Color32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    }
}

fn visuals(colors: &Palette, theme: Theme) -> Visuals {
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    visuals.widgets = Widgets {
        noninteractive: widget(colors.page, colors.chrome_line, colors.text),
        inactive: widget(colors.button, colors.field_line, colors.text),
        hovered: widget(colors.button_hover, colors.field_line_hover, colors.text),
        active: widget(colors.button_down, colors.field_line_hover, colors.text),
        open: widget(colors.button_down, colors.field_line_hover, colors.text),
    };
    // Handles of scroll bars are filled with this colour; buttons have a fill of their own.
    visuals.widgets.inactive.bg_fill = colors.bar;
    for widget in [&mut visuals.widgets.hovered, &mut visuals.widgets.active] {
        widget.bg_fill = colors.bar_hover;
    }
    visuals.selection = Selection { bg_fill: colors.text_selection, stroke: Stroke::new(1.0, colors.text) };
    visuals.weak_text_color = Some(colors.weak);
    visuals.hyperlink_color = colors.note;
    visuals.faint_bg_color = colors.stripe;
    visuals.extreme_bg_color = colors.field;
    visuals.text_edit_bg_color = Some(colors.field);
    visuals.warn_fg_color = colors.warning;
    visuals.error_fg_color = colors.danger;
    visuals.panel_fill = colors.page;
    visuals.window_fill = colors.popup;
    visuals.window_stroke = Stroke::new(1.0, colors.chrome_line);
    visuals.window_corner_radius = CornerRadius::same(6);
    visuals.menu_corner_radius = CornerRadius::same(4);
    let shadow = Shadow { offset: [0, 4], blur: 14, spread: 0, color: colors.shadow };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.disabled_alpha = 0.55;
    visuals.text_cursor =
        TextCursorStyle { stroke: Stroke::new(1.0, colors.text), blink: false, ..TextCursorStyle::default() };
    visuals.text_options.color_transfer_function = match theme {
        Theme::Light => FontColorTransferFunction::Gamma(0.85),
        Theme::Dark => FontColorTransferFunction::DARK_MODE_DEFAULT,
    };
    visuals
}
