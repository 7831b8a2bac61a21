# Words used everywhere.
yes = Да
no = Нет
cancelled = Операция прервана, ничего не изменено
place-field = { $field }: { $said }
place-row = { $table }, строка { $row }: { $said }
place-cell = { $table }, строка { $row }, { $field }: { $said }
value-not-bool = «{ $input }» не да и не нет: введите «да» или «нет»
value-not-int = «{ $input }» не целое число
value-not-number = «{ $input }» не число: введите цифры, дробную часть через запятую
value-too-many-decimals = в «{ $input }» слишком много знаков после запятой, здесь хранится не больше { $digits }
value-too-large = «{ $input }» слишком большое число
value-not-date = «{ $input }» не дата: введите день, месяц и год, например 05.01.2027
value-not-choice = «{ $input }» не подходит, допустимо: { $allowed }
value-not-ref = «{ $input }» не найдено
document-title = { $kind } { $number } от { $date }
