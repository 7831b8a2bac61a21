# The till: documents, jobs of the registrar, the cashier's screen, stock count.

till-prices-without-vat = цены кассы должны включать НДС. Выберите вид цен с отметкой «Цена включает НДС»
till-desk-of-other = эта касса другой организации. Выберите кассу своей организации
till-shift-closed = смена кассы не открыта. Откройте смену и повторите
till-shift-of-other = это смена другой кассы. Выберите смену этой кассы
till-shift-over = смена { $shift } закрыта. Откройте новую смену
till-shift-expired = смена открыта { $since }, больше 24 часов назад. Закройте ее и откройте новую
till-before-shift = документ раньше открытия смены { $since }. Исправьте дату
till-shift-open = на этой кассе уже открыта смена { $shift } от { $since }. Сначала закройте ее
till-closed-early = смена закрыта раньше, чем открыта. Исправьте время
till-same-desk = деньги не переходят из кассы в нее же. Выберите другую кассу
till-cash-short = в кассе { $there }, а нужно { $amount }. Внесите деньги или уменьшите сумму
till-paid-above = картой и авансом оплачено { $paid }, а чек на { $amount }. Уменьшите оплату
till-paid-less = не хватает { $missing }. Внесите остаток
till-advance-of-nobody = аванс засчитывают покупателю. Выберите покупателя
till-advance-short = у покупателя аванс { $there }, а засчитано { $wanted }. Уменьшите зачет аванса
till-nothing-to-pay = чек на ноль не пробивается. Укажите цену
till-marking-twice = этот код маркировки уже есть в чеке. Уберите одну строку
till-order-without-vat = цены заказа без НДС, а в чеке они с НДС. Оформите реализацию
till-return-way = этим способом можно вернуть не больше { $left }

group-till = Касса
tab-till-money = Оплата и чек
tab-shift-totals = Итоги
tab-shift-registrar = Регистратор
