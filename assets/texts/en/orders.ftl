# Orders: agreements, payment stages, supply.

stages-percent = The payment stages make { $percent } %, and must make 100 %: correct the percents
reserve-until-past = A reserve cannot end before the date of the order
line-ship-before-advance = Too early to ship: { $missing } is missing to the advance. Take the advance or choose another supply
line-not-covered = { $wanted } is needed, there is only { $free }. Choose "Reserve as it arrives", or split the line with "Fill in the supply"
ship-unagreed = The order { $order } is not approved, nothing may be shipped by it. Approve the order or return to the terms of the agreement
ship-unpaid = The order { $order } lacks { $missing } before shipment: such are its payment stages. Take the payment; whoever has the right "{ $right }" may ship earlier (it is given by { $who })
reason-released = the reserve was given up in time
reason-held = { $count ->
    [one] { $count } reserved line waits for the word to ship
   *[other] { $count } reserved lines wait for the word to ship
}
deviation-price-kind = the price kind is not the agreement's
deviation-discount = the discount is larger than in the agreement
deviation-stages = the payment stages are not the agreement's
deviation-reserve = the reserve is longer than in the agreement
op-allocate = Reserves shared out anew
op-release = Expired reserves given up
allocate-hidden = Only those who see every order of these goods can share them out anew
allocate-changed = The reserves have changed while the plan was on the screen. Look at the new plan
expiry-title = Reserves whose time has passed
expiry-refused = Order { $order }: { $why }
gate-unagreed = The order is not approved: nothing is reserved for it until it is
gate-advance = { $missing } is missing to the advance: nothing is reserved for the order until it is paid
gate-released = The reserve was given up when its time had passed. Enter a new day in "Reserve until"
gate-closed = The order is closed, nothing has to be provided for it
fill-not-posted = Post the order first
fill-there = { $ready } of { $left } is there
fill-coming = { $qty } on the way, there on { $date }
fill-coming-sometime = { $qty } on the way, the day is not known
fill-short = { $qty } neither in stock nor on the way: to be ordered
fill-both = { $first }; { $second }
fill-title = Fill in the supply
fill-left = Left
fill-now = Now
fill-proposed = Proposed
fill-date = There on
fill-why = Why
fill-today = now
fill-apply = Write the decisions
fill-apply-hint = Post the order with the decisions proposed: for the chosen lines, or for all when none is chosen
fill-allow = { $action }
fill-allow-hint = Whether this decision may be proposed
fill-done = The supply is written
fill-nothing = Nothing to change: the best decision for these lines is written already
fill-empty = Nothing to supply
fill-empty-hint = All lines are shipped, cancelled or need no supply
fill-keys = Ctrl+Enter — write, Alt+1 … Alt+5 — which decisions to propose, Ctrl+A — choose all lines, Esc — close
allocation-title = Sharing out of stock
allocation-share = Share out anew
allocation-share-hint = Give goods to those earlier in the queue: the chosen goods, or all when none is chosen
allocation-held = Holds
allocation-to = Will hold
allocation-change = Change
allocation-done = { $count ->
    [one] The reserve has changed in { $count } order
   *[other] The reserve has changed in { $count } orders
}
allocation-empty = Everything is shared out by the queue
allocation-empty-hint = Who would lose and who would get appears here when the queue changes: a priority, a shipping date, a new order
allocation-keys = Ctrl+Enter — share out, F2 — open the order, Ctrl+A — choose all, F5 — refresh
days-title = Availability by day
days-of = Availability by day: { $item }, { $warehouse }
days-date = Day
days-coming = Comes
days-leaving = Leaves
days-left = Will be left
days-available = Can be promised
days-causes = Documents
days-more = and { $count } more
days-sometime = without a date
days-empty = Nothing is expected
days-empty-hint = The stock and its changes by day will be here
days-keys = F5 — refresh, Esc — close
days-no-item = There is no item in this line
order-approve = Approve
order-approve-hint = Agree to the deviations from the agreement: the order will be provided for
order-fill = Provide
order-fill-hint = Fill in the supply: the best decision for every line and why
order-days = Availability by day
order-days-hint = How much of the current line's goods there is and will be on each day
order-allocation = Take by the queue
order-allocation-hint = Who would give way to this order and whom it would give way to by priority and dates
reserves-title = Reserves about to end
reserves-until = Reserve until
reserves-customer = Customer
reserves-unpaid = Not paid
reserves-manager = Manager
reserves-prolong = Prolong
reserves-prolong-hint = Give the reserve as many days from today as the agreement says (three without one)
reserves-release = Give up
reserves-release-hint = Give the reserve up now: the goods go to the next in the queue, Ctrl+Z brings them back
reserves-done = { $count ->
    [one] { $count } order changed
   *[other] { $count } orders changed
}
reserves-empty = No reserve ends within a week
reserves-empty-hint = The day is set in the order, in "Reserve until", or by the days of the agreement; orders paid or shipped do not lose their reserve
reserves-keys = Ctrl+Enter — prolong, Del — give up, F2 — open the order, F5 — refresh
today-ending = Reserves about to end
why-held = { $left } left to ship, { $held } reserved
why-free = { $free } free in stock
why-holder = { $order } holds { $held }
why-coming = { $qty } on { $date }: { $order }
why-coming-sometime = { $qty } on the way without a date: { $order }
why-short = { $qty } neither in stock nor on the way: to be ordered from a supplier
why-stage = { $stage }: { $amount } until { $date }
deed-shared = reserve shared out anew
allocate-not-back = { $order }: the goods have been shipped or given away since, the reserve cannot be as it was
allocate-not-free = { $item }: nothing has been left free since, the reserve cannot be as it was
raise-title = The order moves forward in the queue
raise-question = If the goods are shared out anew by the queue, reserves change:
    { $lines }

    Write the order and share out anew? One Ctrl+Z takes it back.
raise-loses = { $item }: { $order } holds { $from }, { $to } will be left
raise-gets = { $item }: { $order } gets { $to } instead of { $from }
raise-more = and more lines: { $count }
raise-share = Share out anew
raise-keep = Write and take nothing
list-approved = { $count ->
    [one] { $count } order agreed to
   *[other] { $count } orders agreed to
 }
list-priority = Priority…
list-priority-hint = Give the chosen orders a priority; if anybody would lose a reserve, it is shown before it is written
list-priority-too-many = A priority is given to { $most } orders at once at most
list-priority-same = These orders have this priority already
list-priority-set = { $count ->
    [one] Priority “{ $priority }” for { $count } order
   *[other] Priority “{ $priority }” for { $count } orders
}
refusal-title = Why it is refused
refusal-left = { $left } of the order is still to be shipped
remedy-keep-line = Keep the line
remedy-until-today = Until the end of today
remedy-action = { $action }
remedy-qty = Set { $qty }
remedy-discount = A discount of { $discount } %
remedy-price = The price { $price }
remedy-choose = Choose…
refusal-open = Open it
list-why = Why refused
list-why-hint = Why this row was refused and what can be done about it
remedy-done = Mended on the form. Post it once more
