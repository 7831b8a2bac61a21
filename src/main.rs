//! Контора: arguments, then the window or a headless command; nothing else.

use kontora::cli::{Asked, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(std::env::args().collect(), &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
        Asked::Code(code) => ExitCode::from(code),
        Asked::Window(_base) => ExitCode::FAILURE,
    }
}
