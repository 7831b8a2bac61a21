# The form of an object.
tab-signatures = Подписи
tab-contacts = Контакты
tab-money = Деньги и цены
tab-exchange = Обмен
tab-words = Прописью
tab-print = Печать
tab-purpose = Назначение
tab-budget = Бюджетный платёж
tab-results = Результаты
