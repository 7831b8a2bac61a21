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
