//! Контора: arguments, then the window or a headless command; nothing else.

fn main() {}
