# What may be wrong: with the file of the base, with what is entered, with what is loaded, with the books.
# A sentence shown after its place («Товары, строка 1, Количество: ...») begins with a small letter.

## The file of the base
store-busy = База занята другой операцией дольше десяти секунд. Повторите; если не помогает, закройте другие окна программы
store-full = На диске кончилось место, ничего не записано. Освободите место и повторите
store-read-only = База открыта только для чтения. Проверьте права на файл и папку или права на сервере
store-damaged = Файл базы поврежден. Закройте программу, сохраните файл и восстановите копию
store-not-a-base = Это не база Конторы
store-constraint = Запись противоречит правилам базы, ничего не записано
store-io = Не удалось прочитать или записать файл базы. Проверьте диск и доступ к папке
store-other = Ошибка базы данных, ничего не записано. Сообщите разработчикам
base-exists = Файл { $path } уже есть. Укажите другое имя
base-missing = Файла базы { $path } нет. Проверьте имя и папку
base-not-ours = Файл { $path } - не база Конторы. Выберите другой файл
base-newer = База { $path } сделана более новой программой (версия базы { $base }, программа знает { $program }). Обновите программу
base-failed = База { $path }: { $reason }
base-in-memory = Базу в памяти нельзя открыть второй раз
folder-not-made = Не удалось создать папку { $path }. Проверьте права и имя
seed-line = Не удалось заполнить новую базу, строка { $line }

## Operations, as the history and the list of undo name them
op-seed = Заполнение новой базы
op-save = Запись
op-post = Проведение
op-unpost = Отмена проведения
op-mark = Пометка удаления
op-load = Загрузка
op-import-orders = Загрузка заказов с сайта
op-supply = Заказ недостающего
op-settings = Настройки
main-contract = Основной договор

## Saving any object
field-required = не заполнено
must-be-positive = должно быть больше нуля
must-not-be-negative = не может быть меньше нуля
no-lines = нет ни одной строки, добавьте хотя бы одну
object-changed-elsewhere = Пока вы правили, объект изменил кто-то другой. Перечитайте его и внесите изменения заново
object-gone = Этого объекта нет в базе. Закройте форму и обновите список
code-taken = код «{ $code }» уже занят: { $name }. Введите другой
number-taken = номер «{ $number }» уже занят: { $title }. Введите другой или очистите поле, и номер будет присвоен
parent-not-folder = выбран элемент, а не группа. Выберите группу
parent-in-itself = группа не может лежать в самой себе. Выберите другую группу
contract-of-other = договор «{ $contract }» заключен с другим контрагентом. Выберите договор этого контрагента
contract-of-other-company = договор «{ $contract }» заключен другой организацией. Выберите договор этой организации
contract-of-other-side = договор «{ $contract }» другого вида: { $kind }. Выберите подходящий
marked-not-posted = Документ помечен на удаление. Снимите пометку, потом проводите
folder-chosen = выбрана группа. Выберите элемент из нее
document-of-other = документ другого контрагента. Выберите документ этого контрагента
document-of-other-company = документ другой организации. Выберите документ этой организации
period-locked = Период по { $until } закрыт от изменений, а дата документа { $date }. Измените дату или откройте период в карточке организации
period-locked-by = Период по { $until } закрыл от изменений { $who }, а дата документа { $date }. Измените дату или попросите открыть период

## Lines of trade documents
amount-too-large = произведение количества и цены слишком велико. Проверьте, не перепутаны ли поля
discount-range = скидка бывает от 0 до 100 %
goods-only = услугу вернуть поставщику нельзя, выберите товар
price-twice = эта номенклатура с этим видом цен уже есть выше. Оставьте одну строку
item-pack-unknown = упаковки «{ $pack }» у этой номенклатуры нет. Добавьте ее в таблицу «Упаковки»
company-regime-missing = укажите налоговый режим и дату, с которой он действует
account-owner = укажите либо организацию, либо контрагента: у счета один владелец
rate-missing = на { $date } нет курса валюты { $currency }. Введите документ «Курсы валют»
regime-missing = У организации «{ $company }» на { $date } не указан налоговый режим. Добавьте его в карточку организации
vat-rate-missing = на { $date } нет ставки НДС вида «{ $class }». Проверьте дату документа или добавьте ставку в справочник

## Documents on the basis of others
no-basis = Этот документ нельзя ввести на основании выбранного
basis-not-posted = документ-основание не проведен. Сначала проведите его
nothing-left-to-ship = По этому заказу отгружать нечего: все отгружено или отменено
nothing-supplied = Для этого заказа на складе ничего нет. Закажите товар у поставщика или дождитесь поступления
nothing-left-to-receive = По этому заказу поставщику получать нечего: все получено
nothing-left-to-return = По этому документу возвращать нечего: товаров в нем нет или все уже возвращено
nothing-left-to-pay = По этому документу платить нечего
return-not-sold = такого товара нет в указанной реализации. Выберите товар из нее
return-too-much = продано { $sold }, вернуть можно не больше { $left }
return-before-sale = реализация от { $date } позже возврата. Исправьте дату
sale-returned = По этой реализации есть «{ $document }», и он перестал бы с ней сходиться. Сначала отмените его проведение
line-shipped = по строке уже отгружено { $shipped }. Вместо отмены уменьшите количество до этого
tax-invoice-twice = по этому документу уже есть «{ $document }»
corrective-no-invoice = Корректировать нечего: у реализации этого возврата нет проведенного счета-фактуры
corrective-before-return = раньше возврата от { $date }. Поставьте дату возврата или позже
tax-invoice-exists = На основании этого документа проведен «{ $document }». Сначала отмените его проведение

## Money
split-too-much = распределено { $split }, а сумма документа { $amount }. Уменьшите суммы по заказам
split-other-counterparty = это заказ другого контрагента
split-twice = этот заказ уже есть выше. Оставьте одну строку
priority-range = очередность платежа бывает от 1 до 5
purpose-too-long = здесь { $length ->
    [one] { $length } знак
    [few] { $length } знака
   *[other] { $length } знаков
  }, а на бланке помещается { $max }. Сократите текст
budget-field = для платежа в бюджет это поле обязательно; если значения нет, поставьте 0
debit-or-credit = заполните либо дебет, либо кредит

## Stock, reserves, orders
stock-short = Недостаточно товара «{ $item }» на складе «{ $warehouse }»: не хватает { $missing }
stock-short-then = Недостаточно товара «{ $item }» на складе «{ $warehouse }» на { $moment }: не хватает { $missing }, мешает «{ $document }»
stock-reserved = Товар «{ $item }» на складе «{ $warehouse }» в резерве, не хватает { $missing }. Кем занят: { $orders }
reserve-negative = Резерв товара «{ $item }» по заказу { $order } стал бы меньше нуля. Сначала отмените проведение отгрузок
order-overshipped = По заказу отгружено больше, чем в нем есть: «{ $item }», лишнее { $over }. Исправьте заказ или отгрузку
supplier-order-received = По заказу поставщику получено больше, чем в нем есть: «{ $item }», лишнее { $over }. Исправьте заказ или поступление
cost-method-locked = есть движения в закрытом периоде (по { $until }), и себестоимость в нем изменилась бы. Оставьте прежний способ оценки или откройте период

## The ledger
account-unknown = Счета { $account } нет в плане счетов. Добавьте его
account-group = По счету { $account } проводок не делают: это группа. Выберите его субсчет
sub-not-kept = Счет { $account } не ведет аналитику «{ $kind }». Очистите лишнее субконто
sub-wrong-kind = На счете { $account } субконто «{ $sub }», а указан объект вида «{ $kind }». Выберите подходящий
account-kept = остаток этого счета ведут документы склада, денег и расчетов. Введите такой документ

## The state of an order: why it is what it is
reason-missing-advance = не хватает { $amount } до аванса
reason-missing-prepayment = не хватает { $amount } до предоплаты
reason-missing-payment = осталось оплатить { $amount }
reason-unsupplied = { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[other] { $count } строк
  } без обеспечения
reason-can-ship = можно отгрузить { $ready } из { $active } строк

## Loading
load-not-json = это не JSON: { $reason }
load-not-object = нужен объект в фигурных скобках
load-type-unknown = неизвестный вид объекта «{ $type }» в "type". Список видов дает команда describe
load-field-unknown = в «{ $type }» нет поля «{ $field }». Список полей дает команда describe
load-table-shape = «{ $table }» - таблица, нужен список строк в квадратных скобках
load-row-shape = строка таблицы должна быть объектом в фигурных скобках
load-row-line = номер строки («line») - целое от 1 до { $most }, у каждой строки свой
load-value-shape = { $value } не годится: нужно одно значение, а не список и не объект
load-any-ref-shape = { $value } не годится: нужна ссылка вида "customer_order:O-1"
load-basis-unknown = основания { $basis } нет в базе
reference-missing = «{ $called }» не найдено ({ $kind })
reference-ambiguous = «{ $called }» подходит к нескольким ({ $kind }: { $count }). Укажите код

## Proof of the base
check-storage = Хранение данных
check-storage-damaged = Файл базы поврежден: { $said }
check-register = Итоги регистра «{ $register }»
check-total-differs = Регистр «{ $register }», таблица { $table }, ключ { $key }: хранится { $kept }, а по движениям { $counted }
check-negative = Регистр «{ $register }»: отрицательный или лишний остаток по ключу { $key }
check-ledger = Проводки и остатки по счетам
check-ledger-differs = Таблица { $table }, ключ { $key }: хранится { $kept }, а по проводкам { $counted }
check-ledger-register = { $what }: { $key } - в регистре { $register }, на счете { $ledger }
check-stock-ledger = Товары на складах и счет 41.01
check-settlements-ledger = Взаиморасчеты и счета 60, 62
check-funds-ledger = Деньги и счета 50, 51
check-reserves = Резервы и остатки
check-reserve-line = Заказ { $order }, «{ $item }»: в резерве { $reserved }, а отгрузить осталось { $left }
check-reserve-stock = «{ $item }»: в резерве { $reserved }, а на складе { $stock }
check-open-items = Долги и авансы по документам
check-open-differs = Договор «{ $contract }», { $counterparty }: взаиморасчеты { $settled }, а по документам { $open }
check-batches = Партии ФИФО
check-batches-differ = Партии товара «{ $item }» не сходятся с остатком
check-references = Ссылки
check-orphan = Таблица { $table }, поле { $column }, объект { $owner }: ссылка { $to } никуда не ведет
check-derived = Себестоимость и зачет авансов
check-derived-differs = Себестоимость или зачет авансов изменятся, если посчитать их заново
check-order-state = Заказ { $order }: хранится состояние «{ $kept }», а должно быть «{ $counted }»
shortage-no-supplier = У товара «{ $item }» нет поставщика: укажите основного поставщика в карточке товара или сделайте заказ вручную

## The base on a server
store-offline = Связь с сервером базы прервалась. Проверьте сеть; перед повтором посмотрите, записано ли последнее действие
base-server-address = Адрес { $path } не понят. Нужен вид postgres://имя:пароль@сервер:5432/база
base-server-unreached = Сервер { $host } не отвечает. Проверьте адрес, сеть и запущен ли на нем PostgreSQL
base-server-password = Сервер не принял имя «{ $user }» или пароль ({ $path }). Проверьте их
base-server-no-password = Сервер спрашивает пароль пользователя «{ $user }» ({ $path }). Укажите его в адресе
base-server-missing = Базы { $path } на сервере нет. Проверьте имя или создайте ее
base-server-crowded = На сервере базы { $path } слишком много подключений. Закройте лишние окна программы и повторите
base-server-exists = База { $path } уже есть. Укажите другое имя
base-server-foreign = В базе данных { $path } есть чужие таблицы. Укажите имя новой базы
base-server-not-made = Сервер не разрешает создать базу { $path }. Попросите администратора создать пустую базу данных с этим именем
base-server-not-ours = База данных { $path } - не база Конторы. Укажите другую
base-server-unfit = Сервер базы { $path } не подходит: нужен PostgreSQL 15 или новее с ICU и базой данных в кодировке UTF8
base-server-copy = Общую базу в файл переносит команда copy
base-copy-differs = Копия не сошлась с базой и удалена. Сообщите разработчикам
base-on-network = База { $path } лежит в сетевой папке, а там файл базы портится, когда его открывают двое. Перенесите базу на диск этого компьютера или сделайте общую базу на сервере PostgreSQL
