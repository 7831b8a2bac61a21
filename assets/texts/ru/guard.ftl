# Копии, восстановление, обновление базы, запуск.

base-older = База { $path } сделана прежней версией программы. Откройте ее в программе для работы: она обновится, копия перед этим сделается сама

cli-backup = сделать проверенную копию базы: по правилам базы или в указанный файл
cli-arg-backup-file = файл копии (.kontora.gz); без него - папка и срок хранения из правил базы
cli-arg-backup-list = показать сделанные копии
cli-restore = показать, что в копии, и восстановить из нее базу
cli-arg-restore-file = файл копии (.kontora.gz) или базы
cli-arg-restore-into = куда восстановить: файл базы или postgres://...
cli-arg-restore-replace = заменить базу, которая там есть (она останется рядом под другим именем)

backup-done = Копия сделана и проверена: { $file }
backup-busy = В папке { $folder } копию уже делает другая программа. Дождитесь ее
backup-no-folder = Не найдена папка для копий. Укажите ее в правилах копирования
backup-no-room = В папке { $folder } мало места для копии: нужно { $needed } МБ, свободно { $free } МБ. Освободите место или укажите другую папку
backup-damaged = Копия { $file } повреждена, восстановить из нее нельзя. Возьмите другую
backup-not-proved = не проверена

inside-company = Организация
inside-document = Последний документ
inside-changed = Последнее изменение
inside-release = Версия программы
inside-release-of = { $program } (версия базы { $layout })
inside-proved = Проверка
inside-proofs = в порядке, проверок: { $count }

restore-how = Чтобы восстановить, добавьте --into и имя базы
restore-would-replace = База { $base } уже есть. Чтобы заменить ее, добавьте --replace; прежняя база останется рядом
restore-in-use = База { $path } открыта. Закройте программу на всех рабочих местах и повторите
restore-done = База восстановлена: { $base }
restore-kept = Прежняя база сохранена: { $base }

backup-making = Резервная копия
backup-copying = копируется
backup-packing = сжимается
backup-unpacking = распаковывается
backup-looking = Проверка копии
backup-failed = Резервная копия не сделана: { $why }
backup-overdue = Копии нет { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
 }
backup-never = Копии нет
backup-overdue-hint = Проверенной резервной копии нет слишком давно. Щелкните, чтобы сделать
backups-title = Резервные копии
backups-make = Сделать копию
backups-make-hint = Скопировать базу и проверить копию; работать можно дальше
backups-restore = Восстановить
backups-restore-hint = Проверить копию, показать, что внутри, и восстановить из нее базу
backups-other = Другой файл
backups-other-hint = Восстановить из файла в другой папке
backups-schedule = Когда делать
backups-schedule-hint = Как часто копии делаются сами
backups-keeping = Сколько хранить
backups-keeping-hint = Сколько дней, недель и месяцев назад хранить последнюю копию
backups-keeping-label = Дней, недель, месяцев (три числа)
backups-keeping-wrong = Нужны три числа: дней, недель, месяцев
backups-folder = Папка
backups-folder-hint = Куда складывать копии: лучше на другой диск
backups-files = Копии и базы
backups-made = Сделана
backups-proved = Проверка
backups-inside = Что внутри
backups-file = Файл
backups-is-proved = проверена
backups-before-upgrade = до обновления
backups-kept = Правила сохранены
backups-keys = Ins: сделать копию, F2: восстановить
backups-empty = Копий пока нет
backups-empty-hint = Нажмите Ins, чтобы сделать первую
backups-never = Сами не делаются
backups-daily = Раз в день
backups-hourly = Каждые { $hours } ч
backups-rules = { $schedule }. Хранятся: дней { $days }, недель { $weeks }, месяцев { $months }. Папка: { $folder }
restore-working = Восстановление базы
restore-ask = Копия проверена. В ней:
    { $inside }
    Восстановить рядом, не трогая открытую базу, или заменить открытую (она останется под другим именем)?
restore-beside = Рядом
restore-replace = Заменить

cli-arg-renderer = Кто рисует окно: auto, gl или software (процессор); без него - как запомнено на этом компьютере
cli-arg-self-test = проверить все, на чем стоит программа, и выдать итог как JSON
cli-arg-screenshot = нарисовать страницу в файл PNG без экрана
cli-arg-page = код страницы для снимка, например list:customer_order
screenshot-no-page = Страницы { $page } нет
