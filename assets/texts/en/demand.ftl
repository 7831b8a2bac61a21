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
