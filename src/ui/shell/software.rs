//! The window on the screen without OpenGL: the processor draws it ([`crate::ui::raster`]) and the pixels are
//! handed to the window system. It is drawn only when something has changed.

use super::OneAtATime;
use super::run::Window as Content;
use crate::text;
use crate::ui::px;
use crate::ui::raster::{Picture, Raster};
use egui::{Context, FullOutput, ViewportBuilder, ViewportCommand, ViewportEvent, ViewportId, ViewportInfo};
use std::num::NonZeroU32;
use std::rc::Rc;
use std::time::{Duration, Instant};
use winit::application::ApplicationHandler;
use winit::dpi::PhysicalSize;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Window, WindowId};

/// No texture is greater: the processor has no limit of its own, this one bounds the memory of letters.
const TEXTURE_SIDE: usize = 4_096;

/// What wakes the loop from outside.
enum Wake {
    /// A frame is wanted after this time.
    Repaint(Duration),
    /// A reader of the screen asks or acts.
    Reader(egui_winit::accesskit_winit::Event),
}

impl From<egui_winit::accesskit_winit::Event> for Wake {
    fn from(event: egui_winit::accesskit_winit::Event) -> Self {
        Wake::Reader(event)
    }
}

type Surface = softbuffer::Surface<Rc<Window>, Rc<Window>>;

/// The window once the system has given one.
struct Shown {
    window: Rc<Window>,
    surface: Surface,
    state: egui_winit::State,
    info: ViewportInfo,
    picture: Picture,
}

/// The loop and what it draws.
struct Software {
    ctx: Context,
    builder: ViewportBuilder,
    content: Content,
    input: OneAtATime,
    raster: Raster,
    shown: Option<Shown>,
    wakes: EventLoopProxy<Wake>,
    next: Option<Instant>,
    closing: bool,
    trouble: Option<String>,
}

/// Runs the window until it is closed. The error is a sentence: no window can be shown at all.
pub fn run(ctx: Context, builder: ViewportBuilder, content: Content) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| text!("window-failed", why = error.to_string()).show();
    let events = EventLoop::<Wake>::with_user_event().build().map_err(|error| failed(&error))?;
    let wakes = events.create_proxy();
    let proxy = wakes.clone();
    ctx.set_request_repaint_callback(move |asked| {
        let _ = proxy.send_event(Wake::Repaint(asked.delay));
    });
    let mut software = Software {
        ctx,
        builder,
        content,
        input: OneAtATime::default(),
        raster: Raster::default(),
        shown: None,
        wakes,
        next: None,
        closing: false,
        trouble: None,
    };
    events.run_app(&mut software).map_err(|error| failed(&error))?;
    software.content.on_close();
    software.trouble.map_or(Ok(()), |trouble| Err(failed(&trouble)))
}

impl ApplicationHandler<Wake> for Software {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        if self.shown.is_some() {
            return;
        }
        match self.open(events) {
            Ok(shown) => self.shown = Some(shown),
            Err(trouble) => {
                self.trouble = Some(trouble);
                events.exit();
            }
        }
    }

    fn new_events(&mut self, _events: &ActiveEventLoop, cause: StartCause) {
        if matches!(cause, StartCause::ResumeTimeReached { .. }) {
            self.next = None;
            self.ask();
        }
    }

    fn user_event(&mut self, events: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::Repaint(delay) if delay.is_zero() => self.ask(),
            Wake::Repaint(delay) => {
                self.next = sooner(self.next, Instant::now().checked_add(delay));
            }
            Wake::Reader(event) => self.reader(event),
        }
        self.wait(events);
    }

    fn window_event(&mut self, events: &ActiveEventLoop, _id: WindowId, event: WindowEvent) {
        let Some(shown) = &mut self.shown else { return };
        match event {
            WindowEvent::RedrawRequested => self.draw(),
            WindowEvent::CloseRequested => {
                shown.info.events.push(ViewportEvent::Close);
                shown.window.request_redraw();
            }
            event => {
                let resized = matches!(event, WindowEvent::Resized(_));
                if shown.state.on_window_event(&shown.window, &event).repaint || resized {
                    shown.window.request_redraw();
                }
            }
        }
        if self.closing {
            events.exit();
        }
        self.wait(events);
    }
}

impl Software {
    fn open(&self, events: &ActiveEventLoop) -> Result<Shown, String> {
        // A reader of the screen must be told of before the window is seen.
        let builder = self.builder.clone().with_visible(false);
        let window = egui_winit::create_window(&self.ctx, events, &builder).map_err(|error| error.to_string())?;
        let window = Rc::new(window);
        let context = softbuffer::Context::new(Rc::clone(&window)).map_err(|error| error.to_string())?;
        let surface = Surface::new(&context, Rc::clone(&window)).map_err(|error| error.to_string())?;
        let scale = px::scale(window.scale_factor());
        let theme = window.theme();
        let mut state =
            egui_winit::State::new(self.ctx.clone(), ViewportId::ROOT, events, Some(scale), theme, Some(TEXTURE_SIDE));
        state.init_accesskit(events, &window, self.wakes.clone());
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &self.ctx, &window, true);
        window.set_visible(true);
        window.request_redraw();
        Ok(Shown { window, surface, state, info, picture: Picture::default() })
    }

    fn ask(&self) {
        if let Some(shown) = &self.shown {
            shown.window.request_redraw();
        }
    }

    fn wait(&self, events: &ActiveEventLoop) {
        events.set_control_flow(self.next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn reader(&mut self, event: egui_winit::accesskit_winit::Event) {
        use egui_winit::accesskit_winit::WindowEvent as Said;
        let Some(shown) = &mut self.shown else { return };
        match event.window_event {
            Said::InitialTreeRequested => self.ctx.enable_accesskit(),
            Said::ActionRequested(request) => shown.state.on_accesskit_action_request(request),
            Said::AccessibilityDeactivated => self.ctx.disable_accesskit(),
        }
        shown.window.request_redraw();
    }

    fn draw(&mut self) {
        let Some(shown) = &mut self.shown else { return };
        egui_winit::update_viewport_info(&mut shown.info, &self.ctx, &shown.window, false);
        let mut input = shown.state.take_egui_input(&shown.window);
        input.viewports = std::iter::once((ViewportId::ROOT, shown.info.clone())).collect();
        let closing = shown.info.events.contains(&ViewportEvent::Close);
        shown.info.events.clear();
        let held = self.input.filter(&mut input);
        let content = &mut self.content;
        let FullOutput { platform_output, mut textures_delta, shapes, pixels_per_point, viewport_output } =
            self.ctx.run_ui(input, |ui| content.ui(ui));
        shown.state.handle_platform_output(&shown.window, platform_output);
        self.raster.update(&mut textures_delta);
        let primitives = self.ctx.tessellate(shapes, pixels_per_point);
        if let Err(trouble) = paint(shown, &self.raster, &primitives, pixels_per_point, &self.ctx) {
            self.trouble = Some(trouble);
            self.closing = true;
        }
        let mut cancelled = false;
        let mut again = held;
        if let Some(output) = viewport_output.into_values().next() {
            // What was asked for while the frame was drawn is told here and not by the callback: an answer of a
            // thread that came in between would wait for the next key otherwise.
            if output.repaint_delay.is_zero() {
                again = true;
            } else {
                self.next = sooner(self.next, Instant::now().checked_add(output.repaint_delay));
            }
            cancelled = output.commands.contains(&ViewportCommand::CancelClose);
            self.closing |= output.commands.contains(&ViewportCommand::Close);
            let mut asked = Vec::new();
            let window = Rc::clone(&shown.window);
            egui_winit::process_viewport_commands(&self.ctx, &mut shown.info, output.commands, &window, &mut asked);
        }
        self.closing |= closing && !cancelled;
        if again {
            shown.window.request_redraw();
        }
    }
}

/// The earlier of two moments, where there are any.
fn sooner(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Draws the frame and hands it over.
fn paint(
    shown: &mut Shown,
    raster: &Raster,
    primitives: &[egui::ClippedPrimitive],
    scale: f32,
    ctx: &Context,
) -> Result<(), String> {
    let PhysicalSize { width, height } = shown.window.inner_size();
    let (Some(wide), Some(high)) = (NonZeroU32::new(width), NonZeroU32::new(height)) else { return Ok(()) };
    let side = |length: u32| usize::try_from(length).unwrap_or(0);
    let background = crate::ui::theme::palette(ctx).page;
    shown.picture.renew(side(width), side(height), background);
    raster.draw(primitives, scale, &mut shown.picture);
    shown.surface.resize(wide, high).map_err(|error| error.to_string())?;
    let mut buffer = shown.surface.buffer_mut().map_err(|error| error.to_string())?;
    for (pixel, drawn) in buffer.iter_mut().zip(shown.picture.pixels()) {
        *pixel = drawn & 0x00ff_ffff;
    }
    buffer.present().map_err(|error| error.to_string())
}
