# Printing: warnings before printing, templates, barcodes, printers.

print-missing = Not filled in: { $field }
print-cut = Did not fit and was cut: “{ $text }”
print-letter = Not in the font and replaced by a square: “{ $letter }”
print-block-high = A part of the form is higher than the sheet and runs over its lower edge; make it smaller in the template “{ $form }”
print-code-said = The code was not printed: { $said }

print-ean-length = “{ $code }” is no EAN-13: 13 digits are needed (or 12, then the last one is computed)
print-ean-check = The check digit of barcode “{ $code }” is wrong, it should be { $digit }
print-code128-letters = “{ $code }” cannot be printed as Code 128: Latin letters, digits and common signs are needed
print-code-narrow = barcode “{ $code }” is too long for its place, a scanner will not read it
print-qr-too-long = The text is too long for a QR code
print-qr-no-name = Payment QR code: the payee is not given
print-qr-no-bank = Payment QR code: the payee's bank is not given
print-qr-account = Payment QR code: the settlement account must have 20 digits, given “{ $value }”
print-qr-bic = Payment QR code: the BIC must have 9 digits, given “{ $value }”
print-qr-correspondent = Payment QR code: the correspondent account must have 20 digits, given “{ $value }”
print-qr-sum = Payment QR code: the sum must be above zero
print-qr-separator = Payment QR code: the details hold every possible separator, remove the signs | ~ ^ # $ @ ! ; from them

print-template-none = There is no print form “{ $name }”
print-template-unreadable = Could not read { $file }: { $said }
print-template-said = { $file }: { $said }
print-template-at = { $file }, line { $line }: { $said }
print-template-syntax = TOML syntax error ({ $said })
print-template-unknown-key = unknown key “{ $key }”, known here: { $allowed }
print-template-missing = the key “{ $key }” is missing
print-template-not-number = “{ $key }” must be a number
print-template-range = “{ $key }” must be a number from 0 to 2000
print-template-percent = “{ $key }” must be a whole percentage from 0 to 100
print-template-not-text = “{ $key }” must be a text in quotes
print-template-not-flag = “{ $key }” must be true or false
print-template-not-list = “{ $key }” must be a list in square brackets
print-template-not-table = “{ $key }” must be a set of keys in braces
print-template-choice = “{ $key }” cannot be “{ $value }”, allowed: { $allowed }
print-template-border = “border” takes only the letters T, B, L and R, given “{ $value }”
print-template-text-and-field = both text and field are given: keep one
print-template-name = “{ $name }” is no field name: use small Latin letters, digits and “_”, except page, pages and sum
print-template-whole = the whole template
print-template-sheet = wrong size or margins of the sheet
print-template-outside = runs over the edge of the sheet: { $cell }
print-template-letters = letters smaller than 4 points: { $cell }
print-template-rest = there is no cell before the one with “rest”: { $cell }
print-template-sum = “sum” belongs only to the totals of a table: { $cell }
print-template-code = a cell with a code but without a text: { $cell }
print-template-required = the required field “{ $field }” is not described in fields
print-template-no-columns = table “{ $table }” has no columns
print-template-table-wide = table “{ $table }” is wider than the sheet
print-template-column-width = table “{ $table }”: column “{ $column }” is narrower than 1 mm
print-template-total-column = totals of table “{ $table }” name column “{ $column }”, which does not exist
print-template-total-order = totals of table “{ $table }”: cell “{ $column }” is not in the order of columns

print-printer-no-system = Printing is not available: “{ $program }” does not start ({ $said })
print-printer-failed = The printer did not take the job: { $said }
print-printer-timeout = The printing system did not answer in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
  }. Check that the printer is switched on
print-printer-name = Not a printer name: “{ $name }”
print-printer-unknown = There is no printer “{ $name }”
print-printer-file = Could not prepare the file for printing: { $said }
print-pdf-failed = Could not make the PDF: { $said }

print-form-supplier-order = Supplier order
print-form-goods-receipt = Receipt note
print-form-customer-order = Customer order
print-form-invoice = Invoice for payment
print-form-goods-issue = Goods issue note
print-form-torg12 = Goods note (ТОРГ-12)
print-form-upd = Universal transfer document
print-form-tax-invoice = Tax invoice
print-form-corrective-invoice = Corrective invoice
print-form-customer-return = Customer return note
print-form-supplier-return = Supplier return note
print-form-ko1 = Cash receipt order (КО-1)
print-form-price-tags = Price tags
print-form-item-labels = Item labels
print-form-ko2 = Cash issue order (КО-2)
print-form-payment-order = Payment order (0401060)
print-no-forms = “{ $kind }” has no printed forms
print-no-form = “{ $kind }” has no printed form “{ $form }”; there are: { $forms }
print-no-object = The document is not in the base
print-set = Set of documents: { $count }
print-of = { $document }: { $said }
print-marked = The document is marked for deletion
print-not-posted = The document is not posted

cli-print = print documents: to a printer or to a PDF file
cli-arg-form = printed form; without it the usual one of the document is taken
cli-arg-print-out = PDF file (“-” for the standard output); without it and without --printer the default printer prints
cli-arg-printer = printer
cli-arg-copies = number of copies
cli-arg-force = print even if not all details are filled in
cli-arg-print-list = show the printed forms of a kind of documents
cli-arg-printers = show the printers
cli-col-form = Form
cli-col-printer = Printer
cli-col-default = Default
cli-print-nothing = Name the documents, for example: kontora --base file print goods_issue:12
cli-print-blanks = Nothing is printed: details not filled in: { $count }. Fill them in or add --force
cli-print-done = Documents printed: { $documents }, pages: { $pages }

preview-title = Print
preview-reading = Preparing the document...
preview-unknown = It is not clear what to print: “{ $asked }”
preview-sheet = Page { $page } of { $pages }
preview-place = Page { $page } of { $pages }, { $percent } %
preview-hint = Ctrl+P print, Ctrl+S to PDF, Ctrl+wheel or Ctrl +/- size, PgDn/PgUp turn pages
preview-print-hint = Print on a printer
preview-save = Save PDF
preview-save-hint = Save to a PDF file
preview-smaller = Smaller
preview-larger = Larger
preview-width = Fit width
preview-whole = Whole sheet
preview-on-sheets = Several on a sheet
preview-on-sheets-hint = Lay small pages out on sheets of A4 with lines to cut along, or each apart again
labels-too-many = There would be { $count } labels, at most { $most } are printed at once: lower the quantities or split the document
label-page-larger = Printer “{ $printer }” holds labels of { $label } mm, and the page is { $page } mm: switch “Several on a sheet” off or mend the size of the label in “Devices”
label-silent = The label printer does not answer
label-stopped = Labels printed: { $done } of { $all }. { $said }
preview-back = Previous page
preview-on = Next page
preview-screen-up = One screen up
preview-screen-down = One screen down
preview-first = To the beginning
preview-last = To the end
preview-form = Form
preview-blanks = { $count ->
    [one] { $count } detail is not filled in, click to fill it in:
   *[other] { $count } details are not filled in, click to fill them in:
  }
preview-fill = Open where this is filled in
preview-print-title = Print
preview-print-anyway = Not all details are filled in, missing: { $count }. Print anyway?
preview-no-printers = The system has no printer. Connect a printer or save the document as PDF.
preview-default = default
preview-copies = Copies
preview-listing = Looking for printers
preview-printing = Printing
preview-saving = Saving PDF
preview-printed = Sent to the printer: { $printer }
preview-saved = Saved: { $file }
preview-pdf-files = PDF files
