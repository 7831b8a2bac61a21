# Exchange with the outside: problems of numbers typed by people, and of files received.

check-name-inn = ИНН
check-name-kpp = КПП
check-name-ogrn = ОГРН
check-name-ogrnip = ОГРНИП
check-name-okpo = ОКПО
check-name-snils = СНИЛС
check-name-bic = БИК
check-name-account = Расчетный счет
check-name-correspondent = Корреспондентский счет
check-name-ean8 = Штрихкод EAN-8
check-name-ean13 = Штрихкод EAN-13
check-name-upc-a = Штрихкод UPC-A
check-name-itf14 = Штрихкод ITF-14
check-name-gtin = Штрихкод товара
check-digits-only = { $name }: допустимы только цифры, а указано «{ $input }»
check-exactly = { $last }
check-either = { $first } или { $last }
check-length = { $name }: нужно { $expected } знаков, а указано { $found }
check-zeros = { $name }: из одних нулей быть не может
check-digit = { $name } «{ $input }»: цифра { $place } (контрольная) должна быть { $expected }, а указана { $found }; проверьте, нет ли опечатки
check-inn-region = ИНН «{ $input }»: первые две цифры — код региона и не могут быть 00
check-kpp-length = КПП: должно быть 9 знаков, а указано { $found }
check-kpp-shape = КПП «{ $input }»: допустимы цифры, а на пятом и шестом месте — еще и заглавные латинские буквы
check-snils = СНИЛС «{ $input }»: контрольное число должно быть { $expected }, а указано { $found }; проверьте, нет ли опечатки
check-bic-start = БИК «{ $input }»: первые две цифры должны быть 04 (у казначейства и других участников 00, 01 или 20)
check-correspondent-start = Корреспондентский счет «{ $input }» должен начинаться с 301 (единый казначейский счет — с 40102)
check-account = { $name } «{ $input }» не подходит к БИК { $bic }: девятая цифра (ключ) должна быть { $expected }, а указана { $found }; проверьте счет и БИК

site-bytes-lost = Часть байтов файла не читается в кодировке { $encoding }: на их месте стоят знаки замены
site-characters-removed = Из файла убраны недопустимые в XML знаки, их { $count }
site-encoding-lies = В файле заявлена кодировка { $declared }, а на деле это { $really }: прочитан как { $really }
site-unknown-references = В файле есть обозначения, которых нет в XML: { $names }; они оставлены как есть
site-words-before = Перед данными сайт прислал посторонний текст (похоже на сообщение сервера об ошибке); он пропущен
site-words-after = После данных сайт прислал посторонний текст; он пропущен
site-file-piecewise = Разметка файла нарушена, документы прочитаны по одному: прочитано { $read }, не прочитано { $broken }
site-file-catalogue = В файле каталог товаров, а не заказы

site-file-large = Файл больше { $limit } МБ: такой ответ не читается; выгружайте заказы меньшими частями
site-file-archive = Это архив, а не файл заказов: сначала распакуйте его
site-file-empty = Сайт прислал пустой ответ; причину ищите в журнале ошибок сайта
site-file-page = Вместо заказов сайт прислал страницу: проверьте адрес обмена, логин и пароль
site-file-other = Это не файл CommerceML: в нем нет элемента «КоммерческаяИнформация»; проверьте адрес обмена
site-file-refusal = Сайт не прислал заказов. Его ответ: { $answer }
site-file-cut = Ответ сайта оборван: у файла нет конца, поэтому ничего не загружено; повторите обмен
site-file-doctype = В файле есть описание типа документа (DOCTYPE): такие файлы из соображений безопасности не читаются
site-file-version-one = Формат CommerceML 1 не поддерживается: включите на сайте обмен в формате CommerceML 2
site-file-broken = Разметка файла нарушена, и ни одного документа в нем не найдено

site-broken-at = Строка { $line } файла: { $said }
site-inside-broken = Документ находится внутри другого, который не читается
site-document-without-id = У документа нет ни «Ид», ни «Номера»
site-xml-mismatch = ожидался </{ $expected }>, а встретился </{ $found }>
site-xml-unopened = </{ $found }> закрывает то, что не открыто
site-xml-unclosed = элемент <{ $expected }> не закрыт
site-xml-deep = вложенность больше { $limit } уровней
site-xml-broken = разметка XML нарушена

site-in-line = Товары, строка { $line }: { $said }
site-not-a-number = «{ $field }»: «{ $value }» не число; значение пропущено
site-bad-date = «Дата»: «{ $value }» не дата; будет взята дата получения
site-unknown-currency = Валюта «{ $value }» не известна; будет взята валюта сайта по умолчанию
site-skipped-purchase = Документ { $number }: это заказ поставщику (роль «Покупатель»), он не загружается
site-skipped-operation = Документ { $number }: операция «{ $operation }» не загружается

site-sums-differ = Сумма заказа { $total } не сходится с суммой строк { $lines }: проверьте заказ
site-delivery-by-difference = Доставка { $sum } определена как разница между суммой заказа и суммой строк
site-discount-by-difference = Скидка { $sum } определена как разница между суммой строк и суммой заказа и распределена по товарам
site-discount-spread = Скидка на заказ { $sum } распределена по товарам
site-rounded = Округление { $sum } отнесено на последнюю строку
site-taken-otherwise = { $part }: учтено не так, как указал сайт, иначе сумма заказа не сходится
site-quantity-rounded = Товары, строка { $line }: в количестве больше трех знаков после запятой, оно округлено
site-quantity-missing = Товары, строка { $line }: количество не указано
site-negative = Товары, строка { $line }: количество или сумма меньше нуля
site-no-lines = В документе нет товаров: он сообщает только состояние
site-part-line-discounts = Скидки строк
site-part-order-discounts = Скидка на заказ сверх суммы
site-part-included-discounts = Скидка на заказ в составе суммы
site-part-taxes = Налог сверх суммы
site-part-costs = Дополнительные расходы
site-part-delivery = Стоимость доставки

## Загрузка заказов в базу
import-unreadable = Файл «{ $file }» не загружен: { $reason }
import-own-answer = ответ учетной программы о заказе «{ $number }», которого сайт нам не передавал: загружать нечего
import-changed-in-work = на сайте заказ изменили, а у нас он уже в работе: взяты только статус, оплата и комментарий
import-link-name = Сайт «{ $code }»
import-line-unnamed = Позиция без наименования
import-retail-buyer = Розничный покупатель
import-buyer-differs = у покупателя «{ $name }» в базе «{ $own }», на сайте «{ $site }»: карточка не изменена
attention-item = есть строки без номенклатуры: привяжите их к товарам
attention-buyer = непонятно, кто покупатель: почта и телефон принадлежат разным контрагентам
attention-sums = сумма заказа не сходится с суммой строк
attention-date = дата заказа на сайте не прочитана, поставлена дата загрузки
attention-currency = валюта заказа неизвестна
attention-changed = заказ изменен на сайте, когда он уже в работе
attention-cancelled = заказ отменен на сайте, но по нему уже были отгрузка или оплата
