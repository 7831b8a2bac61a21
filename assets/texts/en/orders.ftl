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
