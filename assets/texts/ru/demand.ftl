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
