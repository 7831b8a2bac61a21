# Workplaces: import, binding, shortages.
work-import = Site orders from a file
work-import-hint = Ctrl+O loads a file, F2 opens the order
work-import-empty = No file has been loaded yet
work-import-empty-hint = Ctrl+O chooses a file of site orders (CommerceML)
work-load = Load a file…
work-load-hint = Choose a file of orders and load it
work-load-title = A file of site orders
work-load-filter = CommerceML orders
work-loading = Loading orders
work-load-cancelled = Loading was stopped: orders loaded before stay in the base
work-load-refused = The file was not loaded
work-loaded = Created: { $created }, changed: { $updated }, unchanged: { $same }, skipped: { $skipped }, with errors: { $broken }
work-link = Site link
work-link-none = no link (code file)
work-bind = Bind items
work-bind-hint = Lines of orders no item was found for
work-site-number = Number on the site
work-result = Result
work-order = Order
work-remarks = Remarks
work-bind-title = Binding of items
work-bind-choose = Choose an item
work-bind-choose-hint = Choose the item of this line; the same is done in all orders of this site
work-bind-accept = Accept the proposal
work-bind-accept-hint = Bind to the item of the same name
work-bind-create = Create an item
work-bind-create-hint = Create an item called as in the order and bind the line to it
work-bind-keys = Enter or F4 chooses, Ctrl+Enter accepts the proposal, F9 creates an item
work-bind-empty = All lines of orders are bound
work-bind-empty-hint = New ones appear here when site orders are loaded
work-bound = { $count ->
    [one] { $count } line bound
   *[other] { $count } lines bound
}
work-open-order = Open the order
work-open-order-hint = Open the order the line stands in
work-line-name = Name in the order
work-site-item = Id on the site
work-qty = Quantity
work-total = Amount
work-proposal = Item of the same name
work-shortages = Shortages
work-shortages-keys = Ctrl+Enter orders the chosen rows (all without a choice) from suppliers, F4 changes the supplier
work-shortages-empty = Nothing is lacking
work-shortages-empty-hint = All that orders wait for is reserved or on its way
work-shortage-order = Order from suppliers
work-shortage-order-hint = Make and post supplier orders, one for each supplier
work-shortage-supplier = Change the supplier
work-shortage-supplier-hint = Choose whom to order the chosen rows from
work-shortage-item = Open the item
work-shortage-item-hint = Open the card, where the usual supplier is named
work-shortage-made = { $count ->
    [one] { $count } supplier order made
   *[other] { $count } supplier orders made
}
work-item = Item
work-warehouse = Warehouse
work-missing = Lacking
work-expected = Expected
work-supplier = Supplier
work-no-supplier = not known: choose (F4)
work-orders = Customer orders
