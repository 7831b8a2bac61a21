# Lost demand, cancelling, substitutes, duplicates, replenishment.
order-below-paid = По заказу оплачено { $paid }, а остается { $due }. Укажите причину отмены: разница будет возвращена покупателю
order-nothing-to-cancel = Отменять нечего: все отгружено или уже отменено
order-cancel-lines = Отменить строки…
order-cancel-lines-hint = Отменить выделенные строки с причиной из списка; отгруженное остается
order-cancel = Отменить заказ…
order-cancel-hint = Отменить с причиной все, что еще не отгружено
order-close-unposted = Заказ не проведен: закрывать нечего
order-close-unfinished = Заказ не закончен: { $state } ({ $why })
order-close-paid = Оплачено { $paid }, а отгружено не все: отгрузите товары или верните деньги
order-close-moved = Движение было меньше { $days } дней назад: { $document }
list-cancel-orders = Отменить заказы…
list-cancel-orders-hint = Отменить выделенные заказы с причиной из списка; отгруженное остается
list-close-orders = Закрыть заказы…
list-close-orders-hint = Закрыть выделенные заказы, которые подходят под правило
list-cancelled = { $count ->
    [one] Отменен { $count } заказ
    [few] Отменено { $count } заказа
   *[other] Отменено { $count } заказов
}
list-asked-none = Спросили, нет
list-asked-none-hint = Записать, что товар спрашивали, а его не было
list-asked = Записано: спросили, а товара нет
close-rule-finished = Отгруженные и оплаченные
close-rule-idle = Без движения { $days } дней
till-act-none = Спросили, нет
till-asked-what = Встаньте на товар, который спросили
till-asked-noted = Записано, что спросили: { $item }
report-lost-demand = Потерянный спрос
report-lost-qty = Не продано
report-lost-amount = На сумму
report-days-absent = Дней без товара
report-missed = Продали бы
report-order-point = Точка заказа
tab-supply = Пополнение
item-max-below-min = Максимальный остаток меньше минимального
item-level-twice = Уровни этого склада уже указаны
item-analogue-itself = Товар не может быть аналогом самому себе
receipt-no-discrepancy = Расхождений нет: по всем строкам принято столько, сколько в документах поставщика
work-why = Почему
work-to-order = Заказать
work-price = Цена
work-due = Придет
why-waiting = { $count ->
    [one] ждет { $count } строка заказов
    [few] ждут { $count } строки заказов
   *[other] ждут { $count } строк заказов
}
why-below = есть { $have }, точка заказа { $point }
why-norm = есть { $have }, в день уходит { $daily }, срок { $days } дн.
why-lost = спрашивали, не было: { $qty } за { $days } дн.
print-form-discrepancy-act = Акт о расхождениях
near-declared = аналог
near-properties = { $count ->
    [one] { $count } общее свойство
    [few] { $count } общих свойства
   *[other] { $count } общих свойств
}
near-folder = та же группа
near-price-group = та же ценовая группа
near-brand = та же марка
substitutes-title = Замены
substitutes-keys = Enter — заменить, F7 — только в наличии, F9 — только аналоги, F2 — открыть карточку
substitutes-choose-hint = Поставить в строку заказа вместо прежнего товара
substitutes-free = Свободно
substitutes-free-hint = Показать только то, что свободно на складе, или снова все
substitutes-declared = Аналоги
substitutes-declared-hint = Показать только объявленные аналоги или снова все
substitutes-open-hint = Открыть карточку товара
substitutes-article = Артикул
substitutes-why = Почему подходит
substitutes-empty = Замен не нашлось
substitutes-empty-hint = Аналоги указываются в карточке товара; похожие находятся по свойствам, группе и марке
substitutes-no-line = Встаньте на строку с товаром
substitutes-shipped = По строке уже отгружено: заменить можно только остаток, добавьте его новой строкой
substitutes-done = Товар заменен; прежний останется в строке как «Вместо»
order-substitute = Подобрать замену…
order-substitute-hint = Список замен товара текущей строки: аналоги, похожие по свойствам, группе и марке
twin-started = По заказу { $number } уже есть оплата или отгрузка: оставить можно только его
twin-note = дубль заказа { $number }
order-twin = Похоже на повтор заказа { $order }
order-twin-compare = Сравнить
order-twins = Сравнить с похожим заказом
order-twins-hint = Показать рядом заказ, который этот, кажется, повторяет
twins-title = Похожие заказы
twins-keys = Ctrl+Enter — оставить первый, Ctrl+Shift+Enter — второй, F9 — объединить, Del — это разные заказы
twins-what = Что
twins-first = Первый заказ
twins-second = Второй заказ
twins-order = Заказ
twins-reach = Телефон, почта
twins-keep-first = Оставить первый
twins-keep-first-hint = Второй заказ отменяется как дубль
twins-keep-second = Оставить второй
twins-keep-second-hint = Первый заказ отменяется как дубль
twins-merge = Объединить
twins-merge-hint = Недостающее переносится в первый заказ, второй отменяется как дубль
twins-not = Это разные заказы
twins-not-hint = Снять отметку: второй заказ ничего не повторяет
twins-done = Готово
twins-empty = Похожего заказа нет
twins-empty-hint = Похожими считаются заказы одного покупателя на те же товары за три дня
offer-price = Цена
offer-free = Свободно
offer-due = Ожидается
offer-due-on = { $qty } к { $date }
offer-due-from = { $qty }, первые { $date }
report-abc = ABC
report-sold-qty = Продажи
report-sold-amount = Продажи на сумму
report-lost-share = Потеряно от спроса, %
