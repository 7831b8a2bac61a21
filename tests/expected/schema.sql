-- Layout 3, made from the declarations: see tests/it/schema.rs.

CREATE TABLE base_info (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE numbers (kind INTEGER NOT NULL, prefix TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (kind, prefix, year)) STRICT, WITHOUT ROWID;
CREATE TABLE keys (space TEXT NOT NULL, key TEXT NOT NULL, object INTEGER NOT NULL, digest TEXT NOT NULL DEFAULT '', PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;
CREATE INDEX keys_object ON keys (object);
CREATE TABLE sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, workstation TEXT NOT NULL, started INTEGER NOT NULL) STRICT;
CREATE TABLE history (object INTEGER NOT NULL, version INTEGER NOT NULL, operation INTEGER NOT NULL DEFAULT 0, deed INTEGER NOT NULL, change BLOB NOT NULL, PRIMARY KEY (object, version)) STRICT, WITHOUT ROWID;
CREATE TABLE catalog_changes (kind INTEGER NOT NULL PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX history_kind ON history ((object & 255), operation, object, version);
CREATE TABLE operations (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL, op INTEGER NOT NULL, undoes INTEGER NOT NULL, key TEXT NOT NULL, touched BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX operations_key ON operations (key) WHERE key <> '';
CREATE TABLE user_settings (account INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (account, name)) STRICT, WITHOUT ROWID;
CREATE TABLE credentials (account INTEGER NOT NULL PRIMARY KEY, secret TEXT NOT NULL, changed INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, refused_until INTEGER NOT NULL DEFAULT 0, card TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE TABLE import_files (id INTEGER PRIMARY KEY AUTOINCREMENT, space TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE import_errors (space TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;
CREATE TABLE device_jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, kind INTEGER NOT NULL, document INTEGER NOT NULL, copy INTEGER NOT NULL, key TEXT NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, after_number INTEGER NOT NULL, cash_before INTEGER NOT NULL, number INTEGER NOT NULL, sign INTEGER NOT NULL, printed INTEGER NOT NULL, reason TEXT NOT NULL, created INTEGER NOT NULL, holder TEXT NOT NULL DEFAULT '') STRICT;
CREATE UNIQUE INDEX device_jobs_document ON device_jobs (document, kind, copy);
CREATE INDEX device_jobs_open ON device_jobs (place, id) WHERE state < 2;
CREATE INDEX device_jobs_place ON device_jobs (place, id);
CREATE INDEX device_jobs_unsettled ON device_jobs (id) WHERE state < 2 OR state = 3;
CREATE TABLE letters (id INTEGER PRIMARY KEY AUTOINCREMENT, object INTEGER NOT NULL, event INTEGER NOT NULL, detail INTEGER NOT NULL, occurrence INTEGER NOT NULL, template INTEGER NOT NULL, account INTEGER NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, raw TEXT NOT NULL, message_id TEXT NOT NULL, state INTEGER NOT NULL, handed INTEGER NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, created INTEGER NOT NULL, last_at INTEGER NOT NULL, claimed_by TEXT NOT NULL, lease INTEGER NOT NULL, answer TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX letters_object ON letters (object, event, detail, occurrence);
CREATE INDEX letters_open ON letters (account, next_at) WHERE state < 3;
CREATE INDEX letters_state ON letters (state, id);
CREATE INDEX letters_last ON letters (account, last_at);
CREATE TABLE mail_addresses (address TEXT NOT NULL PRIMARY KEY, refusals INTEGER NOT NULL, invalid INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mail_pace (account INTEGER NOT NULL PRIMARY KEY, until INTEGER NOT NULL, failures INTEGER NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE last_id (last INTEGER NOT NULL) STRICT;
INSERT INTO last_id (last) VALUES (0);
CREATE TABLE search_pending (object INTEGER NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize='trigram case_sensitive 1', detail=none);
CREATE TABLE layout (digest TEXT NOT NULL, program TEXT NOT NULL) STRICT;
INSERT INTO layout (digest, program) VALUES ('', '');
CREATE TABLE "company" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "full_name" TEXT NOT NULL DEFAULT '',
  "entrepreneur" INTEGER NOT NULL DEFAULT 0,
  "inn" TEXT NOT NULL DEFAULT '',
  "kpp" TEXT NOT NULL DEFAULT '',
  "ogrn" TEXT NOT NULL DEFAULT '',
  "okpo" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT '',
  "director_post" TEXT NOT NULL DEFAULT '',
  "director" TEXT NOT NULL DEFAULT '',
  "accountant" TEXT NOT NULL DEFAULT '',
  "cashier" TEXT NOT NULL DEFAULT '',
  "prefix" TEXT NOT NULL DEFAULT '',
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "locked_until" INTEGER NOT NULL DEFAULT 0,
  "locked_by" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX company_marked ON "company" (id) WHERE marked <> 0;
CREATE INDEX company_uid ON "company" (substr(uid, 1, 6));
CREATE INDEX company_code ON "company" (code);
CREATE INDEX company_parent ON "company" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX company_name ON "company" (name COLLATE ru, id);
CREATE TABLE "company_regimes" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "from" INTEGER NOT NULL DEFAULT 0,
  "regime" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "employee" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "post" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX employee_marked ON "employee" (id) WHERE marked <> 0;
CREATE INDEX employee_uid ON "employee" (substr(uid, 1, 6));
CREATE INDEX employee_code ON "employee" (code);
CREATE INDEX employee_parent ON "employee" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX employee_name ON "employee" (name COLLATE ru, id);
CREATE TABLE "user" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "employee" INTEGER NOT NULL DEFAULT 0,
  "blocked" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX user_marked ON "user" (id) WHERE marked <> 0;
CREATE INDEX user_uid ON "user" (substr(uid, 1, 6));
CREATE INDEX user_code ON "user" (code);
CREATE INDEX user_parent ON "user" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX user_name ON "user" (name COLLATE ru, id);
CREATE TABLE "user_roles" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "role" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "user_warehouses" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "user_cash_desks" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "user_managers" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "manager" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "cash_flow_item" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "account" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX cash_flow_item_marked ON "cash_flow_item" (id) WHERE marked <> 0;
CREATE INDEX cash_flow_item_uid ON "cash_flow_item" (substr(uid, 1, 6));
CREATE INDEX cash_flow_item_code ON "cash_flow_item" (code);
CREATE INDEX cash_flow_item_parent ON "cash_flow_item" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX cash_flow_item_name ON "cash_flow_item" (name COLLATE ru, id);
CREATE TABLE "settings" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "purchase_price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "agreement" INTEGER NOT NULL DEFAULT 0,
  "weight_labels" TEXT NOT NULL DEFAULT '',
  "close_orders" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX settings_marked ON "settings" (id) WHERE marked <> 0;
CREATE INDEX settings_uid ON "settings" (substr(uid, 1, 6));
CREATE INDEX settings_code ON "settings" (code);
CREATE INDEX settings_parent ON "settings" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX settings_name ON "settings" (name COLLATE ru, id);
CREATE TABLE "site_link" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "delivery_item" INTEGER NOT NULL DEFAULT 0,
  "customers_parent" INTEGER NOT NULL DEFAULT 0,
  "items_parent" INTEGER NOT NULL DEFAULT 0,
  "create_items" INTEGER NOT NULL DEFAULT 0,
  "item_prefix" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX site_link_marked ON "site_link" (id) WHERE marked <> 0;
CREATE INDEX site_link_uid ON "site_link" (substr(uid, 1, 6));
CREATE INDEX site_link_code ON "site_link" (code);
CREATE INDEX site_link_parent ON "site_link" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX site_link_name ON "site_link" (name COLLATE ru, id);
CREATE INDEX site_link_customers_parent ON "site_link" ("customers_parent");
CREATE TABLE "account" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "sub1" TEXT NOT NULL DEFAULT '',
  "sub2" TEXT NOT NULL DEFAULT '',
  "sub3" TEXT NOT NULL DEFAULT '',
  "quantity" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "off_balance" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX account_marked ON "account" (id) WHERE marked <> 0;
CREATE INDEX account_uid ON "account" (substr(uid, 1, 6));
CREATE INDEX account_code ON "account" (code);
CREATE INDEX account_parent ON "account" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX account_name ON "account" (name COLLATE ru, id);
CREATE TABLE "role" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "full" INTEGER NOT NULL DEFAULT 0,
  "users" INTEGER NOT NULL DEFAULT 0,
  "see_cost" INTEGER NOT NULL DEFAULT 0,
  "others_documents" INTEGER NOT NULL DEFAULT 0,
  "discount_max" INTEGER NOT NULL DEFAULT 0,
  "approve_orders" INTEGER NOT NULL DEFAULT 0,
  "ship_unpaid" INTEGER NOT NULL DEFAULT 0,
  "open_period" INTEGER NOT NULL DEFAULT 0,
  "export" INTEGER NOT NULL DEFAULT 0,
  "load" INTEGER NOT NULL DEFAULT 0,
  "maintain" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX role_marked ON "role" (id) WHERE marked <> 0;
CREATE INDEX role_uid ON "role" (substr(uid, 1, 6));
CREATE INDEX role_code ON "role" (code);
CREATE INDEX role_parent ON "role" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX role_name ON "role" (name COLLATE ru, id);
CREATE TABLE "role_permissions" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "subject" INTEGER NOT NULL DEFAULT 0,
  "read" INTEGER NOT NULL DEFAULT 0,
  "write" INTEGER NOT NULL DEFAULT 0,
  "post" INTEGER NOT NULL DEFAULT 0,
  "mark" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "period_lock" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "section" INTEGER NOT NULL DEFAULT 0,
  "role" INTEGER NOT NULL DEFAULT 0,
  "until" INTEGER NOT NULL DEFAULT 0,
  "irreversible" INTEGER NOT NULL DEFAULT 0,
  "set_by" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX period_lock_marked ON "period_lock" (id) WHERE marked <> 0;
CREATE INDEX period_lock_uid ON "period_lock" (substr(uid, 1, 6));
CREATE INDEX period_lock_code ON "period_lock" (code);
CREATE INDEX period_lock_parent ON "period_lock" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX period_lock_name ON "period_lock" (name COLLATE ru, id);
CREATE TABLE "counterparty" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "full_name" TEXT NOT NULL DEFAULT '',
  "kind" INTEGER NOT NULL DEFAULT 0,
  "inn" TEXT NOT NULL DEFAULT '',
  "kpp" TEXT NOT NULL DEFAULT '',
  "ogrn" TEXT NOT NULL DEFAULT '',
  "okpo" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT '',
  "passport" TEXT NOT NULL DEFAULT '',
  "manager" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX counterparty_marked ON "counterparty" (id) WHERE marked <> 0;
CREATE INDEX counterparty_uid ON "counterparty" (substr(uid, 1, 6));
CREATE INDEX counterparty_code ON "counterparty" (code);
CREATE INDEX counterparty_parent ON "counterparty" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX counterparty_name ON "counterparty" (name COLLATE ru, id);
CREATE INDEX counterparty_inn ON "counterparty" ("inn");
CREATE INDEX counterparty_phone ON "counterparty" ("phone");
CREATE INDEX counterparty_email ON "counterparty" ("email");
CREATE TABLE "counterparty_contacts" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "value" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX counterparty_contacts_value ON "counterparty_contacts" ("value") WHERE "value" <> '';
CREATE TABLE "contract" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "contract_number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "pay_days" INTEGER NOT NULL DEFAULT 0,
  "agreement" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contract_marked ON "contract" (id) WHERE marked <> 0;
CREATE INDEX contract_uid ON "contract" (substr(uid, 1, 6));
CREATE INDEX contract_code ON "contract" (code);
CREATE INDEX contract_parent ON "contract" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX contract_name ON "contract" (name COLLATE ru, id);
CREATE INDEX contract_counterparty ON "contract" ("counterparty");
CREATE TABLE "mail_account" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "server" TEXT NOT NULL DEFAULT '',
  "security" INTEGER NOT NULL DEFAULT 0,
  "port" INTEGER NOT NULL DEFAULT 0,
  "login" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "sender" TEXT NOT NULL DEFAULT '',
  "reply_to" TEXT NOT NULL DEFAULT '',
  "per_minute" INTEGER NOT NULL DEFAULT 0,
  "per_hour" INTEGER NOT NULL DEFAULT 0,
  "paused" INTEGER NOT NULL DEFAULT 0,
  "authority" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mail_account_marked ON "mail_account" (id) WHERE marked <> 0;
CREATE INDEX mail_account_uid ON "mail_account" (substr(uid, 1, 6));
CREATE INDEX mail_account_code ON "mail_account" (code);
CREATE INDEX mail_account_parent ON "mail_account" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX mail_account_name ON "mail_account" (name COLLATE ru, id);
CREATE TABLE "letter_template" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "event" INTEGER NOT NULL DEFAULT 0,
  "active" INTEGER NOT NULL DEFAULT 0,
  "site_only" INTEGER NOT NULL DEFAULT 0,
  "subject" TEXT NOT NULL DEFAULT '',
  "body" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letter_template_marked ON "letter_template" (id) WHERE marked <> 0;
CREATE INDEX letter_template_uid ON "letter_template" (substr(uid, 1, 6));
CREATE INDEX letter_template_code ON "letter_template" (code);
CREATE INDEX letter_template_parent ON "letter_template" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX letter_template_name ON "letter_template" (name COLLATE ru, id);
CREATE TABLE "cancel_reason" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "lost" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX cancel_reason_marked ON "cancel_reason" (id) WHERE marked <> 0;
CREATE INDEX cancel_reason_uid ON "cancel_reason" (substr(uid, 1, 6));
CREATE INDEX cancel_reason_code ON "cancel_reason" (code);
CREATE INDEX cancel_reason_parent ON "cancel_reason" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX cancel_reason_name ON "cancel_reason" (name COLLATE ru, id);
CREATE TABLE "agreement" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "discount_limit" INTEGER NOT NULL DEFAULT 0,
  "approval" INTEGER NOT NULL DEFAULT 0,
  "reserve_days" INTEGER NOT NULL DEFAULT 0,
  "supply" INTEGER NOT NULL DEFAULT 0,
  "delivery_method" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX agreement_marked ON "agreement" (id) WHERE marked <> 0;
CREATE INDEX agreement_uid ON "agreement" (substr(uid, 1, 6));
CREATE INDEX agreement_code ON "agreement" (code);
CREATE INDEX agreement_parent ON "agreement" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX agreement_name ON "agreement" (name COLLATE ru, id);
CREATE TABLE "agreement_stages" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "percent" INTEGER NOT NULL DEFAULT 0,
  "days" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "order_status" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "color" INTEGER NOT NULL DEFAULT 0,
  "site_name" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_status_marked ON "order_status" (id) WHERE marked <> 0;
CREATE INDEX order_status_uid ON "order_status" (substr(uid, 1, 6));
CREATE INDEX order_status_code ON "order_status" (code);
CREATE INDEX order_status_parent ON "order_status" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX order_status_name ON "order_status" (name COLLATE ru, id);
CREATE TABLE "item" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "full_name" TEXT NOT NULL DEFAULT '',
  "kind" INTEGER NOT NULL DEFAULT 0,
  "article" TEXT NOT NULL DEFAULT '',
  "unit" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "item_group" INTEGER NOT NULL DEFAULT 0,
  "price_group" INTEGER NOT NULL DEFAULT 0,
  "brand" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "weight" INTEGER NOT NULL DEFAULT 0,
  "country" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT '',
  "method" INTEGER NOT NULL DEFAULT 0,
  "stock_min" INTEGER NOT NULL DEFAULT 0,
  "stock_max" INTEGER NOT NULL DEFAULT 0,
  "supply_days" INTEGER NOT NULL DEFAULT 0,
  "lead_days" INTEGER NOT NULL DEFAULT 0,
  "safety_days" INTEGER NOT NULL DEFAULT 0,
  "supplier_rule" INTEGER NOT NULL DEFAULT 0,
  "needs_marking" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX item_marked ON "item" (id) WHERE marked <> 0;
CREATE INDEX item_uid ON "item" (substr(uid, 1, 6));
CREATE INDEX item_code ON "item" (code);
CREATE INDEX item_parent ON "item" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX item_name ON "item" (name COLLATE ru, id);
CREATE INDEX item_article ON "item" ("article");
CREATE INDEX item_price_group ON "item" ("price_group");
CREATE INDEX item_brand ON "item" ("brand");
CREATE INDEX item_supplier ON "item" ("supplier");
CREATE INDEX item_method ON "item" ("method");
CREATE TABLE "item_barcodes" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "barcode" TEXT NOT NULL DEFAULT '',
  "pack" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_barcodes_barcode ON "item_barcodes" ("barcode") WHERE "barcode" <> '';
CREATE TABLE "item_packs" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "name" TEXT NOT NULL DEFAULT '',
  "factor" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "item_properties" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "property" INTEGER NOT NULL DEFAULT 0,
  "value" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_properties_value ON "item_properties" ("value") WHERE "value" <> '';
CREATE TABLE "item_suppliers" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "lead_days" INTEGER NOT NULL DEFAULT 0,
  "pack" INTEGER NOT NULL DEFAULT 0,
  "lot" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "item_levels" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "stock_min" INTEGER NOT NULL DEFAULT 0,
  "stock_max" INTEGER NOT NULL DEFAULT 0,
  "supply_days" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "item_analogues" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_analogues_item ON "item_analogues" ("item") WHERE "item" <> 0;
CREATE TABLE "item_group" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "method" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX item_group_marked ON "item_group" (id) WHERE marked <> 0;
CREATE INDEX item_group_uid ON "item_group" (substr(uid, 1, 6));
CREATE INDEX item_group_code ON "item_group" (code);
CREATE INDEX item_group_parent ON "item_group" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX item_group_name ON "item_group" (name COLLATE ru, id);
CREATE TABLE "unit" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "full_name" TEXT NOT NULL DEFAULT '',
  "international" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX unit_marked ON "unit" (id) WHERE marked <> 0;
CREATE INDEX unit_uid ON "unit" (substr(uid, 1, 6));
CREATE INDEX unit_code ON "unit" (code);
CREATE INDEX unit_parent ON "unit" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX unit_name ON "unit" (name COLLATE ru, id);
CREATE TABLE "brand" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX brand_marked ON "brand" (id) WHERE marked <> 0;
CREATE INDEX brand_uid ON "brand" (substr(uid, 1, 6));
CREATE INDEX brand_code ON "brand" (code);
CREATE INDEX brand_parent ON "brand" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX brand_name ON "brand" (name COLLATE ru, id);
CREATE TABLE "property" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX property_marked ON "property" (id) WHERE marked <> 0;
CREATE INDEX property_uid ON "property" (substr(uid, 1, 6));
CREATE INDEX property_code ON "property" (code);
CREATE INDEX property_parent ON "property" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX property_name ON "property" (name COLLATE ru, id);
CREATE TABLE "warehouse" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "address" TEXT NOT NULL DEFAULT '',
  "keeper" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX warehouse_marked ON "warehouse" (id) WHERE marked <> 0;
CREATE INDEX warehouse_uid ON "warehouse" (substr(uid, 1, 6));
CREATE INDEX warehouse_code ON "warehouse" (code);
CREATE INDEX warehouse_parent ON "warehouse" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX warehouse_name ON "warehouse" (name COLLATE ru, id);
CREATE TABLE "price_group" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX price_group_marked ON "price_group" (id) WHERE marked <> 0;
CREATE INDEX price_group_uid ON "price_group" (substr(uid, 1, 6));
CREATE INDEX price_group_code ON "price_group" (code);
CREATE INDEX price_group_parent ON "price_group" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX price_group_name ON "price_group" (name COLLATE ru, id);
CREATE TABLE "price_kind" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "purchase" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX price_kind_marked ON "price_kind" (id) WHERE marked <> 0;
CREATE INDEX price_kind_uid ON "price_kind" (substr(uid, 1, 6));
CREATE INDEX price_kind_code ON "price_kind" (code);
CREATE INDEX price_kind_parent ON "price_kind" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX price_kind_name ON "price_kind" (name COLLATE ru, id);
CREATE TABLE "bank" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "city" TEXT NOT NULL DEFAULT '',
  "correspondent" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bank_marked ON "bank" (id) WHERE marked <> 0;
CREATE INDEX bank_uid ON "bank" (substr(uid, 1, 6));
CREATE INDEX bank_code ON "bank" (code);
CREATE INDEX bank_parent ON "bank" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX bank_name ON "bank" (name COLLATE ru, id);
CREATE TABLE "bank_account" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "number" TEXT NOT NULL DEFAULT '',
  "bank" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX bank_account_marked ON "bank_account" (id) WHERE marked <> 0;
CREATE INDEX bank_account_uid ON "bank_account" (substr(uid, 1, 6));
CREATE INDEX bank_account_code ON "bank_account" (code);
CREATE INDEX bank_account_parent ON "bank_account" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX bank_account_name ON "bank_account" (name COLLATE ru, id);
CREATE INDEX bank_account_counterparty ON "bank_account" ("counterparty");
CREATE TABLE "cash_desk" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX cash_desk_marked ON "cash_desk" (id) WHERE marked <> 0;
CREATE INDEX cash_desk_uid ON "cash_desk" (substr(uid, 1, 6));
CREATE INDEX cash_desk_code ON "cash_desk" (code);
CREATE INDEX cash_desk_parent ON "cash_desk" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX cash_desk_name ON "cash_desk" (name COLLATE ru, id);
CREATE TABLE "currency" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "numeric" TEXT NOT NULL DEFAULT '',
  "symbol" TEXT NOT NULL DEFAULT '',
  "feminine" INTEGER NOT NULL DEFAULT 0,
  "one" TEXT NOT NULL DEFAULT '',
  "few" TEXT NOT NULL DEFAULT '',
  "many" TEXT NOT NULL DEFAULT '',
  "cent_feminine" INTEGER NOT NULL DEFAULT 0,
  "cent_one" TEXT NOT NULL DEFAULT '',
  "cent_few" TEXT NOT NULL DEFAULT '',
  "cent_many" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX currency_marked ON "currency" (id) WHERE marked <> 0;
CREATE INDEX currency_uid ON "currency" (substr(uid, 1, 6));
CREATE INDEX currency_code ON "currency" (code);
CREATE INDEX currency_parent ON "currency" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX currency_name ON "currency" (name COLLATE ru, id);
CREATE TABLE "vat_rate" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "class" INTEGER NOT NULL DEFAULT 0,
  "percent" INTEGER NOT NULL DEFAULT 0,
  "from" INTEGER NOT NULL DEFAULT 0,
  "until" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX vat_rate_marked ON "vat_rate" (id) WHERE marked <> 0;
CREATE INDEX vat_rate_uid ON "vat_rate" (substr(uid, 1, 6));
CREATE INDEX vat_rate_code ON "vat_rate" (code);
CREATE INDEX vat_rate_parent ON "vat_rate" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX vat_rate_name ON "vat_rate" (name COLLATE ru, id);
CREATE TABLE "till" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "tax_system" INTEGER NOT NULL DEFAULT 0,
  "buyer" INTEGER NOT NULL DEFAULT 0,
  "acquirer" INTEGER NOT NULL DEFAULT 0,
  "registrar" TEXT NOT NULL DEFAULT '',
  "paperless" INTEGER NOT NULL DEFAULT 0,
  "printed" INTEGER NOT NULL DEFAULT 0,
  "marking" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_marked ON "till" (id) WHERE marked <> 0;
CREATE INDEX till_uid ON "till" (substr(uid, 1, 6));
CREATE INDEX till_code ON "till" (code);
CREATE INDEX till_parent ON "till" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX till_name ON "till" (name COLLATE ru, id);
CREATE INDEX till_buyer ON "till" ("buyer");
CREATE INDEX till_acquirer ON "till" ("acquirer");
CREATE TABLE "discount_card" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" INTEGER NOT NULL DEFAULT 0,
  "folder" INTEGER NOT NULL DEFAULT 0,
  "number" TEXT NOT NULL DEFAULT '',
  "owner" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "blocked" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX discount_card_marked ON "discount_card" (id) WHERE marked <> 0;
CREATE INDEX discount_card_uid ON "discount_card" (substr(uid, 1, 6));
CREATE INDEX discount_card_code ON "discount_card" (code);
CREATE INDEX discount_card_parent ON "discount_card" (parent, folder DESC, name COLLATE ru, id);
CREATE INDEX discount_card_name ON "discount_card" (name COLLATE ru, id);
CREATE INDEX discount_card_number ON "discount_card" ("number");
CREATE INDEX discount_card_owner ON "discount_card" ("owner");
CREATE TABLE "opening_balance" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX opening_balance_marked ON "opening_balance" (id) WHERE marked <> 0;
CREATE INDEX opening_balance_uid ON "opening_balance" (substr(uid, 1, 6));
CREATE INDEX opening_balance_date ON "opening_balance" (date, id);
CREATE INDEX opening_balance_number ON "opening_balance" (number);
CREATE TABLE "opening_balance_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "opening_balance_funds" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "place" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_balance_funds_place ON "opening_balance_funds" ("place") WHERE "place" <> 0;
CREATE TABLE "opening_balance_settlements" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "opening_balance_accounts" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "sub2" INTEGER NOT NULL DEFAULT 0,
  "sub3" INTEGER NOT NULL DEFAULT 0,
  "debit" INTEGER NOT NULL DEFAULT 0,
  "credit" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_balance_accounts_sub1 ON "opening_balance_accounts" ("sub1") WHERE "sub1" <> 0;
CREATE INDEX opening_balance_accounts_sub2 ON "opening_balance_accounts" ("sub2") WHERE "sub2" <> 0;
CREATE INDEX opening_balance_accounts_sub3 ON "opening_balance_accounts" ("sub3") WHERE "sub3" <> 0;
CREATE TABLE "rate_setting" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX rate_setting_marked ON "rate_setting" (id) WHERE marked <> 0;
CREATE INDEX rate_setting_uid ON "rate_setting" (substr(uid, 1, 6));
CREATE INDEX rate_setting_date ON "rate_setting" (date, id);
CREATE INDEX rate_setting_number ON "rate_setting" (number);
CREATE TABLE "rate_setting_rates" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "nominal" INTEGER NOT NULL DEFAULT 0,
  "rate" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "price_setting" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "price_kind" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX price_setting_marked ON "price_setting" (id) WHERE marked <> 0;
CREATE INDEX price_setting_uid ON "price_setting" (substr(uid, 1, 6));
CREATE INDEX price_setting_date ON "price_setting" (date, id);
CREATE INDEX price_setting_number ON "price_setting" (number);
CREATE TABLE "price_setting_prices" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "supplier_order" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "due" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "closed" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX supplier_order_marked ON "supplier_order" (id) WHERE marked <> 0;
CREATE INDEX supplier_order_uid ON "supplier_order" (substr(uid, 1, 6));
CREATE INDEX supplier_order_date ON "supplier_order" (date, id);
CREATE INDEX supplier_order_number ON "supplier_order" (number);
CREATE INDEX supplier_order_supplier ON "supplier_order" ("supplier", date, id);
CREATE TABLE "supplier_order_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "customer_order" INTEGER NOT NULL DEFAULT 0,
  "customer_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX supplier_order_goods_customer_order ON "supplier_order_goods" ("customer_order") WHERE "customer_order" <> 0;
CREATE TABLE "goods_receipt" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "incoming_number" TEXT NOT NULL DEFAULT '',
  "incoming_date" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX goods_receipt_marked ON "goods_receipt" (id) WHERE marked <> 0;
CREATE INDEX goods_receipt_uid ON "goods_receipt" (substr(uid, 1, 6));
CREATE INDEX goods_receipt_date ON "goods_receipt" (date, id);
CREATE INDEX goods_receipt_number ON "goods_receipt" (number);
CREATE INDEX goods_receipt_supplier ON "goods_receipt" ("supplier", date, id);
CREATE INDEX goods_receipt_order ON "goods_receipt" ("order", date, id) WHERE "order" <> 0;
CREATE TABLE "goods_receipt_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "expense" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "papers" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "tax_invoice_received" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "receipt" INTEGER NOT NULL DEFAULT 0,
  "incoming_number" TEXT NOT NULL DEFAULT '',
  "incoming_date" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tax_invoice_received_marked ON "tax_invoice_received" (id) WHERE marked <> 0;
CREATE INDEX tax_invoice_received_uid ON "tax_invoice_received" (substr(uid, 1, 6));
CREATE INDEX tax_invoice_received_date ON "tax_invoice_received" (date, id);
CREATE INDEX tax_invoice_received_number ON "tax_invoice_received" (number);
CREATE INDEX tax_invoice_received_supplier ON "tax_invoice_received" ("supplier", date, id);
CREATE INDEX tax_invoice_received_receipt ON "tax_invoice_received" ("receipt", date, id) WHERE "receipt" <> 0;
CREATE TABLE "tax_invoice_received_rates" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "goods" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "customer_order" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "agreement" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "ship_date" INTEGER NOT NULL DEFAULT 0,
  "priority" INTEGER NOT NULL DEFAULT 0,
  "status" INTEGER NOT NULL DEFAULT 0,
  "reserve_until" INTEGER NOT NULL DEFAULT 0,
  "reserve_released" INTEGER NOT NULL DEFAULT 0,
  "agreed" INTEGER NOT NULL DEFAULT 0,
  "deviates" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "closed" INTEGER NOT NULL DEFAULT 0,
  "link" INTEGER NOT NULL DEFAULT 0,
  "site_number" TEXT NOT NULL DEFAULT '',
  "site_status" TEXT NOT NULL DEFAULT '',
  "site_paid" INTEGER NOT NULL DEFAULT 0,
  "payment_method" TEXT NOT NULL DEFAULT '',
  "delivery_method" TEXT NOT NULL DEFAULT '',
  "delivery_address" TEXT NOT NULL DEFAULT '',
  "attention" TEXT NOT NULL DEFAULT '',
  "state" INTEGER NOT NULL DEFAULT 0,
  "state_numbers" TEXT NOT NULL DEFAULT '',
  "unpaid" INTEGER NOT NULL DEFAULT 0,
  "reason" INTEGER NOT NULL DEFAULT 0,
  "twin" TEXT NOT NULL DEFAULT '',
  "not_twin" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX customer_order_marked ON "customer_order" (id) WHERE marked <> 0;
CREATE INDEX customer_order_uid ON "customer_order" (substr(uid, 1, 6));
CREATE INDEX customer_order_date ON "customer_order" (date, id);
CREATE INDEX customer_order_number ON "customer_order" (number);
CREATE INDEX customer_order_customer ON "customer_order" ("customer", date, id);
CREATE INDEX customer_order_manager ON "customer_order" ("manager", date, id) WHERE "manager" <> 0;
CREATE INDEX customer_order_status ON "customer_order" ("status", date, id) WHERE "status" <> 0;
CREATE INDEX customer_order_reserve_until ON "customer_order" ("reserve_until", date, id) WHERE "reserve_until" <> 0;
CREATE INDEX customer_order_attention ON "customer_order" ("attention", date, id) WHERE "attention" <> '';
CREATE INDEX customer_order_state ON "customer_order" ("state", date, id);
CREATE TABLE "customer_order_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "action" INTEGER NOT NULL DEFAULT 0,
  "cancelled" INTEGER NOT NULL DEFAULT 0,
  "site_item" TEXT NOT NULL DEFAULT '',
  "reason" INTEGER NOT NULL DEFAULT 0,
  "asked" INTEGER NOT NULL DEFAULT 0,
  "lacked" INTEGER NOT NULL DEFAULT 0,
  "instead_of" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_order_goods_site_item ON "customer_order_goods" ("site_item") WHERE "site_item" <> '';
CREATE TABLE "customer_order_stages" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "percent" INTEGER NOT NULL DEFAULT 0,
  "days" INTEGER NOT NULL DEFAULT 0,
  "due" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "customer_order_requisites" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "name" TEXT NOT NULL DEFAULT '',
  "value" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "invoice" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "due" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX invoice_marked ON "invoice" (id) WHERE marked <> 0;
CREATE INDEX invoice_uid ON "invoice" (substr(uid, 1, 6));
CREATE INDEX invoice_date ON "invoice" (date, id);
CREATE INDEX invoice_number ON "invoice" (number);
CREATE INDEX invoice_customer ON "invoice" ("customer", date, id);
CREATE INDEX invoice_order ON "invoice" ("order", date, id) WHERE "order" <> 0;
CREATE TABLE "invoice_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "goods_issue" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX goods_issue_marked ON "goods_issue" (id) WHERE marked <> 0;
CREATE INDEX goods_issue_uid ON "goods_issue" (substr(uid, 1, 6));
CREATE INDEX goods_issue_date ON "goods_issue" (date, id);
CREATE INDEX goods_issue_number ON "goods_issue" (number);
CREATE INDEX goods_issue_customer ON "goods_issue" ("customer", date, id);
CREATE INDEX goods_issue_order ON "goods_issue" ("order", date, id) WHERE "order" <> 0;
CREATE TABLE "goods_issue_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "tax_invoice_issued" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "issue" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tax_invoice_issued_marked ON "tax_invoice_issued" (id) WHERE marked <> 0;
CREATE INDEX tax_invoice_issued_uid ON "tax_invoice_issued" (substr(uid, 1, 6));
CREATE INDEX tax_invoice_issued_date ON "tax_invoice_issued" (date, id);
CREATE INDEX tax_invoice_issued_number ON "tax_invoice_issued" (number);
CREATE INDEX tax_invoice_issued_customer ON "tax_invoice_issued" ("customer", date, id);
CREATE INDEX tax_invoice_issued_issue ON "tax_invoice_issued" ("issue", date, id) WHERE "issue" <> 0;
CREATE TABLE "tax_invoice_issued_rates" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "customer_return" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "issue" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX customer_return_marked ON "customer_return" (id) WHERE marked <> 0;
CREATE INDEX customer_return_uid ON "customer_return" (substr(uid, 1, 6));
CREATE INDEX customer_return_date ON "customer_return" (date, id);
CREATE INDEX customer_return_number ON "customer_return" (number);
CREATE INDEX customer_return_customer ON "customer_return" ("customer", date, id);
CREATE INDEX customer_return_issue ON "customer_return" ("issue", date, id) WHERE "issue" <> 0;
CREATE TABLE "customer_return_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "issue_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "supplier_return" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "receipt" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "vat_included" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX supplier_return_marked ON "supplier_return" (id) WHERE marked <> 0;
CREATE INDEX supplier_return_uid ON "supplier_return" (substr(uid, 1, 6));
CREATE INDEX supplier_return_date ON "supplier_return" (date, id);
CREATE INDEX supplier_return_number ON "supplier_return" (number);
CREATE INDEX supplier_return_supplier ON "supplier_return" ("supplier", date, id);
CREATE INDEX supplier_return_receipt ON "supplier_return" ("receipt", date, id) WHERE "receipt" <> 0;
CREATE TABLE "supplier_return_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "cash_receipt" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "received_from" TEXT NOT NULL DEFAULT '',
  "basis" TEXT NOT NULL DEFAULT '',
  "attachment" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX cash_receipt_marked ON "cash_receipt" (id) WHERE marked <> 0;
CREATE INDEX cash_receipt_uid ON "cash_receipt" (substr(uid, 1, 6));
CREATE INDEX cash_receipt_date ON "cash_receipt" (date, id);
CREATE INDEX cash_receipt_number ON "cash_receipt" (number);
CREATE INDEX cash_receipt_counterparty ON "cash_receipt" ("counterparty", date, id);
CREATE INDEX cash_receipt_sub1 ON "cash_receipt" ("sub1", date, id) WHERE "sub1" <> 0;
CREATE TABLE "cash_receipt_split" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_receipt_split_order ON "cash_receipt_split" ("order") WHERE "order" <> 0;
CREATE TABLE "bank_receipt" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "incoming_number" TEXT NOT NULL DEFAULT '',
  "incoming_date" INTEGER NOT NULL DEFAULT 0,
  "purpose" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bank_receipt_marked ON "bank_receipt" (id) WHERE marked <> 0;
CREATE INDEX bank_receipt_uid ON "bank_receipt" (substr(uid, 1, 6));
CREATE INDEX bank_receipt_date ON "bank_receipt" (date, id);
CREATE INDEX bank_receipt_number ON "bank_receipt" (number);
CREATE INDEX bank_receipt_counterparty ON "bank_receipt" ("counterparty", date, id);
CREATE INDEX bank_receipt_sub1 ON "bank_receipt" ("sub1", date, id) WHERE "sub1" <> 0;
CREATE TABLE "bank_receipt_split" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_receipt_split_order ON "bank_receipt_split" ("order") WHERE "order" <> 0;
CREATE TABLE "cash_issue" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "employee" INTEGER NOT NULL DEFAULT 0,
  "issued_to" TEXT NOT NULL DEFAULT '',
  "passport" TEXT NOT NULL DEFAULT '',
  "basis" TEXT NOT NULL DEFAULT '',
  "attachment" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX cash_issue_marked ON "cash_issue" (id) WHERE marked <> 0;
CREATE INDEX cash_issue_uid ON "cash_issue" (substr(uid, 1, 6));
CREATE INDEX cash_issue_date ON "cash_issue" (date, id);
CREATE INDEX cash_issue_number ON "cash_issue" (number);
CREATE INDEX cash_issue_counterparty ON "cash_issue" ("counterparty", date, id);
CREATE INDEX cash_issue_sub1 ON "cash_issue" ("sub1", date, id) WHERE "sub1" <> 0;
CREATE TABLE "cash_issue_split" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_issue_split_order ON "cash_issue_split" ("order") WHERE "order" <> 0;
CREATE TABLE "payment_order" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "payee_account" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "purpose" TEXT NOT NULL DEFAULT '',
  "priority" INTEGER NOT NULL DEFAULT 0,
  "uin" TEXT NOT NULL DEFAULT '',
  "drawer_status" TEXT NOT NULL DEFAULT '',
  "budget_code" TEXT NOT NULL DEFAULT '',
  "oktmo" TEXT NOT NULL DEFAULT '',
  "tax_reason" TEXT NOT NULL DEFAULT '',
  "tax_period" TEXT NOT NULL DEFAULT '',
  "tax_number" TEXT NOT NULL DEFAULT '',
  "tax_date" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX payment_order_marked ON "payment_order" (id) WHERE marked <> 0;
CREATE INDEX payment_order_uid ON "payment_order" (substr(uid, 1, 6));
CREATE INDEX payment_order_date ON "payment_order" (date, id);
CREATE INDEX payment_order_number ON "payment_order" (number);
CREATE INDEX payment_order_counterparty ON "payment_order" ("counterparty", date, id);
CREATE TABLE "payment_order_split" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_order_split_order ON "payment_order_split" ("order") WHERE "order" <> 0;
CREATE TABLE "bank_debit" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "bank_account" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "payment_order" INTEGER NOT NULL DEFAULT 0,
  "purpose" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bank_debit_marked ON "bank_debit" (id) WHERE marked <> 0;
CREATE INDEX bank_debit_uid ON "bank_debit" (substr(uid, 1, 6));
CREATE INDEX bank_debit_date ON "bank_debit" (date, id);
CREATE INDEX bank_debit_number ON "bank_debit" (number);
CREATE INDEX bank_debit_counterparty ON "bank_debit" ("counterparty", date, id);
CREATE INDEX bank_debit_sub1 ON "bank_debit" ("sub1", date, id) WHERE "sub1" <> 0;
CREATE INDEX bank_debit_payment_order ON "bank_debit" ("payment_order", date, id) WHERE "payment_order" <> 0;
CREATE TABLE "bank_debit_split" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_debit_split_order ON "bank_debit_split" ("order") WHERE "order" <> 0;
CREATE TABLE "manual_entry" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "content" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX manual_entry_marked ON "manual_entry" (id) WHERE marked <> 0;
CREATE INDEX manual_entry_uid ON "manual_entry" (substr(uid, 1, 6));
CREATE INDEX manual_entry_date ON "manual_entry" (date, id);
CREATE INDEX manual_entry_number ON "manual_entry" (number);
CREATE TABLE "manual_entry_entries" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "debit" INTEGER NOT NULL DEFAULT 0,
  "debit1" INTEGER NOT NULL DEFAULT 0,
  "debit2" INTEGER NOT NULL DEFAULT 0,
  "debit3" INTEGER NOT NULL DEFAULT 0,
  "debit_qty" INTEGER NOT NULL DEFAULT 0,
  "credit" INTEGER NOT NULL DEFAULT 0,
  "credit1" INTEGER NOT NULL DEFAULT 0,
  "credit2" INTEGER NOT NULL DEFAULT 0,
  "credit3" INTEGER NOT NULL DEFAULT 0,
  "credit_qty" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "content" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX manual_entry_entries_debit1 ON "manual_entry_entries" ("debit1") WHERE "debit1" <> 0;
CREATE INDEX manual_entry_entries_debit2 ON "manual_entry_entries" ("debit2") WHERE "debit2" <> 0;
CREATE INDEX manual_entry_entries_debit3 ON "manual_entry_entries" ("debit3") WHERE "debit3" <> 0;
CREATE INDEX manual_entry_entries_credit1 ON "manual_entry_entries" ("credit1") WHERE "credit1" <> 0;
CREATE INDEX manual_entry_entries_credit2 ON "manual_entry_entries" ("credit2") WHERE "credit2" <> 0;
CREATE INDEX manual_entry_entries_credit3 ON "manual_entry_entries" ("credit3") WHERE "credit3" <> 0;
CREATE TABLE "month_closing" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "sales_result" INTEGER NOT NULL DEFAULT 0,
  "other_result" INTEGER NOT NULL DEFAULT 0,
  "stale" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX month_closing_marked ON "month_closing" (id) WHERE marked <> 0;
CREATE INDEX month_closing_uid ON "month_closing" (substr(uid, 1, 6));
CREATE INDEX month_closing_date ON "month_closing" (date, id);
CREATE INDEX month_closing_number ON "month_closing" (number);
CREATE TABLE "till_shift" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0,
  "closed" INTEGER NOT NULL DEFAULT 0,
  "cash_start" INTEGER NOT NULL DEFAULT 0,
  "receipts" INTEGER NOT NULL DEFAULT 0,
  "returns" INTEGER NOT NULL DEFAULT 0,
  "sales_cash" INTEGER NOT NULL DEFAULT 0,
  "sales_card" INTEGER NOT NULL DEFAULT 0,
  "sales_advance" INTEGER NOT NULL DEFAULT 0,
  "returned_cash" INTEGER NOT NULL DEFAULT 0,
  "returned_card" INTEGER NOT NULL DEFAULT 0,
  "returned_advance" INTEGER NOT NULL DEFAULT 0,
  "put_in" INTEGER NOT NULL DEFAULT 0,
  "taken_out" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "expected" INTEGER NOT NULL DEFAULT 0,
  "counted" INTEGER NOT NULL DEFAULT 0,
  "registrar_shift" INTEGER NOT NULL DEFAULT 0,
  "registrar_sales" INTEGER NOT NULL DEFAULT 0,
  "registrar_returns" INTEGER NOT NULL DEFAULT 0,
  "registrar_cash" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_shift_marked ON "till_shift" (id) WHERE marked <> 0;
CREATE INDEX till_shift_uid ON "till_shift" (substr(uid, 1, 6));
CREATE INDEX till_shift_date ON "till_shift" (date, id);
CREATE INDEX till_shift_number ON "till_shift" (number);
CREATE INDEX till_shift_till ON "till_shift" ("till", date, id);
CREATE TABLE "till_receipt" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "shift" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "card" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "paid_cash" INTEGER NOT NULL DEFAULT 0,
  "paid_card" INTEGER NOT NULL DEFAULT 0,
  "paid_advance" INTEGER NOT NULL DEFAULT 0,
  "tendered" INTEGER NOT NULL DEFAULT 0,
  "change" INTEGER NOT NULL DEFAULT 0,
  "buyer_address" TEXT NOT NULL DEFAULT '',
  "permitted_by" INTEGER NOT NULL DEFAULT 0,
  "fiscal_state" INTEGER NOT NULL DEFAULT 0,
  "fiscal_number" INTEGER NOT NULL DEFAULT 0,
  "fiscal_sign" INTEGER NOT NULL DEFAULT 0,
  "fiscal_at" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_receipt_marked ON "till_receipt" (id) WHERE marked <> 0;
CREATE INDEX till_receipt_uid ON "till_receipt" (substr(uid, 1, 6));
CREATE INDEX till_receipt_date ON "till_receipt" (date, id);
CREATE INDEX till_receipt_number ON "till_receipt" (number);
CREATE INDEX till_receipt_shift ON "till_receipt" ("shift", date, id) WHERE "shift" <> 0;
CREATE INDEX till_receipt_customer ON "till_receipt" ("customer", date, id);
CREATE INDEX till_receipt_order ON "till_receipt" ("order", date, id) WHERE "order" <> 0;
CREATE INDEX till_receipt_fiscal_number ON "till_receipt" ("fiscal_number", date, id);
CREATE TABLE "till_receipt_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "barcode" TEXT NOT NULL DEFAULT '',
  "marking" TEXT NOT NULL DEFAULT '',
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "till_return" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "shift" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "receipt" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "paid_cash" INTEGER NOT NULL DEFAULT 0,
  "paid_card" INTEGER NOT NULL DEFAULT 0,
  "paid_advance" INTEGER NOT NULL DEFAULT 0,
  "permitted_by" INTEGER NOT NULL DEFAULT 0,
  "fiscal_state" INTEGER NOT NULL DEFAULT 0,
  "fiscal_number" INTEGER NOT NULL DEFAULT 0,
  "fiscal_sign" INTEGER NOT NULL DEFAULT 0,
  "fiscal_at" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_return_marked ON "till_return" (id) WHERE marked <> 0;
CREATE INDEX till_return_uid ON "till_return" (substr(uid, 1, 6));
CREATE INDEX till_return_date ON "till_return" (date, id);
CREATE INDEX till_return_number ON "till_return" (number);
CREATE INDEX till_return_shift ON "till_return" ("shift", date, id) WHERE "shift" <> 0;
CREATE INDEX till_return_receipt ON "till_return" ("receipt", date, id) WHERE "receipt" <> 0;
CREATE INDEX till_return_customer ON "till_return" ("customer", date, id);
CREATE TABLE "till_return_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "marking" TEXT NOT NULL DEFAULT '',
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "receipt_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "till_cash" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "shift" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "other_desk" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_cash_marked ON "till_cash" (id) WHERE marked <> 0;
CREATE INDEX till_cash_uid ON "till_cash" (substr(uid, 1, 6));
CREATE INDEX till_cash_date ON "till_cash" (date, id);
CREATE INDEX till_cash_number ON "till_cash" (number);
CREATE INDEX till_cash_shift ON "till_cash" ("shift", date, id) WHERE "shift" <> 0;
CREATE TABLE "stock_count" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "keeper" INTEGER NOT NULL DEFAULT 0,
  "order_number" TEXT NOT NULL DEFAULT '',
  "surplus" INTEGER NOT NULL DEFAULT 0,
  "shortage" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stock_count_marked ON "stock_count" (id) WHERE marked <> 0;
CREATE INDEX stock_count_uid ON "stock_count" (substr(uid, 1, 6));
CREATE INDEX stock_count_date ON "stock_count" (date, id);
CREATE INDEX stock_count_number ON "stock_count" (number);
CREATE TABLE "stock_count_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "book" INTEGER NOT NULL DEFAULT 0,
  "difference" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "at" INTEGER NOT NULL DEFAULT 0,
  "recount" INTEGER NOT NULL DEFAULT 0,
  "counter" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "stock_surplus" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "count" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stock_surplus_marked ON "stock_surplus" (id) WHERE marked <> 0;
CREATE INDEX stock_surplus_uid ON "stock_surplus" (substr(uid, 1, 6));
CREATE INDEX stock_surplus_date ON "stock_surplus" (date, id);
CREATE INDEX stock_surplus_number ON "stock_surplus" (number);
CREATE INDEX stock_surplus_count ON "stock_surplus" ("count", date, id) WHERE "count" <> 0;
CREATE TABLE "stock_surplus_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "stock_write_off" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "count" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stock_write_off_marked ON "stock_write_off" (id) WHERE marked <> 0;
CREATE INDEX stock_write_off_uid ON "stock_write_off" (substr(uid, 1, 6));
CREATE INDEX stock_write_off_date ON "stock_write_off" (date, id);
CREATE INDEX stock_write_off_number ON "stock_write_off" (number);
CREATE INDEX stock_write_off_count ON "stock_write_off" ("count", date, id) WHERE "count" <> 0;
CREATE TABLE "stock_write_off_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "demand_note" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "reason" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX demand_note_marked ON "demand_note" (id) WHERE marked <> 0;
CREATE INDEX demand_note_uid ON "demand_note" (substr(uid, 1, 6));
CREATE INDEX demand_note_date ON "demand_note" (date, id);
CREATE INDEX demand_note_number ON "demand_note" (number);
CREATE INDEX demand_note_customer ON "demand_note" ("customer", date, id);
CREATE TABLE "demand_note_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "discrepancy_act" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "supplier" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "receipt" INTEGER NOT NULL DEFAULT 0,
  "incoming_number" TEXT NOT NULL DEFAULT '',
  "incoming_date" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX discrepancy_act_marked ON "discrepancy_act" (id) WHERE marked <> 0;
CREATE INDEX discrepancy_act_uid ON "discrepancy_act" (substr(uid, 1, 6));
CREATE INDEX discrepancy_act_date ON "discrepancy_act" (date, id);
CREATE INDEX discrepancy_act_number ON "discrepancy_act" (number);
CREATE INDEX discrepancy_act_supplier ON "discrepancy_act" ("supplier", date, id);
CREATE INDEX discrepancy_act_receipt ON "discrepancy_act" ("receipt", date, id) WHERE "receipt" <> 0;
CREATE TABLE "discrepancy_act_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "papers" INTEGER NOT NULL DEFAULT 0,
  "counted" INTEGER NOT NULL DEFAULT 0,
  "difference" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "corrective_invoice" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "returned" INTEGER NOT NULL DEFAULT 0,
  "invoice" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX corrective_invoice_marked ON "corrective_invoice" (id) WHERE marked <> 0;
CREATE INDEX corrective_invoice_uid ON "corrective_invoice" (substr(uid, 1, 6));
CREATE INDEX corrective_invoice_date ON "corrective_invoice" (date, id);
CREATE INDEX corrective_invoice_number ON "corrective_invoice" (number);
CREATE INDEX corrective_invoice_customer ON "corrective_invoice" ("customer", date, id);
CREATE INDEX corrective_invoice_returned ON "corrective_invoice" ("returned", date, id) WHERE "returned" <> 0;
CREATE INDEX corrective_invoice_invoice ON "corrective_invoice" ("invoice", date, id) WHERE "invoice" <> 0;
CREATE TABLE "corrective_invoice_rates" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE "till_advance" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "shift" INTEGER NOT NULL DEFAULT 0,
  "cash_desk" INTEGER NOT NULL DEFAULT 0,
  "operation" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "paid_cash" INTEGER NOT NULL DEFAULT 0,
  "paid_card" INTEGER NOT NULL DEFAULT 0,
  "buyer_address" TEXT NOT NULL DEFAULT '',
  "fiscal_state" INTEGER NOT NULL DEFAULT 0,
  "fiscal_number" INTEGER NOT NULL DEFAULT 0,
  "fiscal_sign" INTEGER NOT NULL DEFAULT 0,
  "fiscal_at" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_advance_marked ON "till_advance" (id) WHERE marked <> 0;
CREATE INDEX till_advance_uid ON "till_advance" (substr(uid, 1, 6));
CREATE INDEX till_advance_date ON "till_advance" (date, id);
CREATE INDEX till_advance_number ON "till_advance" (number);
CREATE INDEX till_advance_shift ON "till_advance" ("shift", date, id) WHERE "shift" <> 0;
CREATE INDEX till_advance_customer ON "till_advance" ("customer", date, id);
CREATE INDEX till_advance_order ON "till_advance" ("order", date, id) WHERE "order" <> 0;
CREATE TABLE "till_correction" (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  marked INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "date" INTEGER NOT NULL DEFAULT 0,
  "comment" TEXT NOT NULL DEFAULT '',
  "company" INTEGER NOT NULL DEFAULT 0,
  "till" INTEGER NOT NULL DEFAULT 0,
  "shift" INTEGER NOT NULL DEFAULT 0,
  "cashier" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "ground" INTEGER NOT NULL DEFAULT 0,
  "corrected_on" INTEGER NOT NULL DEFAULT 0,
  "order_number" TEXT NOT NULL DEFAULT '',
  "receipt" INTEGER NOT NULL DEFAULT 0,
  "price_kind" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "paid_cash" INTEGER NOT NULL DEFAULT 0,
  "paid_card" INTEGER NOT NULL DEFAULT 0,
  "paid_advance" INTEGER NOT NULL DEFAULT 0,
  "fiscal_state" INTEGER NOT NULL DEFAULT 0,
  "fiscal_number" INTEGER NOT NULL DEFAULT 0,
  "fiscal_sign" INTEGER NOT NULL DEFAULT 0,
  "fiscal_at" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX till_correction_marked ON "till_correction" (id) WHERE marked <> 0;
CREATE INDEX till_correction_uid ON "till_correction" (substr(uid, 1, 6));
CREATE INDEX till_correction_date ON "till_correction" (date, id);
CREATE INDEX till_correction_number ON "till_correction" (number);
CREATE INDEX till_correction_shift ON "till_correction" ("shift", date, id) WHERE "shift" <> 0;
CREATE INDEX till_correction_receipt ON "till_correction" ("receipt", date, id) WHERE "receipt" <> 0;
CREATE TABLE "till_correction_goods" (
  owner INTEGER NOT NULL,
  line INTEGER NOT NULL,
  key INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "discount" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "vat_amount" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  "rule" INTEGER NOT NULL DEFAULT 0,
  "source" INTEGER NOT NULL DEFAULT 0,
  "source_line" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_moves_key ON stock_moves ("company", "warehouse", "item", date, document, line);
CREATE INDEX stock_moves_date ON stock_moves (date);
CREATE INDEX stock_moves_source ON stock_moves ("source", "source_line") WHERE source <> 0;
CREATE TABLE stock_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  last_date INTEGER NOT NULL DEFAULT 0,
  last_document INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "warehouse", "item")
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_months (
  month INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (month, "company", "warehouse", "item")
) STRICT, WITHOUT ROWID;
CREATE TABLE batches_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "since" INTEGER NOT NULL DEFAULT 0,
  "batch" INTEGER NOT NULL DEFAULT 0,
  "batch_line" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE batches_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "since" INTEGER NOT NULL DEFAULT 0,
  "batch" INTEGER NOT NULL DEFAULT 0,
  "batch_line" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "warehouse", "item", "since", "batch", "batch_line")
) STRICT, WITHOUT ROWID;
CREATE TABLE reserves_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX reserves_moves_date ON reserves_moves (date);
CREATE TABLE reserves_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "warehouse", "item", "order", "order_line")
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_orders_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "left" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_orders_now (
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "left" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("warehouse", "item", "order", "order_line")
) STRICT, WITHOUT ROWID;
CREATE TABLE order_debts_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "unpaid" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE order_debts_now (
  "order" INTEGER NOT NULL DEFAULT 0,
  "unpaid" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("order")
) STRICT, WITHOUT ROWID;
CREATE TABLE supplier_orders_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "customer_order" INTEGER NOT NULL DEFAULT 0,
  "customer_line" INTEGER NOT NULL DEFAULT 0,
  "left" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX supplier_orders_moves_date ON supplier_orders_moves (date);
CREATE TABLE supplier_orders_now (
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "order_line" INTEGER NOT NULL DEFAULT 0,
  "customer_order" INTEGER NOT NULL DEFAULT 0,
  "customer_line" INTEGER NOT NULL DEFAULT 0,
  "left" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("warehouse", "item", "order", "order_line", "customer_order", "customer_line")
) STRICT, WITHOUT ROWID;
CREATE TABLE planned_receipts_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "order" INTEGER NOT NULL DEFAULT 0,
  "due" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE planned_receipts_now (
  "order" INTEGER NOT NULL DEFAULT 0,
  "due" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("order", "due")
) STRICT, WITHOUT ROWID;
CREATE TABLE settlements_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "role" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "source" INTEGER NOT NULL DEFAULT 0,
  "account" INTEGER NOT NULL DEFAULT 0,
  "sub1" INTEGER NOT NULL DEFAULT 0,
  "sub2" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX settlements_moves_key ON settlements_moves ("company", "counterparty", "contract", date, document, line);
CREATE INDEX settlements_moves_date ON settlements_moves (date);
CREATE INDEX settlements_moves_source ON settlements_moves ("source") WHERE source <> 0;
CREATE TABLE settlements_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  last_date INTEGER NOT NULL DEFAULT 0,
  last_document INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "counterparty", "contract")
) STRICT, WITHOUT ROWID;
CREATE TABLE settlements_months (
  month INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (month, "company", "counterparty", "contract")
) STRICT, WITHOUT ROWID;
CREATE TABLE open_items_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "since" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE open_items_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "contract" INTEGER NOT NULL DEFAULT 0,
  "since" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "contract", "since", "item")
) STRICT, WITHOUT ROWID;
CREATE TABLE funds_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "place" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "flow" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX funds_moves_key ON funds_moves ("company", "place", date, document, line);
CREATE INDEX funds_moves_date ON funds_moves (date);
CREATE TABLE funds_now (
  "company" INTEGER NOT NULL DEFAULT 0,
  "place" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  last_date INTEGER NOT NULL DEFAULT 0,
  last_document INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("company", "place")
) STRICT, WITHOUT ROWID;
CREATE TABLE funds_months (
  month INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "place" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (month, "company", "place")
) STRICT, WITHOUT ROWID;
CREATE TABLE sales_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "item" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  "cost" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_moves_date ON sales_moves (date);
CREATE TABLE prices_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX prices_moves_key ON prices_moves ("item", "kind", date, document, line);
CREATE TABLE rates_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "currency" INTEGER NOT NULL DEFAULT 0,
  "rate" INTEGER NOT NULL DEFAULT 0,
  "nominal" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX rates_moves_key ON rates_moves ("currency", date, document, line);
CREATE TABLE vat_book_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "company" INTEGER NOT NULL DEFAULT 0,
  "kind" INTEGER NOT NULL DEFAULT 0,
  "counterparty" INTEGER NOT NULL DEFAULT 0,
  "basis" INTEGER NOT NULL DEFAULT 0,
  "rate" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0,
  "vat" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX vat_book_moves_date ON vat_book_moves (date);
CREATE TABLE lost_demand_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  "item" INTEGER NOT NULL DEFAULT 0,
  "customer" INTEGER NOT NULL DEFAULT 0,
  "company" INTEGER NOT NULL DEFAULT 0,
  "warehouse" INTEGER NOT NULL DEFAULT 0,
  "manager" INTEGER NOT NULL DEFAULT 0,
  "reason" INTEGER NOT NULL DEFAULT 0,
  "source" INTEGER NOT NULL DEFAULT 0,
  "qty" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "wanted" INTEGER NOT NULL DEFAULT 0,
  "worth" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX lost_demand_moves_date ON lost_demand_moves (date);
CREATE TABLE ledger_moves (
  document INTEGER NOT NULL,
  line INTEGER NOT NULL,
  date INTEGER NOT NULL,
  company INTEGER NOT NULL,
  debit INTEGER NOT NULL DEFAULT 0,
  debit1 INTEGER NOT NULL DEFAULT 0,
  debit2 INTEGER NOT NULL DEFAULT 0,
  debit3 INTEGER NOT NULL DEFAULT 0,
  debit_qty INTEGER NOT NULL DEFAULT 0,
  debit_currency INTEGER NOT NULL DEFAULT 0,
  debit_currency_amount INTEGER NOT NULL DEFAULT 0,
  credit INTEGER NOT NULL DEFAULT 0,
  credit1 INTEGER NOT NULL DEFAULT 0,
  credit2 INTEGER NOT NULL DEFAULT 0,
  credit3 INTEGER NOT NULL DEFAULT 0,
  credit_qty INTEGER NOT NULL DEFAULT 0,
  credit_currency INTEGER NOT NULL DEFAULT 0,
  credit_currency_amount INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  rule INTEGER NOT NULL DEFAULT 0,
  rule_line INTEGER NOT NULL DEFAULT 0,
  rule_base INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (document, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_moves_debit ON ledger_moves (debit, date, document, line);
CREATE INDEX ledger_moves_credit ON ledger_moves (credit, date, document, line);
CREATE TABLE ledger_now (
  company INTEGER NOT NULL,
  account INTEGER NOT NULL,
  sub1 INTEGER NOT NULL,
  sub2 INTEGER NOT NULL,
  sub3 INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  amount INTEGER NOT NULL DEFAULT 0,
  qty INTEGER NOT NULL DEFAULT 0,
  currency_amount INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (company, account, sub1, sub2, sub3, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_months (
  month INTEGER NOT NULL,
  company INTEGER NOT NULL,
  account INTEGER NOT NULL,
  sub1 INTEGER NOT NULL,
  sub2 INTEGER NOT NULL,
  sub3 INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  debit INTEGER NOT NULL DEFAULT 0,
  credit INTEGER NOT NULL DEFAULT 0,
  debit_qty INTEGER NOT NULL DEFAULT 0,
  credit_qty INTEGER NOT NULL DEFAULT 0,
  debit_currency INTEGER NOT NULL DEFAULT 0,
  credit_currency INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (month, company, account, sub1, sub2, sub3, currency)
) STRICT, WITHOUT ROWID;
