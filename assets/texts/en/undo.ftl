# History, undo, changes made by others, deletion.

## Operations, as the history and the list of undo name them
op-undo = Undo of an operation
op-redo = Redo of an operation
op-restore = Return to a version
op-delete = Deletion

## What was done to an object
deed-deleted = deleted
deed-returned = brought back

## Undo
undo-nothing = There is nothing to undo: nothing was written in this session, or everything is undone already
redo-nothing = There is nothing to redo: the last operation was no undo
undo-what = { $op }: { $title }
undo-what-more = { $op }: { $title } and { $count } more
undo-refused = The operation “{ $what }” cannot be undone
undo-deleted = The object is deleted from the base; it comes back only when its deletion is undone, its versions are in the journal of changes
undo-changed-since = { $title }: changed later ({ $who }, { $at })
undo-depends = { $title } is named already in: { $documents }. Undo or mark those first
undo-goods-taken = These goods have been taken already by: { $documents }
undo-too-old = Too much was done after this operation. Mend the documents by hand
undo-and-more = { $titles } and { $count } more
undo-done = Undone. { $what }
redo-done = Done again. { $what }
undo-marked = { $done }. Made by this operation and marked for deletion now: { $titles }
cli-undo = undo the user's last operation
cli-undo-redo = do again what was undone last
cli-undo-show = only show what would be undone
undo-not-last = Something else was done after this operation: undo in order, Ctrl+Z
undo-form-modified = The open form has changes that are not saved. Save them or reread the object, then undo
toast-undo = Undo
cmd-undo = Undo the last operation
cmd-undo-hint = Take back everything the last saving or posting has changed
cmd-redo = Do again what was undone
cmd-redo-hint = Do again what has just been undone

## Two have changed the same object
form-stale-show = Show
merge-title = Two have changed the object
merge-remark = Saved first: { $who }. Mark whose value is taken, and save
merge-place = What was changed
merge-was = Before
merge-theirs = Theirs
merge-mine = Yours
merge-row = { $table }, row { $row }
merge-no-row = no row
merge-nothing = The versions are alike
merge-save = Save what is chosen
merge-all-mine = Mine everywhere
merge-all-theirs = Theirs everywhere
merge-back = Back to the form
merge-by-itself = The object was changed before you by { $who }. Those changes are saved together with yours: { $places }

## Deletion
delete-not-marked = Only what is marked for deletion can be deleted
delete-has-worked = This user has worked in the base: the history names him as the author
delete-in-use = The object is referred to by ({ $count }): { $objects }

## Versions
version-none = There is no such version in the history
version-shown = Version { $version } of the history, only to be seen
version-title = { $title } (version { $version })
version-open = Open the version
version-open-hint = Show the object as it was
version-compare = Compare
version-compare-hint = Compare two chosen versions, or this one with the last
version-compare-title = Versions { $first } and { $second } compared: { $title }
version-restore = Return to this version
version-restore-hint = Write the fields and rows of this version as a new version
version-restore-ask = Write version { $version } as a new one? The present one stays in the history
version-restored = Returned to version { $version }: { $title }
version-number = Version { $version }
version-same = The versions are alike
version-keys = Enter opens the version, Ctrl+Space chooses two to compare
deletion-title = Deletion of marked objects
deletion-object = Marked object and what refers to it
deletion-state = Can it be deleted
deletion-free = yes
deletion-with-others = together with what refers to it
deletion-held = no, references: { $count }
deletion-delete = Delete
deletion-delete-hint = Delete what is chosen from the base; without a choice, everything that can be
deletion-open-hint = Open the marked object or what refers to it
deletion-unmark = Take off the mark
deletion-unmark-hint = Take off the deletion mark
deletion-ask = Delete objects from the base: { $count }? Undo (Ctrl+Z) brings them back while nothing is done after it; the history stays
deletion-done = Objects deleted: { $count }
deletion-nothing-free = Everything marked is referred to: there is nothing to delete
deletion-empty = Nothing is marked for deletion
deletion-empty-hint = The mark is set in lists and forms by the Delete key
deletion-keys = Ctrl+Enter deletes, F2 opens, Delete takes off the mark, Ctrl+Space chooses

## The journal
journal-title = Journal of changes
journal-title-of = Journal of changes: { $conditions }
journal-at = When
journal-what = Object
journal-deed = What was done
journal-op = Operation
journal-workstation = Workstation
journal-history = History of the object
journal-history-hint = Show the versions of the object and what they changed
journal-object = Open the object
journal-object-hint = Open the form of the object
journal-period = Period
journal-period-hint = Show the changes of a period
journal-user = User
journal-user-hint = Show the changes of one user
journal-kind = Kind
journal-kind-hint = Show the changes of one kind of catalogs or documents
journal-any = All
journal-all-time = All the time
journal-today = Today
journal-yesterday = Yesterday
journal-week = A week
journal-month = 30 days
journal-empty = No changes
journal-empty-hint = Nobody has changed anything within this period and these conditions
journal-keys = Enter shows the history, Ctrl+Shift+F4 opens the object, Alt+P, Alt+U, Alt+K choose period, user, kind

who-unknown = another user
merge-keys = Enter takes the other value, Ctrl+S saves
deletion-open = Open
undo-hidden = { $kind } that you may not see
undo-return-lacks = What was deleted cannot be brought back: what it referred to is no more
undo-return-taken = What was deleted cannot be brought back: its code or number is taken: { $title }
