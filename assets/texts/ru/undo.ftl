# History, undo, changes made by others, deletion.

## Operations, as the history and the list of undo name them
op-undo = Отмена операции
op-redo = Повтор операции
op-restore = Возврат к версии
op-delete = Удаление

## What was done to an object
deed-deleted = удалён

## Undo
undo-nothing = Отменять нечего: в этом сеансе ничего не записано, или всё уже отменено
redo-nothing = Повторять нечего: последней была не отмена
undo-what = { $op }: { $title }
undo-what-more = { $op }: { $title } и ещё { $count }
undo-refused = Отменить операцию «{ $what }» нельзя
undo-deleted = Объект удалён из базы; то, что удалено, не возвращается, его версии остались в журнале изменений
undo-changed-since = { $title }: позже изменён ({ $who }, { $at })
undo-depends = { $title } уже указан в: { $documents }. Сначала отмените или пометьте их
undo-goods-taken = Этот товар уже отпустили: { $documents }
undo-too-old = После этой операции сделано слишком много других. Исправьте документы вручную
undo-and-more = { $titles } и ещё { $count }
undo-done = Отменено. { $what }
redo-done = Повторено. { $what }
undo-marked = { $done }. Создано этой операцией и теперь помечено на удаление: { $titles }
cli-undo = отменить последнюю операцию пользователя
cli-undo-redo = повторить то, что отменено последним
cli-undo-show = только показать, что будет отменено
undo-not-last = После этой операции уже сделано другое: отменяйте по порядку, Ctrl+Z
undo-form-modified = В открытой форме есть несохранённые изменения. Запишите их или перечитайте объект, потом отменяйте
toast-undo = Отменить
cmd-undo = Отменить последнюю операцию
cmd-undo-hint = Вернуть всё, что изменила последняя запись или проведение
cmd-redo = Повторить отменённое
cmd-redo-hint = Сделать снова то, что только что отменено
