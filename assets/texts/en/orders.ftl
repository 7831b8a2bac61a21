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
