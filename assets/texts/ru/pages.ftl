# Lists, the start page, the bases, the sections.
status-base = База: { $path }
window-title = { $base } — Контора
start-no-folder = Не найдена папка пользователя: укажите базу ключом --base
page-none = Открыть не получится: такой страницы нет
today-title = Сегодня
