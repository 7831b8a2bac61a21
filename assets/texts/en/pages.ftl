# Lists, the start page, the bases, the sections.
status-base = Base: { $path }
window-title = { $base } — Kontora
start-no-folder = The user's folder is not known: name the base with --base
page-none = This cannot be opened: there is no such page
today-title = Today

# Lists
period-range = Between days
period-first = From this day
period-last = Until this day
filter-period = Period
filter-button = { $what }: { $value }
filter-any = all
filter-several = { $count } chosen
filter-off = Take off the filter “{ $what }”
filters-clear = Take off all filters
state-not-posted = Not posted
list-marked = { $count ->
    [one] { $count } object is marked for deletion
   *[other] { $count } objects are marked for deletion
}
list-unmarked = { $count ->
    [one] The mark is taken off { $count } object
   *[other] The mark is taken off { $count } objects
}
list-posted = { $count ->
    [one] { $count } document is posted
   *[other] { $count } documents are posted
}
list-unposted = { $count ->
    [one] The posting of { $count } document is taken back
   *[other] The posting of { $count } documents is taken back
}
list-moved = { $count ->
    [one] { $count } object is moved
   *[other] { $count } objects are moved
}
list-closed = { $count ->
    [one] { $count } order is closed
   *[other] { $count } orders are closed
}
list-refused = { $object }: { $reason }
list-choose-hint = Choose the current row (Enter)
list-post-hint = Post the chosen documents
list-hierarchy = By folders
list-hierarchy-hint = Show the list folder by folder or as a whole
list-to-folder = Move to a folder
list-to-folder-hint = Move the chosen rows to another folder
list-show-marked = Show or hide what is marked for deletion
list-next-action = Next step
list-next-action-hint = Do what the current order waits for
next-approve = Agree
next-pay = Payment
next-supply = Supply
next-ship = Ship
next-close = Close the order
list-based = Create on the basis
list-based-on-it = On its basis: { $kind }
list-hint = Enter opens, Ins creates, F9 copies, Del marks for deletion, typing searches
list-hint-folders = Enter opens, Ins creates, Ctrl+F9 makes a folder, Ctrl+↓ and Ctrl+↑ go into and out of it, typing searches
list-limits = Only: { $limits }
list-failed = The list could not be read
list-not-found = Nothing is found by “{ $words }”
list-not-found-hint = Try a part of a word. Ctrl+Q shows all
list-filtered-out = Nothing fits the filters
list-filtered-out-hint = Take off a filter above the list
list-empty = Nothing here yet
list-empty-documents = Ins creates the first document
list-empty-catalog = Ins creates the first element
list-copy-too-many = More is chosen than has been read: choose fewer rows
list-copied = { $count ->
    [one] { $count } row is copied
   *[other] { $count } rows are copied
}
list-delete-refused = Objects are not deleted at once: mark for deletion (Del), so that what refers to the object stays whole. Marked objects are deleted in the section “Settings”
list-no-create = New elements are not created here
list-ask-mark = Mark “{ $what }” for deletion? A document's posting will be taken back
list-ask-mark-many = Mark the chosen ones ({ $count }) for deletion? Posting of documents will be taken back
list-ask-unmark = Take the deletion mark off “{ $what }”?
list-ask-unmark-many = Take the deletion mark off the chosen ones ({ $count })?
list-ask-close = Close “{ $what }”? Its reserves and what is left to ship will be given up
list-busy = The last command is still at work
list-same-empty = The cell is empty: choose a cell with a value
setup-column = Column
setup-order = Order of rows
setup-ascending = ascending
setup-descending = descending
setup-toggle = Show or hide
setup-sort = Order rows
folders-top = { $kind }: all
folders-name = Folder
folders-title = { $kind }: folders
kinds-title = What to choose
kinds-column = Kind
list-count = Rows: { $count }. { $keys }
list-print-too-many = No more than { $most } documents are printed at once: choose fewer rows

# Sections, the start page
section-main = Main
section-sales = Sales
section-purchases = Purchases
section-stock = Stock
section-money = Money
section-ledger = Ledger
section-reports = Reports
section-settings = Settings
group-daily = Every day
group-directories = Directories
group-service = Service
group-documents = Documents
group-site = Orders of the site
group-prices = Prices
group-reports = Reports
group-supply = Supply
group-more = More
group-cash = Cash
group-bank = Bank
group-company = Company
group-program = Program
bases-title = Bases
options-title = Program settings
today-on = Today, { $date }
today-hint = ↓ and ↑ walk over lines, Enter opens, Ctrl+K finds anything, Alt+1…8 open sections
today-orders = Customer orders
today-look = Ask for attention
today-ship = Ready to ship
today-supply = Wait for supply
today-pay = Wait for payment
today-close = Ready to close
today-unpaid = { $amount } not paid
today-supply-group = Supply and exchange
today-lacking = Items lacking
today-not-taken = Orders of the site not taken
today-money = Money
today-money-all = All together
today-latest = Latest documents

# Bases, settings of the program
bases-open = Open
bases-open-hint = Open the chosen base in the place of the present one
bases-new = New base
bases-new-hint = Make an empty base and open it
bases-new-demo = New demo base
bases-new-demo-hint = Make a base with an example: a small trading company with documents of three months
bases-copy = Copy of the base
bases-copy-hint = Write a proved copy of the chosen base into a file; the base can be worked in meanwhile
bases-other = Open a file…
bases-other-hint = Open a base that is not on the list
bases-forget = Take off the list
bases-forget-hint = Take the base off the list; its file stays
bases-forget-present = This base is open: it stays on the list
bases-files = Bases of Kontora
bases-place = Bases of Kontora
bases-name = Base
bases-path = File
bases-opened = Opened
bases-lost = no file
bases-empty = No bases yet
bases-empty-hint = Ins makes an empty base
bases-keys = Enter opens, Ins makes a new one, F9 copies, Del takes off the list
bases-regime = Tax regime of the company
bases-making = The base is being made
bases-making-demo = The demo base is being made
bases-copying = The base is being copied
bases-proving = The copy is being proved
bases-copied = The copy is written and proved: { $file }
copy-not-proved = The copy was not proved (faults: { $count }) and is not kept. { $fault }
options-language = Language
options-theme = Theme
options-light = Light
options-dark = Dark
options-scale = Scale
options-drawing = Drawing of the window
options-drawing-auto = By itself
options-drawing-gl = OpenGL
options-drawing-software = The processor
options-drawing-later = This takes effect at the next start
bases-server = server
group-favourites = Favourites
favourite-on = Among the favourites: { $page }
favourite-off = Taken off the favourites: { $page }
favourite-none = This page cannot be a favourite
