# History, undo, changes made by others, deletion.

## Operations, as the history and the list of undo name them
op-undo = Отмена операции
op-redo = Повтор операции
op-restore = Возврат к версии
op-delete = Удаление

## What was done to an object
deed-deleted = удалён
deed-returned = возвращён

## Undo
undo-nothing = Отменять нечего: в этом сеансе ничего не записано, или всё уже отменено
redo-nothing = Повторять нечего: последней была не отмена
undo-what = { $op }: { $title }
undo-what-more = { $op }: { $title } и ещё { $count }
undo-refused = Отменить операцию «{ $what }» нельзя
undo-deleted = Объект удалён из базы; вернуть его можно, только отменив само удаление, а его версии есть в журнале изменений
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

## Two have changed the same object
form-stale-show = Показать
merge-title = Объект изменили двое
merge-remark = Первым записал: { $who }. Отметьте, чьё значение взять, и запишите
merge-place = Что изменено
merge-was = Было
merge-theirs = У другого
merge-mine = У вас
merge-row = { $table }, строка { $row }
merge-no-row = нет строки
merge-nothing = Версии одинаковы
merge-save = Записать выбранное
merge-all-mine = Везде моё
merge-all-theirs = Везде чужое
merge-back = Вернуться к форме
merge-by-itself = Объект раньше вас изменил: { $who }. Его изменения сохранены вместе с вашими: { $places }

## Deletion
delete-not-marked = Удалить можно только то, что помечено на удаление
delete-has-worked = От имени этого пользователя в базе работали: история называет его автором
delete-in-use = На объект ссылаются ({ $count }): { $objects }

## Versions
version-none = Такой версии в истории нет
version-shown = Версия { $version } из истории, только просмотр
version-title = { $title } (версия { $version })
version-open = Открыть версию
version-open-hint = Показать объект таким, каким он был
version-compare = Сравнить
version-compare-hint = Сравнить две выбранные версии, или эту с последней
version-compare-title = Сравнение версий { $first } и { $second }: { $title }
version-restore = Вернуть эту версию
version-restore-hint = Записать поля и строки этой версии как новую версию
version-restore-ask = Записать версию { $version } как новую? Нынешняя останется в истории
version-restored = Возвращена версия { $version }: { $title }
version-number = Версия { $version }
version-same = Версии одинаковы
version-keys = Enter — открыть версию, Ctrl+Space — выбрать две для сравнения
deletion-title = Удаление помеченных
deletion-object = Помеченный объект и то, что на него ссылается
deletion-state = Можно ли удалить
deletion-free = можно
deletion-with-others = вместе с тем, что на него ссылается
deletion-held = нельзя, ссылок: { $count }
deletion-delete = Удалить
deletion-delete-hint = Удалить из базы выбранное; если ничего не выбрано — всё, что можно
deletion-open-hint = Открыть помеченный объект или то, что на него ссылается
deletion-unmark = Снять пометку
deletion-unmark-hint = Снять пометку удаления
deletion-ask = Удалить из базы объектов: { $count }? Вернуть их можно отменой (Ctrl+Z), пока ничего не сделано после; история останется
deletion-done = Удалено объектов: { $count }
deletion-nothing-free = На всё помеченное кто-то ссылается: удалять нечего
deletion-empty = Помеченных на удаление нет
deletion-empty-hint = Пометка ставится в списках и формах клавишей Delete
deletion-keys = Ctrl+Enter — удалить, F2 — открыть, Delete — снять пометку, Ctrl+Space — выбрать

## The journal
journal-title = Журнал изменений
journal-title-of = Журнал изменений: { $conditions }
journal-at = Когда
journal-what = Объект
journal-deed = Что сделано
journal-op = Операция
journal-workstation = Рабочее место
journal-history = История объекта
journal-history-hint = Показать версии объекта и что в них изменено
journal-object = Открыть объект
journal-object-hint = Открыть форму объекта
journal-period = Период
journal-period-hint = Показать изменения за период
journal-user = Пользователь
journal-user-hint = Показать изменения одного пользователя
journal-kind = Вид
journal-kind-hint = Показать изменения справочника или документа одного вида
journal-any = Все
journal-all-time = За всё время
journal-today = Сегодня
journal-yesterday = Вчера
journal-week = За неделю
journal-month = За 30 дней
journal-empty = Изменений нет
journal-empty-hint = За этот период и с этими условиями никто ничего не менял
journal-keys = Enter — история объекта, Ctrl+Shift+F4 — открыть объект, Alt+P, Alt+U, Alt+K — период, пользователь, вид

who-unknown = другой пользователь
merge-keys = Enter — взять другое значение, Ctrl+S — записать
deletion-open = Открыть
undo-hidden = { $kind }, который вам не виден
undo-return-lacks = Вернуть удалённое нельзя: того, на что оно ссылалось, больше нет
undo-return-taken = Вернуть удалённое нельзя: его код или номер занят: { $title }
