//! What the training registrar does for each task.

use super::{Counter, Document, TrainingService};
use crate::devices::proto::atol::answer::{Made, TaskState, kopecks};
use crate::devices::proto::atol::request::decimal;
use crate::devices::proto::fiscal::MarkingFault;
use serde_json::{Value, json};

/// When everything happens.
const AT: &str = "2026-11-26T12:00:00+03:00";

fn made(result: Value) -> TaskState {
    TaskState::Done(Box::new(Made { result, ..Made::default() }))
}

fn refused(code: i64, words: &str) -> TaskState {
    TaskState::Refused { code, words: words.to_owned() }
}

fn sum(value: &Value, path: &str) -> u64 {
    value.pointer(path).and_then(kopecks).unwrap_or(0)
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

impl TrainingService {
    /// Carries out a task.
    pub(super) fn carry_out(&mut self, task: &Value) -> TaskState {
        let name = text(task, "/type").to_owned();
        if let Some(told) = self.told(&name, task) {
            return made(told);
        }
        if let Some(state) = self.marking(&name, task) {
            return state;
        }
        if self.no_paper {
            return refused(44, "Нет бумаги");
        }
        let state = match name.as_str() {
            "openShift" if self.open => refused(82, "Смена уже открыта"),
            "openShift" => {
                (self.open, self.shift, self.counters) = (true, self.shift + 1, [Counter::default(); 4]);
                self.document(&name, "", 0)
            }
            "closeShift" if !self.open => refused(73, "Смена закрыта"),
            "closeShift" => {
                self.open = false;
                self.document(&name, "", 0)
            }
            "cashIn" => {
                self.drawer += sum(task, "/cashSum");
                made(json!({}))
            }
            "cashOut" if sum(task, "/cashSum") > self.drawer => refused(19, "Недостаточно наличных"),
            "cashOut" => {
                self.drawer -= sum(task, "/cashSum");
                made(json!({}))
            }
            "sell" => self.receipt(&name, task, 0),
            "buy" => self.receipt(&name, task, 1),
            "sellReturn" => self.receipt(&name, task, 2),
            "buyReturn" => self.receipt(&name, task, 3),
            "sellCorrection" | "sellReturnCorrection" => self.document(&name, "", sum(task, "/total")),
            "printLastReceiptCopy" | "nonFiscal" | "openCashDrawer" | "reportX" => made(json!({})),
            _ => refused(501, "Ошибка парсинга запроса"),
        };
        if matches!(state, TaskState::Done(_)) {
            self.carried_out.push(name);
        }
        state
    }

    /// Answers of questions that change nothing.
    fn told(&self, name: &str, task: &Value) -> Option<Value> {
        let shift = if self.open { "opened" } else { "closed" };
        Some(match name {
            "getDeviceInfo" => json!({ "deviceInfo": { "modelName": "АТОЛ УЧЕБНЫЙ" } }),
            "getShiftStatus" => json!({ "shiftStatus": { "state": shift, "number": self.shift } }),
            "ofdExchangeStatus" => json!({ "fnNumber": "9999078900001234", "status": { "notSentCount": 0 } }),
            "getFnStatus" => json!({ "fnStatus": { "fiscalDocumentNumber": self.documents.len() } }),
            "getCashDrawerStatus" => json!({ "counters": { "cashSum": decimal(self.drawer, 2) } }),
            "getShiftTotals" => self.totals(),
            "getFnDocument" => {
                let number = task.get("fiscalDocumentNumber").and_then(Value::as_u64).unwrap_or(0);
                let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
                let found = at.and_then(|at| self.documents.get(at))?;
                json!({ "documentTLV": { "1040": number, "1077": "77", "1192": found.mark } })
            }
            _ => return None,
        })
    }

    fn totals(&self) -> Value {
        let of = |counter: &Counter| {
            let Counter { count, cash, electronic } = *counter;
            let payments = json!({ "cash": decimal(cash, 2), "electronically": decimal(electronic, 2) });
            json!({ "count": count, "sum": decimal(cash + electronic, 2), "payments": payments })
        };
        let [sell, buy, sell_return, buy_return] = &self.counters;
        json!({ "shiftTotals": {
            "shiftNumber": self.shift,
            "cashDrawer": { "sum": decimal(self.drawer, 2) },
            "receipts": {
                "sell": of(sell), "buy": of(buy), "sellReturn": of(sell_return), "buyReturn": of(buy_return),
            },
        } })
    }

    /// Puts a document into the fiscal memory.
    fn document(&mut self, task: &str, mark: &str, total: u64) -> TaskState {
        self.documents.push(Document { task: task.to_owned(), mark: mark.to_owned(), total });
        made(json!({ "fiscalParams": {
            "fiscalDocumentNumber": self.documents.len(),
            "fiscalDocumentSign": "77",
            "fiscalDocumentDateTime": AT,
            "shiftNumber": self.shift,
        } }))
    }

    fn receipt(&mut self, name: &str, task: &Value, kind: usize) -> TaskState {
        if !self.open {
            return refused(73, "Смена закрыта");
        }
        let items = task.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        for item in items.iter().filter_map(|item| item.get("imcParams")) {
            if item.get("itemInfoCheckResult").is_none() || !self.accepted.contains(text(item, "/imc")) {
                return refused(404, "Код маркировки не проверен");
            }
        }
        let total = sum(task, "/total");
        let payments = task.get("payments").and_then(Value::as_array).cloned().unwrap_or_default();
        let paid = |by: &str| payments.iter().filter(|one| text(one, "/type") == by).map(|one| sum(one, "/sum")).sum();
        let electronic: u64 = paid("electronically");
        let others: u64 = ["prepaid", "credit", "other"].into_iter().map(paid).sum();
        let cash = total.saturating_sub(electronic + others);
        if let Some(counter) = self.counters.get_mut(kind) {
            counter.count += 1;
            counter.cash += cash;
            counter.electronic += electronic;
        }
        self.drawer = if kind == 0 || kind == 3 { self.drawer + cash } else { self.drawer.saturating_sub(cash) };
        self.accepted.clear();
        self.document(name, text(task, "/additionalAttribute"), total)
    }

    /// Tasks about marking codes; `None` for others.
    fn marking(&mut self, name: &str, task: &Value) -> Option<TaskState> {
        let ended = match name {
            "clearMarkingCodeValidationResult" => {
                self.accepted.clear();
                json!({})
            }
            "beginMarkingCodeValidation" if self.checked.is_some() => return Some(refused(401, "Проверка уже начата")),
            "beginMarkingCodeValidation" => {
                self.checked = Some((text(task, "/params/imc").to_owned(), self.slow));
                json!({ "offlineValidation": { "fmCheck": true, "fmCheckResult": true } })
            }
            "getMarkingCodeValidationStatus" => {
                let (code, left) = self.checked.clone()?;
                if left > 0 {
                    self.checked = Some((code, left - 1));
                    json!({ "ready": false })
                } else {
                    self.validation(&code)
                }
            }
            "acceptMarkingCode" => {
                let Some((code, _)) = self.checked.take() else {
                    return Some(refused(402, "Нечего принимать"));
                };
                let found = self.found(&code);
                self.accepted.insert(code);
                json!({ "itemInfoCheckResult": found })
            }
            "declineMarkingCode" | "cancelMarkingCodeValidation" => {
                self.checked = None;
                json!({})
            }
            _ => return None,
        };
        if name != "getMarkingCodeValidationStatus" {
            self.carried_out.push(name.to_owned());
        }
        Some(made(ended))
    }

    fn validation(&self, code: &str) -> Value {
        if self.offline {
            return json!({ "ready": true, "driverError": { "code": 421, "description": "Нет связи с сервером" } });
        }
        let (status, response) = match self.faults.get(code) {
            Some(MarkingFault::Status) => ("itemEstimatedStatusIncorrect", "correct"),
            Some(MarkingFault::Stopped) => ("itemSaleStopped", "correct"),
            Some(MarkingFault::Unrecognized) => ("", "unrecognized"),
            _ => ("itemEstimatedStatusCorrect", "correct"),
        };
        json!({ "ready": true, "driverError": { "code": 0 }, "onlineValidation": {
            "itemInfoCheckResult": self.found(code),
            "markOperatorItemStatus": status,
            "markOperatorResponseResult": response,
        } })
    }

    fn found(&self, code: &str) -> Value {
        let fault = self.faults.get(code);
        json!({
            "imcCheckFlag": true,
            "imcCheckResult": fault != Some(&MarkingFault::Wrong),
            "imcStatusInfo": !self.offline,
            "imcEstimatedStatusCorrect": self.offline || fault != Some(&MarkingFault::Status),
            "ecrStandAloneFlag": false,
        })
    }
}
