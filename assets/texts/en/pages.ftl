# Lists, the start page, the bases, the sections.
status-base = Base: { $path }
window-title = { $base } — Kontora
start-no-folder = The user's folder is not known: name the base with --base
page-none = This cannot be opened: there is no such page
today-title = Today
