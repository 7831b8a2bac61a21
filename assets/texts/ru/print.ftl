# Печать: предупреждения перед печатью, шаблоны, штрихкоды, принтеры.

print-missing = Не заполнено: { $field }
print-cut = Не поместилось и обрезано: «{ $text }»
print-letter = Нет в шрифте и заменено квадратом: «{ $letter }»
print-block-high = Часть формы выше листа и выходит за нижний край, уменьшите ее в шаблоне «{ $form }»
print-code-said = Код не напечатан: { $said }

print-ean-length = «{ $code }» не EAN-13: нужно 13 цифр (или 12, тогда последняя будет посчитана)
print-ean-check = В штрихкоде «{ $code }» неверна контрольная цифра, должна быть { $digit }
print-code128-letters = «{ $code }» нельзя напечатать как Code 128: нужны латинские буквы, цифры и обычные знаки
print-code-narrow = штрихкод «{ $code }» слишком длинный для своего места, сканер его не прочтет
print-qr-too-long = Текст слишком длинный для QR-кода
print-qr-no-name = QR-код оплаты: не указан получатель
print-qr-no-bank = QR-код оплаты: не указан банк получателя
print-qr-account = QR-код оплаты: расчетный счет должен быть из 20 цифр, указано «{ $value }»
print-qr-bic = QR-код оплаты: БИК должен быть из 9 цифр, указано «{ $value }»
print-qr-correspondent = QR-код оплаты: корреспондентский счет должен быть из 20 цифр, указано «{ $value }»
print-qr-sum = QR-код оплаты: сумма должна быть больше нуля
print-qr-separator = QR-код оплаты: в реквизитах встречаются все возможные разделители, уберите из них знаки | ~ ^ # $ @ ! ;

print-template-none = Нет печатной формы «{ $name }»
print-template-unreadable = Не удалось прочитать { $file }: { $said }
print-template-said = { $file }: { $said }
print-template-at = { $file }, строка { $line }: { $said }
print-template-syntax = ошибка записи TOML ({ $said })
print-template-unknown-key = лишний ключ «{ $key }», здесь бывают: { $allowed }
print-template-missing = нет обязательного ключа «{ $key }»
print-template-not-number = «{ $key }» должно быть числом
print-template-range = «{ $key }» должно быть числом от 0 до 2000
print-template-percent = «{ $key }» должно быть целым числом процентов от 0 до 100
print-template-not-text = «{ $key }» должно быть текстом в кавычках
print-template-not-flag = «{ $key }» должно быть true или false
print-template-not-list = «{ $key }» должно быть списком в квадратных скобках
print-template-not-table = «{ $key }» должно быть набором ключей в фигурных скобках
print-template-choice = «{ $key }» не бывает «{ $value }», допустимо: { $allowed }
print-template-border = в «border» допустимы только буквы T, B, L и R, а указано «{ $value }»
print-template-text-and-field = указаны и text, и field: оставьте одно
print-template-name = «{ $name }» не годится как имя поля: нужны маленькие латинские буквы, цифры и «_», кроме занятых page, pages и sum
print-template-whole = весь шаблон
print-template-sheet = неверные размеры или поля листа
print-template-outside = выходит за край листа: { $cell }
print-template-letters = буквы мельче 4 пунктов: { $cell }
print-template-rest = у ячейки с «rest» нет предыдущей: { $cell }
print-template-sum = «sum» бывает только в итогах таблицы: { $cell }
print-template-code = ячейка с кодом без текста: { $cell }
print-template-required = обязательное поле «{ $field }» не описано в fields
print-template-no-columns = в таблице «{ $table }» нет колонок
print-template-table-wide = таблица «{ $table }» шире листа
print-template-column-width = в таблице «{ $table }» у колонки «{ $column }» ширина меньше 1 мм
print-template-total-column = в итогах таблицы «{ $table }» названа колонка «{ $column }», которой нет
print-template-total-order = в итогах таблицы «{ $table }» ячейка «{ $column }» стоит не по порядку колонок

print-printer-no-system = Печать недоступна: не запускается «{ $program }» ({ $said })
print-printer-failed = Принтер не принял задание: { $said }
print-printer-timeout = Система печати не ответила за { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[other] { $seconds } секунд
  }. Проверьте, включен ли принтер
print-printer-name = Неверное имя принтера: «{ $name }»
print-printer-unknown = Нет принтера «{ $name }»
print-printer-file = Не удалось подготовить файл для печати: { $said }
print-pdf-failed = Не удалось создать PDF: { $said }

print-form-supplier-order = Заказ поставщику
print-form-goods-receipt = Приходный ордер
print-form-customer-order = Заказ клиента
print-form-invoice = Счет на оплату
print-form-goods-issue = Расходная накладная
print-form-torg12 = Товарная накладная (ТОРГ-12)
print-form-upd = УПД
print-form-tax-invoice = Счет-фактура
print-form-corrective-invoice = Корректировочный счет-фактура
print-form-customer-return = Накладная на возврат от покупателя
print-form-supplier-return = Накладная на возврат поставщику
print-form-ko1 = Приходный кассовый ордер (КО-1)
print-form-price-tags = Ценники
print-form-item-labels = Этикетки товаров
print-form-ko2 = Расходный кассовый ордер (КО-2)
print-form-payment-order = Платежное поручение (0401060)
print-no-forms = У «{ $kind }» нет печатных форм
print-no-form = У «{ $kind }» нет печатной формы «{ $form }», есть: { $forms }
print-no-object = Документа нет в базе
print-set = Комплект документов: { $count }
print-of = { $document }: { $said }
print-marked = Документ помечен на удаление
print-not-posted = Документ не проведен

cli-print = напечатать документы: на принтер или в файл PDF
cli-arg-form = печатная форма; без нее берется обычная форма документа
cli-arg-print-out = файл PDF («-» для вывода на экран); без него и без --printer печатает принтер по умолчанию
cli-arg-printer = принтер
cli-arg-copies = число экземпляров
cli-arg-force = печатать, даже если не все реквизиты заполнены
cli-arg-print-list = показать печатные формы вида документов
cli-arg-printers = показать принтеры
cli-col-form = Форма
cli-col-printer = Принтер
cli-col-default = По умолчанию
cli-print-nothing = Назовите документы, например: kontora --base файл print goods_issue:12
cli-print-blanks = Не напечатано: не заполнено реквизитов - { $count }. Заполните их или добавьте --force
cli-print-done = Напечатано документов: { $documents }, страниц: { $pages }

preview-title = Печать
preview-reading = Готовлю документ к печати...
preview-unknown = Непонятно, что печатать: «{ $asked }»
preview-sheet = Страница { $page } из { $pages }
preview-place = Страница { $page } из { $pages }, { $percent } %
preview-hint = Ctrl+P печать, Ctrl+S в PDF, Ctrl+колесо или Ctrl +/- размер, PgDn/PgUp листать
preview-print-hint = Напечатать на принтере
preview-save = Сохранить PDF
preview-save-hint = Сохранить в файл PDF
preview-smaller = Мельче
preview-larger = Крупнее
preview-width = По ширине окна
preview-whole = Лист целиком
preview-on-sheets = По нескольку на листе
preview-on-sheets-hint = Малые страницы разложить на листы А4 с линиями отреза, или снова каждую отдельно
labels-too-many = Этикеток получается { $count }, за один раз печатается не больше { $most }: уменьшите количество или разделите документ
label-page-larger = Принтер «{ $printer }» заправлен этикетками { $label } мм, а страница { $page } мм: снимите «По нескольку на листе» или исправьте размер этикетки в «Оборудовании»
label-silent = Принтер этикеток не отвечает
label-stopped = Напечатано этикеток: { $done } из { $all }. { $said }
preview-back = Предыдущая страница
preview-on = Следующая страница
preview-screen-up = На экран вверх
preview-screen-down = На экран вниз
preview-first = В начало
preview-last = В конец
preview-form = Форма
preview-blanks = { $count ->
    [one] Не заполнен { $count } реквизит, щелкните, чтобы заполнить:
    [few] Не заполнено { $count } реквизита, щелкните, чтобы заполнить:
   *[other] Не заполнено { $count } реквизитов, щелкните, чтобы заполнить:
  }
preview-fill = Открыть, где это заполняется
preview-print-title = Печать
preview-print-anyway = Заполнены не все реквизиты, пропущено: { $count }. Все равно напечатать?
preview-no-printers = В системе нет ни одного принтера. Подключите принтер или сохраните документ в PDF.
preview-default = по умолчанию
preview-copies = Экземпляров
preview-listing = Ищу принтеры
preview-printing = Печатаю
preview-saving = Сохраняю PDF
preview-printed = Передано на печать: { $printer }
preview-saved = Сохранено: { $file }
preview-pdf-files = Файлы PDF
