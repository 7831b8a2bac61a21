# The form of an object.
tab-signatures = Signatures
tab-contacts = Contacts
tab-money = Money and prices
tab-exchange = Exchange
tab-words = In words
tab-print = Print
tab-purpose = Purpose
tab-budget = Budget payment
tab-results = Results

order-line-unmatched = No item is bound: the line is not reserved
order-line-reserved = Reserved { $qty }
order-line-short = Left to ship { $left }: reserved { $reserved }, free { $free }, expected { $expected }

form-new = { $kind } (new)
form-catalog = { $kind }: { $name }
form-dated = dated
form-state-posted = Posted
form-state-saved = Saved, not posted
form-state-marked = Marked for deletion
form-marked-notice = The object is marked for deletion: it cannot be changed until the mark is taken off (More — Take off the deletion mark)
form-stale = While you were editing, another user has changed the object
form-no-rows = No rows
form-no-rows-add = No rows. Ins — add a row
form-saved = Saved: { $title }
form-posted = Posted: { $title }
form-unposted = Posting taken back: { $title }
form-marked = Marked for deletion: { $title }
form-unmarked = Mark taken off: { $title }
form-failed = Not saved: { $why }
form-reread-ask = Unsaved changes will be lost. Reread?
form-mark-hint = Set the deletion mark; a posted document is posted no longer
form-unmark = Take off the deletion mark
form-history = History of changes
form-history-hint = Who changed what and when
form-movements = Movements of the document
form-movements-hint = What the document has written into registers and the ledger
form-related = Related documents
form-related-hint = The tree of documents made on the basis of each other
form-based = Create on the basis
form-based-hint = Choose a kind of document and create it, filled from this one
form-based-on = Create on the basis: { $kind }
form-print-of = Print: { $form }
form-hint-document = { $main } — post and close, { $save } — save, { $add } — add a row
form-hint-document-plain = { $main } — post and close, { $save } — save
form-hint-catalog = { $main } — save and close, { $save } — save

order-can-ship = { $ready } of { $active } { $active ->
    [one] line
   *[other] lines
} can be shipped
order-next = Next step of the order
order-next-hint = Do what the order waits for: ship, take the payment, order from suppliers, close
order-ship = Ship
order-ship-hint = Create a goods issue on the basis of the order: only what is left to ship
order-pay = Take payment
order-pay-hint = Create a filled receipt of money for the order
order-supply = Order from suppliers
order-supply-hint = Create supplier orders for what is lacking
order-close = Close the order
order-close-hint = Close the order: reserves are released, what is not shipped or paid is awaited no more
order-why = Why this state
order-why-hint = What the state of the order follows from: money and lines
order-looked = Looked at
order-looked-hint = Take off the «needs a look» mark
order-attention = Needs a look: { $marks }
order-paid-on-site = The site says the order is paid, and the receipt of money is not entered yet
order-take-payment = Enter the payment
order-nothing-to-supply = Nothing to order: what is lacking is ordered already
order-supplied = { $count ->
    [one] { $count } supplier order made
   *[other] { $count } supplier orders made
}

sheet-hint = Enter — open what the cell leads to, F5 — refresh
movements-of = Movements of the document: { $title }
movements-none = The document is not posted or has written nothing into registers
ledger-title = Entries
ledger-debit = Dr
ledger-debit-subs = Analytics Dr
ledger-credit = Cr
ledger-credit-subs = Analytics Cr
ledger-qty = Qty
ledger-amount = Amount
related-of = Related documents: { $title }
related-document = Document
related-date = Date
related-amount = Amount
related-state = State
history-of = History of changes: { $title }
history-what = When and what
history-was = Was
history-now = Became
history-who = Who
history-cell = { $table }, row { $row }, { $field }
history-row-gone = { $table }, row { $row } removed
deed-created = created
deed-changed = changed
deed-posted = posted
deed-unposted = posting taken back
deed-marked = marked for deletion
deed-unmarked = mark taken off

why-by-hand = The value was entered on this form or taken from the settings when it was created
why-no-price-kind = No price kind is chosen: the price was entered by hand
why-no-price = No price of the kind «{ $kind }» is set on { $date }: entered by hand
why-price = Price kind «{ $kind }»: { $price }, set by the document «{ $document }»
why-price-changed = The price of the line was changed by hand: { $price }
why-amount = { $qty } × { $price } = { $amount }
why-amount-discount = { $qty } × { $price } − discount { $discount } % = { $amount }
why-vat = VAT ({ $rate }): { $vat }, in all { $total }
why-state-money = The order is worth { $due }, { $missing } is missing to full payment
why-state-lines = Lines to ship: { $active }, ready { $ready }, without supply { $short }
why-set = Changed { $at }, { $who }; was «{ $was }»
