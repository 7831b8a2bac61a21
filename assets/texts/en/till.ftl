# The till: documents, jobs of the registrar, the cashier's screen, stock count.

till-prices-without-vat = prices of a till include VAT. Choose a price kind marked «Price includes VAT»
till-desk-of-other = this cash desk belongs to another company. Choose one of your own
till-shift-closed = the shift of the till is not open. Open it and try again
till-shift-of-other = this is a shift of another till. Choose one of this till
till-shift-over = shift { $shift } is closed. Open a new one
till-shift-expired = the shift was opened on { $since }, more than 24 hours ago. Close it and open a new one
till-before-shift = the document is earlier than the shift was opened, { $since }. Correct the date
till-shift-open = shift { $shift } of { $since } is open on this till already. Close it first
till-closed-early = the shift is closed before it was opened. Correct the time
till-same-desk = money does not go from a desk into itself. Choose another desk
till-cash-short = there is { $there } in the desk, and { $amount } is needed. Put money in or lower the amount
till-paid-above = { $paid } is paid by card and advance, and the receipt is for { $amount }. Lower the payment
till-paid-less = { $missing } is missing. Take the rest
till-advance-of-nobody = an advance is set off for a customer. Choose the customer
till-advance-short = the customer has an advance of { $there }, and { $wanted } is set off. Lower it
till-nothing-to-pay = a receipt for nothing is not printed. Give a price
till-marking-twice = this marking code is in the receipt already. Remove one line
till-order-without-vat = the order's prices are without VAT, and a receipt has them with it. Make a goods issue
till-return-way = no more than { $left } can be given back in this way

group-till = Till
tab-till-money = Payment and paper
tab-shift-totals = Totals
tab-shift-registrar = Registrar

op-paper = Receipt printed

till-cashier = Cashier
till-no-paper = this document has no receipt to copy
till-paper-unknown = it is being found out whether the receipt is printed. Wait for the registrar's answer
till-paper-out = the receipt is printed, fiscal document { $number }. It cannot be changed, make a return
till-registrar-closed = the shift of the registrar is closed. Close the shift of the till and open a new one
till-not-sent = the registrar has not done it, it is sent again
till-drawer-unclear = cash in the registrar is not what it was. Take an X report and compare
till-registrar-expired = the shift of the registrar is open for more than 24 hours. Close the shift of the till and open a new one
