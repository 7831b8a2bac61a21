# Отчеты.
report-stock = Остатки товаров
report-sales = Продажи
report-settlements-customers = Расчеты с покупателями
report-settlements-suppliers = Расчеты с поставщиками
report-debts = Долги и авансы по документам
report-money = Движение денег
report-order-states = Заказы по состояниям
report-trial-balance = Оборотно-сальдовая ведомость
report-account-card = Карточка счета
report-account-analysis = Анализ счета
report-on-hand = В наличии
report-reserved = В резерве
report-free = Свободно
report-expected = Ожидается
report-stock-value = Стоимость
report-unit-cost = Себестоимость единицы
report-vat = НДС
report-net = Выручка без НДС
report-profit = Валовая прибыль
report-margin = Рентабельность, %
report-count = Количество
report-opening = Сальдо на начало
report-closing = Сальдо на конец
report-begin = На начало
report-end = На конец
report-turnovers = Обороты
report-charged = Начислено
report-received = Поступило
report-paid = Оплачено
report-debt-to-us = Долг нам
report-advance-from = Аванс
report-debt-ours = Наш долг
report-advance-to = Выданный аванс
report-owed-to-us = Должны нам
report-owed-by-us = Должны мы
report-in = Приход
report-out = Расход
report-balance = Остаток
report-debit = Дебет
report-credit = Кредит
report-debit-turnover = Оборот по дебету
report-credit-turnover = Оборот по кредиту
report-running = Текущее сальдо
report-side = Д/К
report-side-debit = Д
report-side-credit = К
report-analytics-debit = Аналитика Дт
report-analytics-credit = Аналитика Кт
report-account = Счет
report-date = Дата
report-field-folder = Группа номенклатуры
report-field-customer-group = Группа клиентов
report-field-side = С кем
report-field-company = Организация
report-field-account = Счет
report-field-corr = Корр. счет
report-field-currency = Валюта
report-field-sub1 = Субконто 1
report-field-sub2 = Субконто 2
report-field-sub3 = Субконто 3
report-field-document = Документ
report-field-day = День
report-field-month = Месяц
report-sum-amount = Сумма
report-sum-qty = Количество
report-sum-currency = Валютная сумма
report-ledger = Проводки
report-moves-of = Движения: { $report }
report-opening-row = Сальдо на начало
report-closing-row = Обороты за период и сальдо на конец
report-total = Итого
report-apart = Забалансовые счета
report-not-set = <не указано>
report-month =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    } { $year }
report-values =
    { $count ->
        [one] { $count } значение
        [few] { $count } значения
       *[other] { $count } значений
    }
report-about-period = Период: { $period }
report-about-moment = На момент: { $moment }
report-about-filter = { $field }: { $values }
print-page = стр. { $page } из { $pages }
report-cut = Показаны первые движения, не более { $count }; итоги посчитаны по всем
report-open-moves = Движения: { $register }
report-open-entries = Карточка счета
report-open-by = Разложить: { $field }
report-open-object = Открыть: { $field }
report-open-document = Открыть документ
period-today = Сегодня
period-yesterday = Вчера
period-week = Эта неделя
period-month = Этот месяц
period-last-month = Прошлый месяц
period-quarter = Этот квартал
period-last-quarter = Прошлый квартал
period-year = Этот год
period-last-year = Прошлый год
period-all = За все время
period-until = по { $until }
period-from = с { $from }
report-open = Открыть
report-open-named = Открыть: { $name }

# Отчет в окне.
report-title = Отчет
report-make = Сформировать
report-make-hint = Сделать отчет по выбранным параметрам
report-drill = Расшифровать
report-drill-hint = Показать, из чего состоит число
report-unfold = Развернуть все группы
report-fold = Свернуть все группы
report-span-back = Предыдущий период
report-span-on = Следующий период
report-making = Отчет «{ $report }»
report-being-made = Отчет делается…
report-chosen-otherwise = Параметры изменены: нажмите F5, чтобы сделать отчет заново
report-stale = Данные базы изменились после того, как отчет был сделан: F5 делает его заново
report-empty = Нет данных
report-empty-hint = Измените период или отбор
report-saved = Отчет сохранен: { $file }
report-save = Сохранить
report-save-xlsx = Таблица Excel (XLSX)
report-save-csv = Таблица для программ (CSV)
report-save-pdf = Документ PDF
report-save-json = Данные для программ (JSON)
report-by = По: { $fields }
report-by-add = Добавить уровень: { $field }
report-by-less = Убрать последний уровень
report-period = Период
report-from = с
report-until = по
report-at = На момент
report-any = все
report-filter-off = Убрать отбор
report-filter-own = Отбор: { $field }
report-keys = Enter — расшифровать, Shift+F10 — все расшифровки, F5 — сделать заново, Alt+PgUp/PgDn — период

# Что может быть не так.
report-unknown = Нет отчета «{ $code }»; есть: { $known }
report-file = Отчет { $file }: { $said }
report-path-unknown = в пути «{ $path }» нет поля «{ $name }»
report-path-text = поле «{ $name }» в пути «{ $path }» текстовое: по нему нельзя группировать
report-value = «{ $value }» не может быть значением «{ $path }»
report-no-source = нет ни одного источника [[source]]
report-no-column = нет ни одной колонки [[column]]
report-register-unknown = нет регистра «{ $code }»
report-documents-unknown = нет документов «{ $code }»
report-source-one = источник - это одно из: register, ledger, documents
report-source-unknown = нет источника «{ $code }»
report-field-unknown = нет поля [[field]] «{ $code }»
report-column-title = у колонки «{ $code }» нет названия (title)
report-no-balance = у колонки «{ $code }» источник без остатков: opening и closing для него нет
report-sum-unknown = в источнике «{ $source }» нет суммы «{ $name }»
report-formula = в формуле «{ $formula }» непонятно «{ $code }»: колонка должна стоять выше
report-no-field = В отчете нет поля «{ $field }»; есть: { $known }
report-by-twice = Поле «{ $field }» указано в группировке дважды
report-parameter-missing = Не указан параметр «{ $field }» ({ $code })
report-no-column-named = В отчете нет колонки «{ $column }»; есть: { $known }
report-period-backwards = Конец периода раньше его начала: { $period }
report-not-written = Не удалось записать отчет: { $said }
report-too-long = В отчете { $count } строк, в таблицу входит не более { $most }: сузьте отбор или выберите группировку крупнее

# Командная строка.
cli-report = сделать отчет; без кода показать все отчеты
cli-arg-report-code = код отчета, например sales
cli-arg-from = начало периода, например 01.10.2026
cli-arg-until = конец периода
cli-arg-at = момент, например 15.04.2026 или «15.04.2026 12:30»
cli-arg-period = период по имени: today, yesterday, week, month, last_month, quarter, last_quarter, year, last_year, all
cli-arg-by = группировка: поля отчета через запятую
cli-arg-filter = отбор поле=ключ; можно несколько
cli-arg-sort = колонка для сортировки; с минусом - по убыванию
cli-arg-moves = показать движения источника отчета по одному
cli-arg-report-format = вид результата: table, json, csv, xlsx или pdf
cli-report-done = Отчет записан: { $file } (строк: { $rows })
cli-filter-shape = Отбор «{ $filter }» непонятен: нужно поле=ключ, например item=T1
cli-period-unknown = Нет периода «{ $period }»
cli-report-no-at = Отчет «{ $report }» строится за период: укажите --from и --until
cli-report-no-from = Отчет «{ $report }» строится на момент: укажите --at
cli-col-code = Код
