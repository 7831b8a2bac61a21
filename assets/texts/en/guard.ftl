# Backups, restoring, upgrading a base, starting.

base-older = The base { $path } was made by an earlier release. Open it in the program to work with it: it is upgraded then, after a copy is made

cli-backup = make a proved backup of the base: by the rules of the base, or in a file
cli-arg-backup-file = file of the backup (.kontora.gz); without it the folder and the keeping of the base's rules
cli-arg-backup-list = show the backups there are
cli-restore = show what is in a backup and restore a base from it
cli-arg-restore-file = file of a backup (.kontora.gz) or of a base
cli-arg-restore-into = where to restore to: file of a base or postgres://...
cli-arg-restore-replace = replace the base that is there (it is kept beside under another name)

backup-done = Backup made and proved: { $file }
backup-busy = Another program is making a backup in the folder { $folder }. Wait for it
backup-no-folder = No folder for backups was found. Name one in the rules of backups
backup-no-room = The folder { $folder } has too little room for a backup: { $needed } MB are needed, { $free } MB are free. Make room or name another folder
backup-damaged = The backup { $file } is damaged, nothing can be restored from it. Take another one
backup-not-proved = not proved

inside-company = Company
inside-document = Latest document
inside-changed = Latest change
inside-release = Release of the program
inside-release-of = { $program } (layout { $layout })
inside-proved = Check
inside-proofs = all is well, proofs: { $count }

restore-how = To restore, add --into and the name of a base
restore-would-replace = The base { $base } is there already. To replace it, add --replace; the former base is kept beside
restore-in-use = The base { $path } is open. Close the program at all workplaces and repeat
restore-done = Base restored: { $base }
restore-kept = The former base is kept: { $base }

backup-making = Backup
backup-copying = copying
backup-packing = compressing
backup-unpacking = unpacking
backup-looking = Proving the backup
backup-failed = The backup was not made: { $why }
backup-overdue = No backup for { $days ->
    [one] { $days } day
   *[other] { $days } days
 }
backup-never = No backup
backup-overdue-hint = There has been no proved backup for too long. Click to make one
backups-title = Backups
backups-make = Make a backup
backups-make-hint = Copy the base and prove the copy; work goes on meanwhile
backups-restore = Restore
backups-restore-hint = Prove a backup, show what is inside and restore the base from it
backups-other = Another file
backups-other-hint = Restore from a file in another folder
backups-schedule = When
backups-schedule-hint = How often backups are made by themselves
backups-keeping = How long
backups-keeping-hint = How many days, weeks and months back the last backup is kept
backups-keeping-label = Days, weeks, months (three numbers)
backups-keeping-wrong = Three numbers are needed: days, weeks, months
backups-folder = Folder
backups-folder-hint = Where backups go: another disk is better
backups-files = Backups and bases
backups-made = Made
backups-proved = Proof
backups-inside = What is inside
backups-file = File
backups-is-proved = proved
backups-before-upgrade = before an upgrade
backups-kept = The rules are kept
backups-keys = Ins: make a backup, F2: restore
backups-empty = No backups yet
backups-empty-hint = Press Ins to make the first one
backups-never = Not made by themselves
backups-daily = Once a day
backups-hourly = Every { $hours } h
backups-rules = { $schedule }. Kept: days { $days }, weeks { $weeks }, months { $months }. Folder: { $folder }
restore-working = Restoring the base
restore-ask = The backup is proved. It holds:
    { $inside }
    Restore beside, leaving the open base alone, or replace the open one (it is kept under another name)?
restore-beside = Beside
restore-replace = Replace

cli-arg-renderer = Who draws the window: auto, gl or software (the processor); without it as this machine remembers
cli-arg-self-test = test everything the program stands on and give the findings as JSON
cli-arg-screenshot = draw a page into a PNG file without a screen
cli-arg-page = code of the page to draw, such as list:customer_order
screenshot-no-page = There is no page { $page }
