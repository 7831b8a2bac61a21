//! What people do with goods and money in a simulation.

use super::model;
use super::work::{CUSTOMERS, ITEMS, KINDS, Pace, SUPPLIERS, WAREHOUSES, Work, years_on};
use kontora::kernel::moment::Date;
use kontora::kernel::object::Object;
use serde_json::{Value as Json, json};

impl Work {
    pub(super) fn receipt(&mut self) {
        let (supplier, warehouse) = (*self.random.one(SUPPLIERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        // A service bought needs an item of expense.
        let mut rows = self.rows();
        for row in rows.as_array_mut().unwrap() {
            if row["item"] == "delivery" {
                row["expense"] = json!("010");
            } else {
                // Over years more would come than is ever asked for.
                row["qty"] = json!(self.qty() * if self.pace == Pace::Years { 1 } else { 3 });
            }
        }
        self.make("goods_receipt", json!({"supplier": supplier, "warehouse": warehouse, "goods": rows}), true);
    }

    pub(super) fn order(&mut self) {
        let (customer, warehouse) = (*self.random.one(CUSTOMERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        let rows = self.rows();
        let mut line = json!({"customer": customer, "warehouse": warehouse, "goods": rows});
        self.decide(&mut line);
        self.make("customer_order", line, true);
    }

    pub(super) fn ship(&mut self) {
        let Some((_, key, order)) = self.any(&["customer_order"]) else { return };
        let mut line = json!({"on": format!("customer_order:{key}")});
        if self.random.once_in(2) {
            // One line of the order, a part of it, or more than is left.
            let at = self.random.below(order.rows(0));
            let row = order.row(0, at).expect("a row within the order");
            let item = model::code(&self.session, row.get(0).any_ref());
            line["goods"] = json!([{"item": item, "qty": self.qty(), "order_line": row.key()}]);
        }
        self.make("goods_issue", line, false);
    }

    pub(super) fn free_issue(&mut self) {
        let (customer, warehouse) = (*self.random.one(CUSTOMERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
        let rows = self.rows();
        self.make("goods_issue", json!({"customer": customer, "warehouse": warehouse, "goods": rows}), false);
    }

    pub(super) fn customer_return(&mut self) {
        let Some((_, key, issue)) = self.any(&["goods_issue"]) else { return };
        let at = self.random.below(issue.rows(0));
        let row = issue.row(0, at).expect("a row within the issue");
        let item = model::code(&self.session, row.get(0).any_ref());
        let mut line = json!({"on": format!("goods_issue:{key}"), "date": self.after(issue.as_ref())});
        if !self.random.once_in(3) {
            line["goods"] = json!([{"item": item, "qty": 1 + self.random.below(3), "issue_line": row.key()}]);
        }
        if self.random.once_in(4) {
            line["warehouse"] = json!("W2");
        }
        self.make("customer_return", line, false);
    }

    /// Some days after another document, by a second of its own.
    fn after(&mut self, other: &dyn Object) -> String {
        self.second += 1;
        if self.pace == Pace::Years {
            return years_on(self.second + 40);
        }
        let date = kontora::ops::save::moment_of(other).date();
        let days = date.days_since(Date::ymd(2026, 10, 1).unwrap()) + 1 + i64::try_from(self.random.below(10)).unwrap();
        self.on_day(days)
    }

    /// Orders of one counterparty with amounts.
    fn split(&mut self, kind: &'static str, who: &str, field: &str) -> Json {
        let mut rows = Vec::new();
        for (_, key) in self.documents().to_vec().iter().filter(|(known, _)| *known == kind) {
            let object = self.session.store.load(self.named(kind, key)).unwrap_or_else(|e| panic!("{}", e.sentence()));
            let owner = object.and_then(|order| order.by_name(field)).map(|value| value.any_ref());
            let own = owner.is_some_and(|owner| model::code(&self.session, owner) == who);
            if own && rows.len() < 3 && self.random.once_in(2) {
                rows.push(json!({"order": format!("{kind}:{key}"), "amount": self.price()}));
            }
        }
        json!(rows)
    }

    pub(super) fn payment(&mut self) {
        if self.pace == Pace::Years {
            // Money without a purpose would lie open for years.
            let Some((_, key, _)) = self.any(&["customer_order"]) else { return };
            return self.make("cash_receipt", json!({"on": format!("customer_order:{key}")}), false);
        }
        let customer = *self.random.one(CUSTOMERS).unwrap();
        let split = self.split("customer_order", customer, "customer");
        let line = json!({"counterparty": customer, "amount": 1000 + self.random.below(500), "split": split});
        self.make("cash_receipt", line, true);
    }

    pub(super) fn refund(&mut self) {
        if self.pace == Pace::Years {
            return;
        }
        let customer = *self.random.one(CUSTOMERS).unwrap();
        let split = self.split("customer_order", customer, "customer");
        let line = json!({"operation": "customer_refund", "counterparty": customer, "amount": 1000, "split": split});
        self.make("cash_issue", line, true);
    }

    pub(super) fn pay_supplier(&mut self) {
        if self.pace == Pace::Years {
            let Some((_, key, _)) = self.any(&["supplier_order"]) else { return };
            return self.make("cash_issue", json!({"on": format!("supplier_order:{key}")}), false);
        }
        let supplier = *self.random.one(SUPPLIERS).unwrap();
        let split = self.split("supplier_order", supplier, "supplier");
        let line = json!({"counterparty": supplier, "amount": 900 + self.random.below(900), "split": split});
        self.make("cash_issue", line, true);
    }

    pub(super) fn supplier_order(&mut self) {
        if self.random.once_in(2) {
            let (supplier, warehouse) = (*self.random.one(SUPPLIERS).unwrap(), *self.random.one(WAREHOUSES).unwrap());
            let mut rows = self.rows();
            rows.as_array_mut().unwrap().retain(|row| row["item"] != "delivery");
            let must = rows.as_array().is_some_and(|rows| !rows.is_empty());
            let line = json!({"supplier": supplier, "warehouse": warehouse, "goods": rows});
            self.make("supplier_order", line, must);
            return;
        }
        let Some((_, key, order)) = self.any(&["supplier_order"]) else { return };
        let mut line = json!({"on": format!("supplier_order:{key}")});
        if self.random.once_in(2) {
            let row = order.row(0, self.random.below(order.rows(0))).expect("a row within the order");
            let item = model::code(&self.session, row.get(0).any_ref());
            line["goods"] = json!([{"item": item, "qty": self.qty(), "order_line": row.key()}]);
        }
        self.make("goods_receipt", line, false);
    }

    pub(super) fn supplier_return(&mut self) {
        let Some((_, key, receipt)) = self.any(&["goods_receipt"]) else { return };
        let row = receipt.row(0, self.random.below(receipt.rows(0))).expect("a row within the receipt");
        let item = model::code(&self.session, row.get(0).any_ref());
        let line = json!({
            "on": format!("goods_receipt:{key}"), "date": self.after(receipt.as_ref()),
            "goods": [{"item": item, "qty": 1 + self.random.below(3)}],
        });
        self.make("supplier_return", line, false);
    }

    pub(super) fn tax_invoice(&mut self) {
        let Some((_, key, issue)) = self.any(&["goods_issue"]) else { return };
        let line = json!({"on": format!("goods_issue:{key}"), "date": self.after(issue.as_ref())});
        self.make("tax_invoice_issued", line, false);
    }

    pub(super) fn month_closing(&mut self) {
        if self.pace == Pace::Years {
            return;
        }
        let month = ["2026-10-31", "2026-11-30", "2026-12-31"][self.random.below(3)];
        // One a month: two of one moment would act in the order of their ids.
        if self.documents.iter().any(|(_, key)| key == month) {
            self.load(&json!({"type": "month_closing", "key": month, "post": true}), true);
        } else if self.load(&json!({"type": "month_closing", "key": month, "date": month, "post": true}), true) {
            self.documents.push(("month_closing", month.to_owned()));
        }
    }

    /// Unposts what is posted, posts what is not.
    pub(super) fn take_back(&mut self) {
        let Some((kind, key, object)) = self.any(KINDS) else { return };
        let deed = if object.head().posted { "unpost" } else { "post" };
        // Money and receipts of it may always be taken back.
        let free = matches!(kind, "cash_receipt" | "cash_issue" | "month_closing") && deed == "unpost";
        let taken = self.load(&json!({"type": kind, "key": key, deed: true}), free);
        if taken && deed == "unpost" && self.random.once_in(2) {
            // What was just taken back can be done again, and everything is as it was; but goods that came free by
            // it may have been given to an order that waited, and a reserve is never taken away silently.
            let gives_goods = matches!(kind, "supplier_return" | "goods_issue");
            let again = self.load(&json!({"type": kind, "key": key, "post": true}), !gives_goods);
            let reserved = self.told.last().is_some_and(|said| said.contains("в резерве"));
            assert!(again || reserved || self.tell.is_some(), "seed {}: {}", self.seed, self.story());
        }
    }

    /// Changes a row, adds one or takes one away.
    pub(super) fn edit_rows(&mut self) {
        let kinds = ["customer_order", "goods_issue", "goods_receipt", "customer_return", "supplier_order"];
        let Some((kind, key, object)) = self.any(&kinds) else { return };
        let mut rows: Vec<Json> = (0..object.rows(0)).map(|_| json!({})).collect();
        let at = self.random.below(rows.len());
        match self.random.below(4) {
            0 => rows[at] = json!({"qty": self.qty()}),
            1 => rows[at] = json!({"price": self.price()}),
            2 if rows.len() > 1 => {
                rows.pop();
            }
            _ => {
                let item = *self.random.one(&ITEMS[..5]).unwrap();
                rows.push(json!({"item": item, "qty": self.qty(), "price": self.price()}));
            }
        }
        self.load(&json!({"type": kind, "key": key, "goods": rows}), false);
    }

    pub(super) fn move_in_time(&mut self) {
        let Some((kind, key, _)) = self.any(&KINDS[..9]) else { return };
        let date = self.moment();
        self.load(&json!({"type": kind, "key": key, "date": date}), false);
    }

    /// Closes, opens, or cancels a line.
    pub(super) fn change_order(&mut self) {
        let Some((kind, key, object)) = self.any(&["customer_order", "supplier_order"]) else { return };
        let closed = object.by_name("closed") == Some(kontora::kernel::value::Value::Bool(true));
        if kind == "customer_order" && self.random.once_in(2) {
            let mut rows: Vec<Json> = (0..object.rows(0)).map(|_| json!({})).collect();
            let at = self.random.below(rows.len());
            rows[at] = json!({"cancelled": self.random.once_in(2)});
            self.load(&json!({"type": kind, "key": key, "goods": rows}), false);
        } else {
            self.load(&json!({"type": kind, "key": key, "closed": !closed}), false);
        }
    }
}
