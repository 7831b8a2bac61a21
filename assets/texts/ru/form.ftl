# The form of an object.
tab-signatures = Подписи
tab-contacts = Контакты
tab-money = Деньги и цены
tab-exchange = Обмен
tab-words = Прописью
tab-print = Печать
tab-purpose = Назначение
tab-budget = Бюджетный платёж
tab-results = Результаты

order-line-unmatched = Номенклатура не подобрана: строка не резервируется
order-line-reserved = Зарезервировано { $qty }
order-line-short = Осталось отгрузить { $left }: в резерве { $reserved }, свободно { $free }, ожидается { $expected }

form-new = { $kind } (новый)
form-catalog = { $kind }: { $name }
form-dated = от
form-state-posted = Проведён
form-state-saved = Записан, не проведён
form-state-marked = Помечен на удаление
form-marked-notice = Объект помечен на удаление: изменять его нельзя, пока не снята пометка (Ещё — Снять пометку удаления)
form-stale = Пока вы правили, объект изменил другой пользователь
form-no-rows = Строк нет
form-no-rows-add = Строк нет. Ins — добавить строку
form-saved = Записано: { $title }
form-posted = Проведено: { $title }
form-unposted = Проведение отменено: { $title }
form-marked = Помечено на удаление: { $title }
form-unmarked = Пометка снята: { $title }
form-failed = Не записано: { $why }
form-reread-ask = Несохранённые изменения пропадут. Перечитать?
form-mark-hint = Поставить пометку удаления; проведённый документ перестаёт быть проведённым
form-unmark = Снять пометку удаления
form-history = История изменений
form-history-hint = Кто, когда и что изменил
form-movements = Движения документа
form-movements-hint = Что документ записал в регистры и проводки
form-related = Связанные документы
form-related-hint = Дерево документов, созданных на основании друг друга
form-based = Создать на основании
form-based-hint = Выбрать вид документа и создать его, заполненный по этому
form-based-on = Создать на основании: { $kind }
form-print-of = Печать: { $form }
form-hint-document = { $main } — провести и закрыть, { $save } — записать, { $add } — добавить строку
form-hint-document-plain = { $main } — провести и закрыть, { $save } — записать
form-hint-catalog = { $main } — записать и закрыть, { $save } — записать

order-can-ship = можно отгрузить { $ready } из { $active } { $active ->
    [one] строки
   *[other] строк
}
order-next = Следующий шаг заказа
order-next-hint = Сделать то, чего заказ ждёт: отгрузить, принять оплату, заказать поставщикам, закрыть
order-ship = Отгрузить
order-ship-hint = Создать реализацию на основании заказа: только то, что осталось отгрузить
order-pay = Принять оплату
order-pay-hint = Создать заполненное поступление денег по заказу
order-supply = Заказать поставщикам
order-supply-hint = Создать заказы поставщикам на то, чего не хватает
order-close = Закрыть заказ
order-close-hint = Закрыть заказ: резервы снимаются, неотгруженное и неоплаченное больше не ждут
order-why = Почему такое состояние
order-why-hint = Из чего следует состояние заказа: деньги и строки
order-looked = Просмотрено
order-looked-hint = Снять отметку «требует внимания»
order-attention = Требует внимания: { $marks }
order-paid-on-site = Сайт сообщил, что заказ оплачен, а поступление денег ещё не оформлено
order-take-payment = Оформить оплату
order-nothing-to-supply = Заказывать нечего: недостающее уже заказано поставщикам
order-supplied = { $count ->
    [one] Создан { $count } заказ поставщику
    [few] Создано { $count } заказа поставщикам
   *[other] Создано { $count } заказов поставщикам
}

sheet-hint = Enter — открыть, на что указывает ячейка, F5 — обновить
movements-of = Движения документа: { $title }
movements-none = Документ не проведён или ничего не записал в регистры
ledger-title = Проводки
ledger-debit = Дт
ledger-debit-subs = Аналитика Дт
ledger-credit = Кт
ledger-credit-subs = Аналитика Кт
ledger-qty = Кол-во
ledger-amount = Сумма
related-of = Связанные документы: { $title }
related-document = Документ
related-date = Дата
related-amount = Сумма
related-state = Состояние
history-of = История изменений: { $title }
history-what = Когда и что
history-was = Было
history-now = Стало
history-who = Кто
history-cell = { $table }, строка { $row }, { $field }
history-row-gone = { $table }, строка { $row } удалена
deed-created = создан
deed-changed = изменён
deed-posted = проведён
deed-unposted = проведение отменено
deed-marked = помечен на удаление
deed-unmarked = пометка снята

why-by-hand = Значение введено в этой форме или взято из настроек при создании
why-no-price-kind = Вид цен не выбран: цена введена вручную
why-no-price = Цена вида «{ $kind }» на { $date } не установлена: введена вручную
why-price = Вид цен «{ $kind }»: { $price }, установлена документом «{ $document }»
why-price-changed = В строке цена изменена вручную: { $price }
why-amount = { $qty } × { $price } = { $amount }
why-amount-discount = { $qty } × { $price } − скидка { $discount } % = { $amount }
why-vat = НДС ({ $rate }): { $vat }, всего { $total }
why-state-money = Сумма заказа { $due }, до полной оплаты не хватает { $missing }
why-state-lines = Строк к отгрузке: { $active }, готовы { $ready }, без обеспечения { $short }
why-set = Изменено { $at }, { $who }; было «{ $was }»
