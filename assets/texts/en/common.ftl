# Words used everywhere.
yes = Yes
no = No
cancelled = The operation was cancelled, nothing was changed
place-field = { $field }: { $said }
place-row = { $table }, row { $row }: { $said }
place-cell = { $table }, row { $row }, { $field }: { $said }
value-not-bool = “{ $input }” is neither yes nor no: enter “yes” or “no”
value-not-int = “{ $input }” is not a whole number
value-not-number = “{ $input }” is not a number: enter digits with a decimal point
value-too-many-decimals = “{ $input }” has too many decimals, at most { $digits } are kept here
value-too-large = “{ $input }” is too large
value-not-date = “{ $input }” is not a date: enter day, month and year, for example 05.01.2027
value-not-choice = “{ $input }” does not fit, allowed: { $allowed }
value-not-ref = “{ $input }” was not found
document-title = { $kind } { $number } of { $date }
