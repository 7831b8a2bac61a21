//! The business, pure: declarations, behaviour and posting. Reads the base only through `Facts`.
//!
//! Glossary: the 1C word, our identifier, the table in the base.
//!
//! | 1C | here | table |
//! |---|---|---|
//! | Организация | `Company` | `company` |
//! | Контрагент | `Counterparty` | `counterparty` |
//! | Договор | `Contract` | `contract` |
//! | Номенклатура | `Item` | `item` |
//! | Номенклатурная группа | `ItemGroup` | `item_group` |
//! | Склад | `Warehouse` | `warehouse` |
//! | Касса | `CashDesk` | `cash_desk` |
//! | Банковский счет | `BankAccount` | `bank_account` |
//! | Вид цен | `PriceKind` | `price_kind` |
//! | Статья ДДС, статья затрат | `CashFlowItem` | `cash_flow_item` |
//! | Заказ клиента | `CustomerOrder` | `customer_order` |
//! | Соглашение, этап оплаты | `Agreement`, `StageKind` | `agreement`, `agreement_stages` |
//! | Статус заказа (свой); состояние (вычисленное) | `OrderStatus`; `OrderState` | `order_status` |
//! | Вариант обеспечения | `SupplyAction` | `customer_order_goods.action` |
//! | Потребность, дефицит | shortage | |
//! | Резерв | reserve (`Reserves`) | `reserves_moves` |
//! | Планируемое поступление оплаты | `PlannedReceipts` | `planned_receipts_moves` |
//! | Причина отмены, упущенный спрос | `CancelReason`, `LostDemand` | `cancel_reason`, `lost_demand_moves` |
//! | Спрос («спросили, нет») | `DemandNote` | `demand_note` |
//! | Аналог, замена | analogue, substitute | `item_analogues` |
//! | Акт о расхождениях | `DiscrepancyAct` | `discrepancy_act` |
//! | Шаблон письма, учетная запись почты | `LetterTemplate`, `MailAccount` | `letter_template`, `mail_account` |
//! | Заказ поставщику | `SupplierOrder` | `supplier_order` |
//! | Поступление товаров | `GoodsReceipt` | `goods_receipt` |
//! | Реализация товаров | `GoodsIssue` | `goods_issue` |
//! | Возврат от покупателя / поставщику | `CustomerReturn` / `SupplierReturn` | `customer_return` / `supplier_return` |
//! | Счет на оплату | `Invoice` | `invoice` |
//! | Корректировочный счет-фактура | `CorrectiveInvoice` | `corrective_invoice` |
//! | Счет-фактура выданный / полученный | `TaxInvoiceIssued` / `TaxInvoiceReceived` | `tax_invoice_issued` / `tax_invoice_received` |
//! | Приходный / расходный кассовый ордер | `CashReceipt` / `CashIssue` | `cash_receipt` / `cash_issue` |
//! | Поступление на счет / списание со счета | `BankReceipt` / `BankDebit` | `bank_receipt` / `bank_debit` |
//! | Платежное поручение | `PaymentOrder` | `payment_order` |
//! | Установка цен, курсы валют | `PriceSetting`, `RateSetting` | `price_setting`, `rate_setting` |
//! | Касса ККМ, кассовая смена | `Till`, `TillShift` | `till`, `till_shift` |
//! | Чек ККМ, чек ККМ на возврат | `TillReceipt`, `TillReturn` | `till_receipt`, `till_return` |
//! | Чек аванса, чек коррекции | `TillAdvance`, `TillCorrection` | `till_advance`, `till_correction` |
//! | Внесение и изъятие наличных | `TillCash` | `till_cash` |
//! | Дисконтная карта | `DiscountCard` | `discount_card` |
//! | Инвентаризация, оприходование, списание | `StockCount`, `StockSurplus`, `StockWriteOff` | `stock_count`, ... |
//! | Ввод остатков | `OpeningBalance` | `opening_balance` |
//! | Операция вручную | `ManualEntry` | `manual_entry` |
//! | Закрытие месяца | `MonthClosing` | `month_closing` |
//! | Регистр накопления, движения | register, movements | `stock_moves`, ... |
//! | Итоги | totals | `stock_now`, `stock_months`, ... |
//! | Проведение | posting | |
//! | Проводка, субконто | entry, analytics (subs) | `ledger_moves` |
//! | Взаиморасчеты, зачет аванса | settlements, set-off | `settlements_moves`, `open_items_moves` |

pub mod accounts;
pub mod company;
pub mod crm;
pub mod ledger;
pub mod lines;
pub mod money;
pub mod prices;
pub mod purchases;
pub mod registers;
pub mod registry;
pub mod retail;
pub mod sales;
pub mod stock;
