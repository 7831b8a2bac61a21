# Reports.
report-stock = Stock
report-sales = Sales
report-settlements-customers = Settlements with customers
report-settlements-suppliers = Settlements with suppliers
report-debts = Debts and advances by document
report-money = Cash and bank
report-order-states = Orders by state
report-trial-balance = Trial balance
report-account-card = Account card
report-account-analysis = Account analysis
report-on-hand = On hand
report-reserved = Reserved
report-free = Free
report-expected = Expected
report-stock-value = Value
report-unit-cost = Cost per unit
report-vat = VAT
report-net = Revenue without VAT
report-profit = Gross profit
report-margin = Margin, %
report-count = Count
report-opening = Opening balance
report-closing = Closing balance
report-begin = Opening
report-end = Closing
report-turnovers = Turnovers
report-charged = Charged
report-received = Received
report-paid = Paid
report-debt-to-us = Owed to us
report-advance-from = Advance
report-debt-ours = We owe
report-advance-to = Advance paid
report-owed-to-us = Owed to us
report-owed-by-us = Owed by us
report-in = In
report-out = Out
report-balance = Balance
report-debit = Debit
report-credit = Credit
report-debit-turnover = Debit turnover
report-credit-turnover = Credit turnover
report-running = Running balance
report-side = D/C
report-side-debit = D
report-side-credit = C
report-analytics-debit = Debit analytics
report-analytics-credit = Credit analytics
report-account = Account
report-date = Date
report-field-folder = Item folder
report-field-customer-group = Customer folder
report-field-side = Side
report-field-company = Company
report-field-account = Account
report-field-corr = Corresponding account
report-field-currency = Currency
report-field-sub1 = Analytic 1
report-field-sub2 = Analytic 2
report-field-sub3 = Analytic 3
report-field-document = Document
report-field-day = Day
report-field-month = Month
report-sum-amount = Amount
report-sum-qty = Quantity
report-sum-currency = Amount in currency
report-ledger = Ledger entries
report-moves-of = Movements: { $report }
report-opening-row = Opening balance
report-closing-row = Turnovers of the period and closing balance
report-total = Total
report-apart = Off-balance accounts
report-not-set = <not set>
report-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
report-values =
    { $count ->
        [one] { $count } value
       *[other] { $count } values
    }
report-about-period = Period: { $period }
report-about-moment = As of: { $moment }
report-about-filter = { $field }: { $values }
print-page = page { $page } of { $pages }
report-cut = Only the first movements are shown, { $count } at most; the totals count all of them
report-open-moves = Movements: { $register }
report-open-entries = Account card
report-open-by = Break down: { $field }
report-open-object = Open: { $field }
report-open-document = Open the document
period-today = Today
period-yesterday = Yesterday
period-week = This week
period-month = This month
period-last-month = Last month
period-quarter = This quarter
period-last-quarter = Last quarter
period-year = This year
period-last-year = Last year
period-all = All time
period-until = until { $until }
period-from = from { $from }
report-open = Open
report-open-named = Open: { $name }

# A report in the window.
report-title = Report
report-make = Make
report-make-hint = Make the report by what is chosen
report-drill = Open the figure
report-drill-hint = Show what the figure is made of
report-unfold = Open all groups
report-fold = Close all groups
report-span-back = The period before
report-span-on = The period after
report-making = Report “{ $report }”
report-being-made = The report is being made…
report-chosen-otherwise = The parameters have changed: press F5 to make the report anew
report-stale = The base has changed since the report was made: F5 makes it anew
report-empty = Nothing to show
report-empty-hint = Change the period or the filters
report-saved = The report is saved: { $file }
report-save = Save
report-save-xlsx = Excel spreadsheet (XLSX)
report-save-csv = Table for programs (CSV)
report-save-pdf = PDF document
report-save-json = Data for programs (JSON)
report-by = By: { $fields }
report-by-add = Add a level: { $field }
report-by-less = Take the last level away
report-period = Period
report-from = from
report-until = until
report-at = As of
report-any = all
report-filter-off = Take the filter away
report-filter-own = Filter: { $field }
report-keys = Enter — open the figure, Shift+F10 — all ways down, F5 — make anew, Alt+PgUp/PgDn — period

# What may be wrong.
report-unknown = There is no report “{ $code }”; there are: { $known }
report-file = Report { $file }: { $said }
report-path-unknown = in the path “{ $path }” there is no field “{ $name }”
report-path-text = the field “{ $name }” in the path “{ $path }” is a text: rows cannot be grouped by it
report-value = “{ $value }” cannot be a value of “{ $path }”
report-no-source = there is no [[source]]
report-no-column = there is no [[column]]
report-register-unknown = there is no register “{ $code }”
report-documents-unknown = there are no documents “{ $code }”
report-source-one = a source is one of register, ledger, documents
report-source-unknown = there is no source “{ $code }”
report-field-unknown = there is no [[field]] “{ $code }”
report-column-title = the column “{ $code }” has no title
report-no-balance = the source of the column “{ $code }” keeps no balances: it has no opening and closing
report-sum-unknown = the source “{ $source }” has no sum “{ $name }”
report-formula = in the formula “{ $formula }” “{ $code }” is not understood: a column must stand above
report-no-field = The report has no field “{ $field }”; there are: { $known }
report-by-twice = The field “{ $field }” stands in the grouping twice
report-parameter-missing = The parameter “{ $field }” ({ $code }) is not given
report-no-column-named = The report has no column “{ $column }”; there are: { $known }
report-period-backwards = The period ends before it begins: { $period }
report-not-written = The report could not be written: { $said }
report-too-long = The report has { $count } rows, a spreadsheet holds { $most } at most: narrow the filter or group by something coarser

# Command line.
cli-report = make a report; without a code list all reports
cli-arg-report-code = code of the report, for example sales
cli-arg-from = beginning of the period, for example 01.10.2026
cli-arg-until = end of the period
cli-arg-at = moment, for example 15.04.2026 or “15.04.2026 12:30”
cli-arg-period = period by name: today, yesterday, week, month, last_month, quarter, last_quarter, year, last_year, all
cli-arg-by = grouping: fields of the report, comma separated
cli-arg-filter = filter field=key; may be given several times
cli-arg-sort = column to sort by; with a minus the greatest first
cli-arg-moves = list the movements of a source of the report one by one
cli-arg-report-format = form of the result: table, json, csv, xlsx or pdf
cli-report-done = The report is written: { $file } (rows: { $rows })
cli-filter-shape = The filter “{ $filter }” is not understood: it must be field=key, for example item=T1
cli-period-unknown = There is no period “{ $period }”
cli-report-no-at = The report “{ $report }” is about a period: give --from and --until
cli-report-no-from = The report “{ $report }” is about a moment: give --at
cli-col-code = Code
