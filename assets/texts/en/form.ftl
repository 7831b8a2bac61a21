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
