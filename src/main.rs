//! Контора: arguments, then the window or a headless command; nothing else.

use kontora::cli::{Asked, FAILED, run};
use kontora::ui::app::start;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(std::env::args().collect(), &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
        Asked::Code(code) => ExitCode::from(code),
        Asked::Window { base, language } => match start::run(base, language) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                let _ = writeln!(std::io::stderr(), "{sentence}");
                ExitCode::from(FAILED)
            }
        },
    }
}
