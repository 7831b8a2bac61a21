# Exchange with the outside: problems of numbers typed by people, and of files received.

check-name-inn = INN
check-name-kpp = KPP
check-name-ogrn = OGRN
check-name-ogrnip = OGRNIP
check-name-okpo = OKPO
check-name-snils = SNILS
check-name-bic = BIC
check-name-account = Settlement account
check-name-correspondent = Correspondent account
check-name-ean8 = EAN-8 barcode
check-name-ean13 = EAN-13 barcode
check-name-upc-a = UPC-A barcode
check-name-itf14 = ITF-14 barcode
check-name-gtin = Item barcode
check-digits-only = { $name }: only digits are allowed, but “{ $input }” was given
check-exactly = { $last }
check-either = { $first } or { $last }
check-length = { $name }: { $expected } characters are needed, but { $found } were given
check-zeros = { $name }: cannot be all zeros
check-digit = { $name } “{ $input }”: digit { $place } (check digit) must be { $expected }, but is { $found }; look for a typing error
check-inn-region = INN “{ $input }”: the first two digits are the region code and cannot be 00
check-kpp-length = KPP: must have 9 characters, but has { $found }
check-kpp-shape = KPP “{ $input }”: only digits are allowed, and capital Latin letters in places five and six
check-snils = SNILS “{ $input }”: the check number must be { $expected }, but is { $found }; look for a typing error
check-bic-start = BIC “{ $input }”: the first two digits must be 04 (00, 01 or 20 for the treasury and other participants)
check-correspondent-start = Correspondent account “{ $input }” must begin with 301 (40102 for the single treasury account)
check-account = { $name } “{ $input }” does not fit BIC { $bic }: digit nine (the key) must be { $expected }, but is { $found }; check the account and the BIC

site-bytes-lost = Some bytes of the file cannot be read as { $encoding }: replacement characters stand in their place
site-characters-removed = Characters XML does not allow were removed from the file: { $count }
site-encoding-lies = The file says its encoding is { $declared }, but it is { $really }: it was read as { $really }
site-unknown-references = The file has references XML does not know: { $names }; they were left as they are
site-words-before = The site sent other text before the data (it looks like an error message of the server); it was skipped
site-words-after = The site sent other text after the data; it was skipped
site-file-piecewise = The markup of the file is broken, its documents were read one by one: read { $read }, not read { $broken }
site-file-catalogue = The file holds a catalogue of goods, not orders

site-file-large = The file is larger than { $limit } MB and is not read; export orders in smaller parts
site-file-archive = This is an archive, not a file of orders: unpack it first
site-file-empty = The site sent an empty answer; look for the reason in the error log of the site
site-file-page = The site sent a page instead of orders: check the exchange address, the login and the password
site-file-other = This is not a CommerceML file: it has no element “КоммерческаяИнформация”; check the exchange address
site-file-refusal = The site sent no orders. Its answer: { $answer }
site-file-cut = The answer of the site is cut off: the file has no end, so nothing was loaded; repeat the exchange
site-file-doctype = The file has a document type (DOCTYPE): for safety such files are not read
site-file-version-one = CommerceML 1 is not supported: switch the site to CommerceML 2
site-file-broken = The markup of the file is broken, and no document was found in it

site-broken-at = Line { $line } of the file: { $said }
site-inside-broken = The document stands inside another one that cannot be read
site-document-without-id = The document has neither “Ид” nor “Номер”
site-xml-mismatch = expected </{ $expected }>, but found </{ $found }>
site-xml-unopened = </{ $found }> closes what is not open
site-xml-unclosed = element <{ $expected }> is not closed
site-xml-deep = nesting is deeper than { $limit } levels
site-xml-broken = the XML markup is broken

site-in-line = Goods, line { $line }: { $said }
site-not-a-number = “{ $field }”: “{ $value }” is not a number; the value was skipped
site-bad-date = “Дата”: “{ $value }” is not a date; the date of receipt will be taken
site-unknown-currency = Currency “{ $value }” is unknown; the default currency of the site will be taken
site-skipped-purchase = Document { $number } is an order to a supplier (role “Покупатель”) and is not loaded
site-skipped-operation = Document { $number }: operation “{ $operation }” is not loaded

site-sums-differ = The order total { $total } does not agree with the sum of lines { $lines }: check the order
site-delivery-by-difference = Delivery { $sum } was found as the difference between the order total and the sum of lines
site-discount-by-difference = Discount { $sum } was found as the difference between the sum of lines and the order total and spread over the goods
site-discount-spread = The order discount { $sum } was spread over the goods
site-rounded = Rounding { $sum } went into the last line
site-taken-otherwise = { $part }: taken otherwise than the site says, or the order total would not come out
site-quantity-rounded = Goods, line { $line }: the quantity has more than three decimals and was rounded
site-quantity-missing = Goods, line { $line }: there is no quantity
site-negative = Goods, line { $line }: the quantity or the amount is below zero
site-no-lines = The document has no goods: it tells only a status
site-part-line-discounts = Discounts of lines
site-part-order-discounts = Order discount on top of the total
site-part-included-discounts = Order discount inside the total
site-part-taxes = Tax on top of the total
site-part-costs = Additional costs
site-part-delivery = Cost of delivery

## Loading orders into the base
import-unreadable = The file “{ $file }” was not loaded: { $reason }
import-own-answer = an accounting program's answer about order “{ $number }”, which the site has not given us: nothing to load
import-changed-in-work = the order was changed on the site while we work on it: only status, payment and comment were taken
import-link-name = Site “{ $code }”
import-line-unnamed = Line without a name
import-retail-buyer = Retail customer
import-buyer-differs = customer “{ $name }” has “{ $own }” here and “{ $site }” on the site: the card was not changed
attention-item = some lines have no item: bind them to items
attention-buyer = the customer is not clear: e-mail and phone belong to different counterparties
attention-sums = the total of the order differs from the sum of its lines
attention-date = the date of the order was not readable, the date of loading was set
attention-currency = the currency of the order is unknown
attention-changed = the order was changed on the site while in work
attention-cancelled = the order was cancelled on the site after goods or money had moved
