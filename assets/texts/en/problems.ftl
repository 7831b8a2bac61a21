# What may be wrong: with the file of the base, with what is entered, with what is loaded, with the books.
# A sentence shown after its place (“Goods, row 1, Quantity: ...”) begins with a small letter.

## The file of the base
store-busy = The base has been busy with another operation for more than ten seconds. Try again; if it does not help, close other windows of the program
store-full = The disk is full, nothing was written. Free some space and try again
store-read-only = The base is open for reading only. Check the rights to the file and its folder, or the rights on the server
store-damaged = The file of the base is damaged. Close the program, keep the file and restore a copy
store-not-a-base = This is not a base of Kontora
store-constraint = The record contradicts the rules of the base, nothing was written
store-io = The file of the base could not be read or written. Check the disk and the access to the folder
store-other = An error of the database, nothing was written. Tell the developers
base-exists = The file { $path } exists already. Give another name
base-missing = There is no base file { $path }. Check the name and the folder
base-not-ours = The file { $path } is not a base of Kontora. Choose another file
base-newer = The base { $path } was made by a newer program (version of the base { $base }, the program knows { $program }). Update the program
base-failed = Base { $path }: { $reason }
base-in-memory = A base in memory cannot be opened a second time
folder-not-made = The folder { $path } could not be made. Check the rights and the name
seed-line = The new base could not be filled, line { $line }

## Operations, as the history and the list of undo name them
op-seed = Filling of a new base
op-save = Saving
op-post = Posting
op-unpost = Taking back of posting
op-mark = Deletion mark
op-load = Loading
op-import-orders = Import of orders from a site
op-supply = Ordering of what is missing
op-settings = Settings
main-contract = Main contract

## Saving any object
field-required = is not filled
must-be-positive = must be greater than zero
must-not-be-negative = must not be less than zero
no-lines = there is no row, add at least one
object-changed-elsewhere = Somebody else has changed this object meanwhile. Read it again and repeat your changes
object-gone = This object is not in the base. Close the form and refresh the list
code-taken = the code “{ $code }” is taken: { $name }. Enter another one
number-taken = the number “{ $number }” is taken: { $title }. Enter another one, or clear the field to get a number
parent-not-folder = this is an element, not a group. Choose a group
parent-in-itself = a group cannot lie in itself. Choose another group
contract-of-other = the contract “{ $contract }” is with another counterparty. Choose a contract of this one
contract-of-other-company = the contract “{ $contract }” belongs to another company. Choose a contract of this one
contract-of-other-side = the contract “{ $contract }” is of another kind: { $kind }. Choose one that fits
marked-not-posted = The document is marked for deletion. Take the mark off, then post it
folder-chosen = this is a group. Choose one of its elements
document-of-other = this document is of another counterparty. Choose a document of this one
document-of-other-company = this document is of another company. Choose a document of this one
period-locked = The period until { $until } is closed for changes, and the date of the document is { $date }. Change the date or open the period in the company's card
period-locked-by = The period until { $until } was closed for changes by { $who }, and the date of the document is { $date }. Change the date or ask to open the period

## Lines of trade documents
amount-too-large = quantity times price is too large. Check whether the fields are mixed up
discount-range = a discount is from 0 to 100 %
goods-only = a service cannot be returned to a supplier, choose goods
price-twice = this item with this price kind stands above already. Leave one row
item-pack-unknown = this item has no pack “{ $pack }”. Add it to the table “Packs”
company-regime-missing = give the tax regime and the date from which it is in force
account-owner = give either a company or a counterparty: an account has one owner
rate-missing = there is no rate of { $currency } on { $date }. Enter a document “Currency rates”
regime-missing = The company “{ $company }” has no tax regime on { $date }. Add it to the company's card
vat-rate-missing = there is no VAT rate of the class “{ $class }” on { $date }. Check the date of the document or add the rate to the catalog

## Documents on the basis of others
no-basis = This document cannot be made on the basis of the chosen one
basis-not-posted = the basis is not posted. Post it first
nothing-left-to-ship = There is nothing to ship for this order: everything is shipped or cancelled
nothing-supplied = There is nothing in stock for this order. Order the goods from a supplier or wait for them
nothing-left-to-receive = There is nothing to receive for this supplier order: everything is received
nothing-left-to-return = There is nothing to return: the document has no goods, or all of them are returned
nothing-left-to-pay = There is nothing to pay for this document
return-not-sold = there is no such item in the goods issue named. Choose one of its items
return-too-much = { $sold } sold, at most { $left } may be returned
return-before-sale = the goods issue of { $date } is later than its return. Mend the date
sale-returned = “{ $document }” belongs to this goods issue and would no longer fit it. Take back its posting first
line-shipped = { $shipped } of this line is shipped already. Lower the quantity to that instead of cancelling
tax-invoice-twice = there is “{ $document }” for this document already
corrective-no-invoice = There is nothing to correct: the issue of this return has no posted tax invoice
corrective-before-return = before the return of { $date }. Set its date or a later one
tax-invoice-exists = “{ $document }” is posted on the basis of this document. Take back its posting first

## Money
split-too-much = { $split } is given out, and the amount of the document is { $amount }. Lower the amounts of the orders
split-other-counterparty = this order belongs to another counterparty
split-twice = this order stands above already. Leave one row
priority-range = the priority of a payment is from 1 to 5
purpose-too-long = { $length ->
    [one] { $length } letter
   *[other] { $length } letters
  } here, and the form holds { $max }. Shorten the text
budget-field = a payment to the budget needs this field; where there is no value, put 0
debit-or-credit = fill either the debit or the credit

## Stock, reserves, orders
stock-short = Not enough of “{ $item }” in the warehouse “{ $warehouse }”: { $missing } missing
stock-short-then = Not enough of “{ $item }” in the warehouse “{ $warehouse }” on { $moment }: { $missing } missing, “{ $document }” is in the way
stock-reserved = “{ $item }” in the warehouse “{ $warehouse }” is reserved, { $missing } missing. Held by: { $orders }
reserve-negative = The reserve of “{ $item }” for the order { $order } would fall below zero. Take back the posting of its shipments first
order-overshipped = More is shipped than the order holds: “{ $item }”, { $over } too many. Mend the order or the shipment
supplier-order-received = More is received than the supplier order holds: “{ $item }”, { $over } too many. Mend the order or the receipt
cost-method-locked = there are movements in the closed period (until { $until }), and their cost would change. Keep the former valuation or open the period

## The ledger
account-unknown = There is no account { $account } in the chart. Add it
account-group = The account { $account } takes no entries: it is a group. Choose one of its sub-accounts
sub-not-kept = The account { $account } does not keep the analytic “{ $kind }”. Clear what is too much
sub-wrong-kind = The account { $account } keeps “{ $sub }” here, and an object of the kind “{ $kind }” is given. Choose one that fits
account-kept = documents of stock, money and settlements keep the balance of this account. Enter one of them

## The state of an order: why it is what it is
reason-missing-advance = { $amount } missing to the advance
reason-missing-prepayment = { $amount } missing to the prepayment
reason-missing-payment = { $amount } left to pay
reason-unsupplied = { $count ->
    [one] { $count } line
   *[other] { $count } lines
  } not supplied
reason-can-ship = { $ready } of { $active } lines can be shipped

## Loading
load-not-json = this is not JSON: { $reason }
load-not-object = an object in braces is needed
load-type-unknown = unknown kind of object “{ $type }” in "type". The command describe lists the kinds
load-field-unknown = “{ $type }” has no field “{ $field }”. The command describe lists the fields
load-table-shape = “{ $table }” is a table, a list of rows in brackets is needed
load-row-shape = a row of a table must be an object in braces
load-row-line = the number of a row (“line”) is a whole number from 1 to { $most }, each row has its own
load-value-shape = { $value } does not fit: one value is needed, not a list and not an object
load-any-ref-shape = { $value } does not fit: a reference such as "customer_order:O-1" is needed
load-basis-unknown = the basis { $basis } is not in the base
reference-missing = “{ $called }” was not found ({ $kind })
reference-ambiguous = “{ $called }” fits several ({ $kind }: { $count }). Give the code

## Proof of the base
check-storage = Storage
check-storage-damaged = The file of the base is damaged: { $said }
check-register = Totals of the register “{ $register }”
check-total-differs = Register “{ $register }”, table { $table }, key { $key }: kept { $kept }, by movements { $counted }
check-negative = Register “{ $register }”: a negative or idle balance at the key { $key }
check-ledger = Entries and balances of accounts
check-ledger-differs = Table { $table }, key { $key }: kept { $kept }, by entries { $counted }
check-ledger-register = { $what }: { $key } - { $register } in the register, { $ledger } on the account
check-stock-ledger = Stock and the account 41.01
check-settlements-ledger = Settlements and the accounts 60, 62
check-funds-ledger = Money and the accounts 50, 51
check-reserves = Reserves and stock
check-reserve-line = Order { $order }, “{ $item }”: { $reserved } reserved, { $left } left to ship
check-reserve-stock = “{ $item }”: { $reserved } reserved, { $stock } in stock
check-open-items = Debts and advances by document
check-open-differs = Contract “{ $contract }”, { $counterparty }: settlements { $settled }, by documents { $open }
check-batches = FIFO batches
check-batches-differ = The batches of “{ $item }” do not add up to its stock
check-references = References
check-orphan = Table { $table }, field { $column }, object { $owner }: the reference { $to } leads nowhere
check-derived = Cost and set-off of advances
check-derived-differs = Cost or set-off would change if counted anew
check-order-state = Order { $order }: the state kept is “{ $kept }”, and it should be “{ $counted }”
shortage-no-supplier = Item “{ $item }” has no supplier: name the main supplier on its card or make the order by hand

## The base on a server
store-offline = The connection to the server of the base is lost. Check the network; before repeating, see whether the last action was saved
base-server-address = The address { $path } is not understood. It should look like postgres://name:password@server:5432/base
base-server-unreached = The server { $host } does not answer. Check the address, the network and that PostgreSQL runs there
base-server-password = The server did not accept the name “{ $user }” or the password ({ $path }). Check them
base-server-no-password = The server asks for the password of the user “{ $user }” ({ $path }). Give it in the address
base-server-missing = There is no base { $path } on the server. Check the name or create it
base-server-crowded = There are too many connections to the server of the base { $path }. Close windows not needed and repeat
base-server-exists = The base { $path } exists already. Give another name
base-server-foreign = The database { $path } holds tables of others. Give the name of a new base
base-server-not-made = The server does not allow making the base { $path }. Ask the administrator to make an empty database of this name
base-server-not-ours = The database { $path } is not a base of Kontora. Choose another
base-server-unfit = The server of the base { $path } does not fit: PostgreSQL 15 or newer with ICU and a database in UTF8 is needed
base-server-copy = The command copy moves a shared base into a file
base-copy-differs = The copy differs from the base and was taken away. Tell the developers
base-on-network = The base { $path } lies in a network folder, where a base is destroyed when two open it. Move it to a disk of this computer, or make a shared base on a PostgreSQL server
