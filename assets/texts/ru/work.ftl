# Workplaces: import, binding, shortages.
work-import = Загрузка заказов с сайта
work-import-hint = Ctrl+O — загрузить файл, F2 — открыть заказ
work-import-empty = Файл ещё не загружен
work-import-empty-hint = Ctrl+O — выбрать файл заказов с сайта (CommerceML)
work-load = Загрузить файл…
work-load-hint = Выбрать файл заказов и загрузить его
work-load-title = Файл заказов с сайта
work-load-filter = Заказы CommerceML
work-loading = Загрузка заказов
work-load-cancelled = Загрузка прервана: уже загруженные заказы остались в базе
work-load-refused = Файл не загружен
work-loaded = Создано: { $created }, изменено: { $updated }, без изменений: { $same }, пропущено: { $skipped }, с ошибками: { $broken }
work-link = Связь с сайтом
work-link-none = без связи (код file)
work-bind = Сопоставить номенклатуру
work-bind-hint = Строки заказов, для которых не нашлась номенклатура
work-site-number = Номер на сайте
work-result = Результат
work-order = Заказ
work-remarks = Замечания
work-bind-title = Сопоставление номенклатуры
work-bind-choose = Выбрать номенклатуру
work-bind-choose-hint = Выбрать номенклатуру для строки; то же будет сделано во всех заказах этого сайта
work-bind-accept = Принять предложение
work-bind-accept-hint = Сопоставить с номенклатурой того же наименования
work-bind-create = Создать номенклатуру
work-bind-create-hint = Создать номенклатуру по наименованию из заказа и сопоставить с ней
work-bind-keys = Enter или F4 — выбрать, Ctrl+Enter — принять предложение, F9 — создать номенклатуру
work-bind-empty = Все строки заказов сопоставлены
work-bind-empty-hint = Новые появятся здесь после загрузки заказов с сайта
work-bound = { $count ->
    [one] Сопоставлена { $count } строка
    [few] Сопоставлены { $count } строки
   *[other] Сопоставлено { $count } строк
}
work-open-order = Открыть заказ
work-open-order-hint = Открыть заказ, в котором стоит строка
work-line-name = Наименование в заказе
work-site-item = Ид на сайте
work-qty = Количество
work-total = Сумма
work-proposal = Похожая номенклатура
work-shortages = Дефицит
work-shortages-keys = Ctrl+Enter — заказать поставщикам выделенное (без выделения — всё), F4 — сменить поставщика
work-shortages-empty = Дефицита нет
work-shortages-empty-hint = Всё, чего ждут заказы, зарезервировано или уже заказано, запасы выше точек заказа
work-shortage-order = Заказать поставщикам
work-shortage-order-hint = Создать и провести заказы поставщикам, по одному на поставщика
work-shortage-supplier = Сменить поставщика
work-shortage-supplier-hint = Выбрать, у кого заказать выделенное
work-shortage-item = Открыть номенклатуру
work-shortage-item-hint = Открыть карточку: в ней указывается основной поставщик
work-shortage-made = { $count ->
    [one] Создан { $count } заказ поставщику
    [few] Создано { $count } заказа поставщикам
   *[other] Создано { $count } заказов поставщикам
}
work-item = Номенклатура
work-warehouse = Склад
work-missing = Не хватает
work-expected = Ожидается
work-supplier = Поставщик
work-no-supplier = не указан: выберите (F4)
work-orders = Заказы клиентов
