# Заказы: соглашения, этапы оплаты, обеспечение.

stages-percent = Этапы оплаты составляют { $percent } %, а должны 100 %: исправьте проценты
reserve-until-past = Резерв не может кончаться раньше даты заказа
line-ship-before-advance = Отгружать рано: не хватает { $missing } до аванса. Примите аванс или выберите другое обеспечение
line-not-covered = Нужно { $wanted }, есть только { $free }. Выберите «Резервировать по мере поступления» или разделите строку командой «Заполнить обеспечение»
ship-unagreed = Заказ { $order } не согласован, отгружать по нему нельзя. Согласуйте заказ или верните условия соглашения
ship-unpaid = По заказу { $order } до отгрузки не хватает { $missing }: таковы его этапы оплаты. Примите оплату; отгрузить раньше может тот, у кого есть право «{ $right }» (его дает { $who })
reason-released = резерв снят по сроку
reason-held = { $count ->
    [one] { $count } строка в резерве ждет решения об отгрузке
    [few] { $count } строки в резерве ждут решения об отгрузке
   *[other] { $count } строк в резерве ждут решения об отгрузке
}
deviation-price-kind = вид цен не по соглашению
deviation-discount = скидка больше, чем в соглашении
deviation-stages = этапы оплаты не по соглашению
deviation-reserve = резерв дольше, чем в соглашении
op-allocate = Перераспределение резервов
op-release = Снятие резервов по сроку
allocate-hidden = Перераспределить может только тот, кто видит все заказы этих товаров
allocate-changed = Пока план был на экране, резервы изменились. Посмотрите новый план
expiry-title = Резервы, у которых кончился срок
expiry-refused = Заказ { $order }: { $why }
gate-unagreed = Заказ не согласован: пока его не согласуют, товар под него не занимается
gate-advance = Не хватает { $missing } до аванса: до его оплаты товар под заказ не занимается
gate-released = Резерв снят по сроку. Укажите новый срок в поле «Резерв до»
gate-closed = Заказ закрыт, обеспечивать его не нужно
fill-not-posted = Сначала проведите заказ
fill-there = есть { $ready } из { $left }
fill-coming = { $qty } в пути, будет { $date }
fill-coming-sometime = { $qty } в пути, день поставки не указан
fill-short = { $qty } нет ни на складе, ни в пути: нужно заказать
fill-both = { $first }; { $second }
fill-title = Заполнить обеспечение
fill-left = Осталось
fill-now = Сейчас
fill-proposed = Предлагается
fill-date = Будет
fill-why = Почему
fill-today = есть
fill-apply = Записать решения
fill-apply-hint = Провести заказ с предложенными решениями: по выбранным строкам, а если не выбрано ничего - по всем
fill-allow = { $action }
fill-allow-hint = Можно ли предлагать это решение
fill-done = Обеспечение записано
fill-nothing = Менять нечего: лучшее решение по этим строкам уже записано
fill-empty = Обеспечивать нечего
fill-empty-hint = Все строки отгружены, отменены или не требуют обеспечения
fill-keys = Ctrl+Enter — записать, Alt+1 … Alt+5 — какие решения предлагать, Ctrl+A — выбрать все строки, Esc — закрыть
allocation-title = Распределение запасов
allocation-share = Перераспределить
allocation-share-hint = Отдать товар тем, кто раньше в очереди: по выбранным товарам, а если не выбрано ничего - по всем
allocation-held = Держит
allocation-to = Получит
allocation-change = Изменение
allocation-done = { $count ->
    [one] Резерв изменен в { $count } заказе
   *[other] Резерв изменен в { $count } заказах
}
allocation-empty = Все распределено по очереди
allocation-empty-hint = Здесь появится, кто потеряет и кто получит, когда очередь изменится: приоритет, дата отгрузки, новый заказ
allocation-keys = Ctrl+Enter — перераспределить, F2 — открыть заказ, Ctrl+A — выбрать все, F5 — обновить
days-title = Доступность по дням
days-of = Доступность по дням: { $item }, { $warehouse }
days-date = День
days-coming = Поступит
days-leaving = Отгрузится
days-left = Останется
days-available = Можно обещать
days-causes = Документы
days-more = и еще { $count }
days-sometime = без даты
days-empty = Ничего не ожидается
days-empty-hint = Здесь будут остаток и движение по дням
days-keys = F5 — обновить, Esc — закрыть
days-no-item = В этой строке нет номенклатуры
order-approve = Согласовать
order-approve-hint = Согласиться с отклонениями от соглашения: заказ начнет обеспечиваться
order-fill = Обеспечить
order-fill-hint = Заполнить обеспечение: лучшее решение по каждой строке и почему
order-days = Доступность по дням
order-days-hint = Сколько товара текущей строки есть и будет на каждый день
order-allocation = Забрать по очереди
order-allocation-hint = Кто уступит этому заказу товар и кому уступит он, если делить по приоритету и датам
reserves-title = Резервы с истекающим сроком
reserves-until = Резерв до
reserves-customer = Клиент
reserves-unpaid = Не оплачено
reserves-manager = Менеджер
reserves-prolong = Продлить
reserves-prolong-hint = Дать резерву столько дней с сегодняшнего, сколько в соглашении (без него - три)
reserves-release = Снять резерв
reserves-release-hint = Снять резерв сейчас: товар достанется следующим в очереди, Ctrl+Z вернет
reserves-done = { $count ->
    [one] Изменен { $count } заказ
    [few] Изменено { $count } заказа
   *[other] Изменено { $count } заказов
}
reserves-empty = В ближайшую неделю ни один резерв не кончается
reserves-empty-hint = Срок ставится в заказе, в поле «Резерв до», или числом дней в соглашении; оплаченные и отгруженные заказы резерв не теряют
reserves-keys = Ctrl+Enter — продлить, Del — снять, F2 — открыть заказ, F5 — обновить
today-ending = Кончается срок резерва
why-held = Осталось отгрузить { $left }, зарезервировано { $held }
why-free = Свободно на складе { $free }
why-holder = { $order } держит { $held }
why-coming = { $qty } будет { $date }: { $order }
why-coming-sometime = { $qty } в пути без даты: { $order }
why-short = { $qty } нет ни на складе, ни в пути: нужно заказать у поставщика
why-stage = { $stage }: { $amount } до { $date }
deed-shared = резерв перераспределён
allocate-not-back = { $order }: с тех пор товар отгружен или отдан, вернуть резерв как было нельзя
allocate-not-free = { $item }: свободного товара с тех пор не осталось, вернуть резерв как было нельзя
raise-title = Заказ встает в очередь раньше
raise-question = Если поделить товар заново по очереди, изменятся резервы:
    { $lines }

    Записать заказ и поделить товар заново? Вернуть можно одним Ctrl+Z.
raise-loses = { $item }: { $order } держит { $from }, останется { $to }
raise-gets = { $item }: { $order } получит { $to } вместо { $from }
raise-more = и еще строк: { $count }
raise-share = Поделить заново
raise-keep = Записать, не отнимая
list-approved = { $count ->
    [one] Согласован { $count } заказ
    [few] Согласовано { $count } заказа
   *[other] Согласовано { $count } заказов
 }
list-priority = Приоритет…
list-priority-hint = Поставить выделенным заказам приоритет; если кто-то лишится резерва, это будет показано до записи
list-priority-too-many = Приоритет ставится не больше чем { $most } заказам сразу
list-priority-same = У этих заказов уже такой приоритет
list-priority-set = { $count ->
    [one] Приоритет «{ $priority }» у { $count } заказа
   *[other] Приоритет «{ $priority }» у { $count } заказов
}
refusal-title = Почему отказано
refusal-left = По заказу осталось отгрузить { $left }
remedy-keep-line = Снять отмену строки
remedy-until-today = До конца сегодняшнего дня
remedy-action = { $action }
remedy-qty = Поставить { $qty }
remedy-discount = Скидка { $discount } %
remedy-price = Цена { $price }
remedy-choose = Выбрать…
refusal-open = Открыть
list-why = Почему отказано
list-why-hint = Почему этой строке отказано и что с этим сделать
remedy-done = Исправлено на форме. Проведите еще раз
