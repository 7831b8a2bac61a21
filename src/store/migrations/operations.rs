//! Layout 3: the history no longer says when and in which session, for its operation does. Changes made before there
//! were operations get one for each moment and session.

use crate::kernel::problems::Outcome;
use crate::store::base::Store;
use crate::store::dialect::Dialect;

/// Before the columns go: changes of no operation, with the number of the one they will belong to. Numbers grow with
/// time, so that they stand below those a base has, or begin with one where there are none.
pub fn lay_aside(store: &Store) -> Outcome<()> {
    let (number, without) = if store.layout_version()? < 2 {
        ("dense_rank() OVER (ORDER BY at, session)", "")
    } else {
        ("-dense_rank() OVER (ORDER BY at DESC, session DESC)", " WHERE operation = 0")
    };
    store.engine().batch(&format!(
        "CREATE TABLE history_aside AS SELECT object, version, at, session, {number} AS operation FROM history{without};
         CREATE UNIQUE INDEX history_aside_version ON history_aside (object, version)"
    ))
}

/// After: the operations, of the commonest sort (objects were written), and the changes that belong to them.
pub fn give(store: &Store) -> Outcome<()> {
    let (empty, counted) = match store.dialect() {
        Dialect::Sqlite => ("x''", ""),
        Dialect::Postgres => (
            "''::bytea",
            "SELECT setval(pg_get_serial_sequence('operations', 'id'), id) FROM operations WHERE id > 0 \
             ORDER BY id DESC LIMIT 1;",
        ),
    };
    store.engine().batch(&format!(
        "INSERT INTO operations (id, session, account, at, op, undoes, key, touched) \
         SELECT DISTINCT a.operation, a.session, COALESCE(s.account, 0), a.at, 2, 0, '', {empty} \
         FROM history_aside a LEFT JOIN sessions s ON s.id = a.session; \
         UPDATE history SET operation = (SELECT a.operation FROM history_aside a \
         WHERE a.object = history.object AND a.version = history.version) WHERE operation = 0; \
         DROP TABLE history_aside; {counted}"
    ))
}
