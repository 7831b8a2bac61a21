# Lists, the start page, the bases, the sections.
status-base = База: { $path }
window-title = { $base } — Контора
start-no-folder = Не найдена папка пользователя: укажите базу ключом --base
page-none = Открыть не получится: такой страницы нет
today-title = Сегодня

# Lists
period-range = Произвольный
period-first = С какого дня
period-last = По какой день
filter-period = Период
filter-button = { $what }: { $value }
filter-any = все
filter-several = выбрано { $count }
filter-off = Снять отбор «{ $what }»
filters-clear = Снять все отборы
state-not-posted = Не проведен
list-marked = { $count ->
    [one] Помечен на удаление { $count } объект
    [few] Помечено на удаление { $count } объекта
   *[other] Помечено на удаление { $count } объектов
}
list-unmarked = { $count ->
    [one] Снята пометка с { $count } объекта
   *[other] Снята пометка с { $count } объектов
}
list-posted = { $count ->
    [one] Проведен { $count } документ
    [few] Проведено { $count } документа
   *[other] Проведено { $count } документов
}
list-unposted = { $count ->
    [one] Отменено проведение { $count } документа
   *[other] Отменено проведение { $count } документов
}
list-moved = { $count ->
    [one] Перенесен { $count } объект
    [few] Перенесено { $count } объекта
   *[other] Перенесено { $count } объектов
}
list-closed = { $count ->
    [one] Закрыт { $count } заказ
    [few] Закрыто { $count } заказа
   *[other] Закрыто { $count } заказов
}
list-refused = { $object }: { $reason }
list-choose-hint = Выбрать текущую строку (Enter)
list-post-hint = Провести выделенные документы
list-hierarchy = По группам
list-hierarchy-hint = Показывать список по группам или целиком
list-to-folder = Переместить в группу
list-to-folder-hint = Перенести выделенные строки в другую группу
list-show-marked = Показать или скрыть помеченные на удаление
list-next-action = Следующее действие
list-next-action-hint = Сделать то, чего ждет текущий заказ
next-approve = Согласовать
next-pay = Оплата
next-supply = Обеспечить
next-ship = Отгрузить
next-close = Закрыть заказ
list-based = Создать на основании
list-based-on-it = На основании: { $kind }
list-hint = Enter — открыть, Ins — создать, F9 — скопировать, Del — пометить на удаление, печатайте — поиск
list-hint-folders = Enter — открыть, Ins — создать, Ctrl+F9 — группа, Ctrl+↓ и Ctrl+↑ — в группу и из группы, печатайте — поиск
list-limits = Отбор: { $limits }
list-failed = Список не прочитан
list-not-found = По словам «{ $words }» ничего не найдено
list-not-found-hint = Попробуйте часть слова. Ctrl+Q — показать все
list-filtered-out = Под отбор ничего не подходит
list-filtered-out-hint = Снимите отбор над списком
list-empty = Здесь пока пусто
list-empty-documents = Ins — создать первый документ
list-empty-catalog = Ins — создать первый элемент
list-copy-too-many = Выделено больше, чем прочитано: выделите меньше строк
list-copied = { $count ->
    [one] Скопирована { $count } строка
    [few] Скопировано { $count } строки
   *[other] Скопировано { $count } строк
}
list-delete-refused = Сразу объекты не удаляются: пометьте на удаление (Del), ссылки на объект останутся целы. Удаление помеченных — в разделе «Настройки»
list-no-create = Здесь новые элементы не создаются
list-ask-mark = Пометить на удаление «{ $what }»? Проведение документа будет отменено
list-ask-mark-many = Пометить на удаление выделенное ({ $count })? Проведение документов будет отменено
list-ask-unmark = Снять пометку удаления с «{ $what }»?
list-ask-unmark-many = Снять пометку удаления с выделенного ({ $count })?
list-ask-close = Закрыть «{ $what }»? Резервы и остатки к отгрузке будут сняты
list-busy = Предыдущее действие еще выполняется
list-same-empty = Ячейка пуста: выберите ячейку со значением
setup-column = Колонка
setup-order = Порядок строк
setup-ascending = по возрастанию
setup-descending = по убыванию
setup-toggle = Показать или скрыть
setup-sort = Упорядочить строки
folders-top = { $kind }: все
folders-name = Группа
folders-title = { $kind }: группы
kinds-title = Что выбрать
kinds-column = Вид
list-count = Строк: { $count }. { $keys }
list-print-too-many = За один раз печатается не больше { $most } документов: выделите меньше строк

# Sections, the start page
section-main = Главное
section-sales = Продажи
section-purchases = Закупки
section-stock = Склад
section-money = Деньги
section-ledger = Учет
section-reports = Отчеты
section-settings = Настройки
group-daily = Каждый день
group-directories = Справочники
group-service = Сервис
group-documents = Документы
group-site = Заказы с сайта
group-prices = Цены
group-reports = Отчеты
group-supply = Обеспечение
group-more = Еще
group-cash = Касса
group-bank = Банк
group-company = Организация
group-program = Программа
bases-title = Базы
options-title = Настройки программы
today-on = Сегодня, { $date }
today-hint = ↓ и ↑ — по строкам, Enter — открыть, Ctrl+K — найти что угодно, Alt+1…8 — разделы
today-orders = Заказы клиентов
today-look = Требуют внимания
today-ship = Готовы к отгрузке
today-supply = Ждут обеспечения
today-pay = Ждут оплаты
today-close = Готовы к закрытию
today-unpaid = не оплачено { $amount }
today-supply-group = Обеспечение и обмен
today-lacking = Не хватает товаров
today-not-taken = Заказы с сайта не загружены
today-money = Деньги
today-money-all = Всего
today-latest = Последние документы

# Bases, settings of the program
bases-open = Открыть
bases-open-hint = Открыть выбранную базу вместо текущей
bases-new = Новая база
bases-new-hint = Создать пустую базу и открыть ее
bases-new-demo = Новая демо-база
bases-new-demo-hint = Создать базу с примером: небольшая торговая компания с документами за три месяца
bases-copy = Копия базы
bases-copy-hint = Записать проверенную копию выбранной базы в файл; работать в базе можно и во время копирования
bases-other = Открыть файл…
bases-other-hint = Открыть базу, которой нет в списке
bases-forget = Убрать из списка
bases-forget-hint = Убрать базу из списка; файл останется
bases-forget-present = Эта база открыта: она остается в списке
bases-files = Базы Конторы
bases-place = Базы Конторы
bases-name = База
bases-path = Файл
bases-opened = Открывалась
bases-lost = нет файла
bases-empty = Баз пока нет
bases-empty-hint = Ins — создать пустую базу
bases-keys = Enter — открыть, Ins — новая, F9 — копия, Del — убрать из списка
bases-regime = Налоговый режим организации
bases-making = Создается база
bases-making-demo = Создается демонстрационная база
bases-copying = Копируется база
bases-proving = Копия проверяется
bases-copied = Копия записана и проверена: { $file }
copy-not-proved = Копия не прошла проверку (ошибок: { $count }) и не сохранена. { $fault }
options-language = Язык
options-theme = Тема
options-light = Светлая
options-dark = Темная
options-scale = Масштаб
options-drawing = Рисование окна
options-drawing-auto = Автоматически
options-drawing-gl = OpenGL
options-drawing-software = Процессор
options-drawing-later = Подействует со следующего запуска
bases-server = сервер
group-favourites = Избранное
favourite-on = В избранном: { $page }
favourite-off = Убрано из избранного: { $page }
favourite-none = Эту страницу в избранное не добавить
