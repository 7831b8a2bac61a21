# Lost demand, cancelling, substitutes, duplicates, replenishment.
order-below-paid = { $paid } is paid for the order and only { $due } remains. Give the reason: the difference goes back to the customer
order-nothing-to-cancel = Nothing to cancel: everything is shipped or cancelled already
order-cancel-lines = Cancel lines…
order-cancel-lines-hint = Cancel the chosen lines with a reason from the list; what is shipped stays
order-cancel = Cancel the order…
order-cancel-hint = Cancel everything that is not shipped yet, with a reason
order-close-unposted = The order is not posted: there is nothing to close
order-close-unfinished = The order is not finished: { $state } ({ $why })
order-close-paid = { $paid } is paid and not everything is shipped: ship the goods or return the money
order-close-moved = Something moved less than { $days } days ago: { $document }
list-cancel-orders = Cancel orders…
list-cancel-orders-hint = Cancel the chosen orders with a reason from the list; what is shipped stays
list-close-orders = Close orders…
list-close-orders-hint = Close the chosen orders that a rule allows to close
list-cancelled = { $count ->
    [one] { $count } order cancelled
   *[other] { $count } orders cancelled
}
list-asked-none = Asked for, none
list-asked-none-hint = Note that the item was asked for and there was none
list-asked = Noted: asked for, and there was none
close-rule-finished = Shipped and paid
close-rule-idle = Nothing moved for { $days } days
till-act-none = Asked, none
till-asked-what = Go to the item that was asked for
till-asked-noted = Noted as asked for: { $item }
report-lost-demand = Lost demand
report-lost-qty = Not sold
report-lost-amount = Worth
report-days-absent = Days without it
report-missed = Would have sold
report-order-point = Order point
tab-supply = Replenishment
item-max-below-min = The maximum is below the minimum
item-level-twice = This warehouse has levels already
item-analogue-itself = An item cannot be an analogue of itself
receipt-no-discrepancy = Nothing differs: every line was received as the supplier's papers say
work-why = Why
work-to-order = To order
work-price = Price
work-due = Comes on
why-waiting = { $count ->
    [one] { $count } line of orders waits
   *[other] { $count } lines of orders wait
}
why-below = { $have } there, the order point is { $point }
why-norm = { $have } there, { $daily } go in a day, it takes { $days } days
why-lost = asked for in vain: { $qty } in { $days } days
print-form-discrepancy-act = Discrepancy act
near-declared = analogue
near-properties = { $count ->
    [one] { $count } property in common
   *[other] { $count } properties in common
}
near-folder = the same group
near-price-group = the same price group
near-brand = the same brand
substitutes-title = Substitutes
substitutes-keys = Enter — substitute, F7 — only in stock, F9 — only analogues, F2 — open the card
substitutes-choose-hint = Put into the line of the order in place of the former item
substitutes-free = Free
substitutes-free-hint = Show only what is free in stock, or all again
substitutes-declared = Analogues
substitutes-declared-hint = Show only declared analogues, or all again
substitutes-open-hint = Open the item's card
substitutes-article = Article
substitutes-why = Why it fits
substitutes-empty = No substitutes were found
substitutes-empty-hint = Analogues are named on the item's card; similar items are found by properties, group and brand
substitutes-no-line = Go to a line with an item
substitutes-shipped = A part of the line is shipped: only the rest can be substituted, add it as a new line
substitutes-done = The item is substituted; the former one stays in the line as “Instead of”
order-substitute = Find a substitute…
order-substitute-hint = Substitutes of the current line's item: analogues, similar by properties, group and brand
twin-started = Money or goods have moved on order { $number }: it can only be the one that is kept
twin-note = duplicate of order { $number }
order-twin = Seems to repeat order { $order }
order-twin-compare = Compare
order-twins = Compare with the similar order
order-twins-hint = Show beside it the order that this one seems to repeat
twins-title = Similar orders
twins-keys = Ctrl+Enter — keep the first, Ctrl+Shift+Enter — the second, F9 — merge, Del — they are two
twins-what = What
twins-first = First order
twins-second = Second order
twins-order = Order
twins-reach = Telephone, e-mail
twins-keep-first = Keep the first
twins-keep-first-hint = The second order is cancelled as a duplicate
twins-keep-second = Keep the second
twins-keep-second-hint = The first order is cancelled as a duplicate
twins-merge = Merge
twins-merge-hint = What is missing goes into the first order, the second is cancelled as a duplicate
twins-not = These are two orders
twins-not-hint = Take the mark off: the second order repeats nothing
twins-done = Done
twins-empty = No similar order
twins-empty-hint = Similar are orders of one customer for the same goods within three days
offer-price = Price
offer-free = Free
offer-due = Due in
offer-due-on = { $qty } by { $date }
offer-due-from = { $qty }, first on { $date }
report-abc = ABC
report-sold-qty = Sold
report-sold-amount = Sold for
report-lost-share = Lost of the demand, %
