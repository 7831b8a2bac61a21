//! The command line: names, arguments, help.

use crate::text;
use clap::{Arg, ArgAction, Command};

pub(super) fn arg(name: &'static str, key: &'static str) -> Arg {
    Arg::new(name).help(crate::kernel::text::Text::new(key).show())
}

pub(super) fn option(name: &'static str, key: &'static str) -> Arg {
    arg(name, key).long(name)
}

fn flag(name: &'static str, key: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(crate::kernel::text::Text::new(key).show())
}

pub(super) fn sub(name: &'static str, key: &'static str) -> Command {
    Command::new(name).about(crate::kernel::text::Text::new(key).show())
}

fn format() -> Arg {
    option("format", "cli-arg-format").value_parser(["table", "json", "csv"]).default_value("table")
}

fn print() -> Command {
    sub("print", "cli-print")
        .arg(arg("document", "cli-arg-document").num_args(0..))
        .arg(option("form", "cli-arg-form"))
        .arg(option("out", "cli-arg-print-out"))
        .arg(option("printer", "cli-arg-printer"))
        .arg(option("copies", "cli-arg-copies").value_parser(clap::value_parser!(u16).range(1..=99)))
        .arg(flag("force", "cli-arg-force"))
        .arg(option("list", "cli-arg-print-list").value_name("type"))
        .arg(flag("printers", "cli-arg-printers"))
}

/// What concerns the window, shown or not.
fn window() -> [Arg; 4] {
    [
        option("renderer", "cli-arg-renderer").value_parser(["auto", "gl", "software"]),
        flag("self-test", "cli-arg-self-test"),
        option("screenshot", "cli-arg-screenshot").value_name("file"),
        option("page", "cli-arg-page").requires("screenshot"),
    ]
}

fn undo() -> Command {
    sub("undo", "cli-undo").arg(flag("redo", "cli-undo-redo")).arg(flag("show", "cli-undo-show").conflicts_with("redo"))
}

fn backup() -> Command {
    sub("backup", "cli-backup").arg(arg("file", "cli-arg-backup-file")).arg(flag("list", "cli-arg-backup-list"))
}

fn restore() -> Command {
    sub("restore", "cli-restore")
        .arg(arg("file", "cli-arg-restore-file").required(true))
        .arg(option("into", "cli-arg-restore-into"))
        .arg(flag("replace", "cli-arg-restore-replace"))
}

/// The whole command line.
pub fn command() -> Command {
    Command::new("kontora")
        .about(text!("cli-about").show())
        .version(env!("CARGO_PKG_VERSION"))
        .arg(option("base", "cli-arg-base").global(true))
        .arg(option("user", "cli-arg-user").global(true))
        .arg(flag("password-stdin", "cli-arg-password-stdin").global(true))
        .arg(option("language", "cli-arg-language").value_parser(["ru", "en"]).global(true))
        .args(window())
        .subcommand(
            sub("new", "cli-new")
                .arg(arg("file", "cli-arg-new-file").required(true))
                .arg(flag("demo", "cli-arg-demo").conflicts_with("regime"))
                .arg(option("regime", "cli-arg-regime").value_parser([
                    "general",
                    "simplified_free",
                    "simplified_5",
                    "simplified_7",
                    "simplified_general",
                    "patent",
                ])),
        )
        .subcommand(
            sub("load", "cli-load")
                .arg(arg("file", "cli-arg-load-file").required(true))
                .arg(flag("each", "cli-arg-each")),
        )
        .subcommand(sub("describe", "cli-describe").arg(arg("type", "cli-arg-type")).arg(format()))
        .subcommand(
            sub("post", "cli-post")
                .arg(arg("document", "cli-arg-document").num_args(1..).required(true))
                .arg(flag("undo", "cli-arg-undo")),
        )
        .subcommand(
            sub("import", "cli-import")
                .subcommand_required(true)
                .subcommand(
                    sub("orders", "cli-import-orders")
                        .arg(arg("file", "cli-arg-orders-file").required(true))
                        .arg(option("link", "cli-arg-link").default_value("file"))
                        .arg(format()),
                )
                .subcommand(sub("lines", "cli-import-lines").arg(format()))
                .subcommand(
                    sub("bind", "cli-import-bind")
                        .arg(arg("order", "cli-arg-document").required(true))
                        .arg(arg("line", "cli-arg-line").required(true))
                        .arg(arg("item", "cli-arg-item").required(true)),
                ),
        )
        .subcommand(sub("supply", "cli-supply").arg(flag("order", "cli-arg-order")).arg(format()))
        .subcommand(
            sub("export", "cli-export")
                .arg(arg("type", "cli-arg-type").num_args(0..))
                .arg(option("out", "cli-arg-out")),
        )
        .subcommand(print())
        .subcommand(sub("check", "cli-check").arg(format()))
        .subcommand(
            sub("list", "cli-list")
                .arg(arg("type", "cli-arg-type").required(true))
                .arg(option("search", "cli-arg-search"))
                .arg(option("limit", "cli-arg-limit").default_value("50"))
                .arg(format()),
        )
        .subcommand(sub("copy", "cli-copy").arg(arg("base-to", "cli-arg-copy-to").required(true)))
        .subcommand(sub("run-jobs", "cli-run-jobs"))
        .subcommands([super::report::command(), undo(), backup(), restore()])
}
