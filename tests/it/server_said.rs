//! What is said when a shared base cannot be reached, opened or made, and that nothing is then left behind.

use crate::bases::{or_say, today};
use crate::server::{PASSWORD, Server, server};
use kontora::kernel::clock::Clock;
use kontora::ops::gate::{Op, Session};
use kontora::ops::seed;
use kontora::store::address::Address;
use kontora::store::schema::VERSION;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

/// What opening says, with the address of the server left out.
fn opening(address: &str) -> String {
    match Session::open(Address::named(address), clock()) {
        Ok(_) => "opened".to_owned(),
        Err(error) => plain(&error.sentence()),
    }
}

fn making(address: &str) -> String {
    match seed::create(Address::named(address), clock()) {
        Ok(_) => "made".to_owned(),
        Err(error) => plain(&error.sentence()),
    }
}

/// The sentence with the changing number of the port left out.
fn plain(said: &str) -> String {
    let Some((before, after)) = said.split_once("127.0.0.1:") else { return said.to_owned() };
    format!("{before}X{}", after.trim_start_matches(|letter: char| letter.is_ascii_digit()))
}

fn each(run: impl Fn(&Server)) {
    if let Some(server) = server() {
        run(server);
    }
}

#[test]
fn an_address_that_is_none_is_refused_without_its_password() {
    let said = "Адрес postgres://anna@db не понят. Нужен вид postgres://имя:пароль@сервер:5432/база";
    assert_eq!(opening("postgres://anna:secret@db"), said);
    assert_eq!(making("postgres://anna:secret@db"), said);
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = "Сервер X не отвечает. Проверьте адрес, сеть и запущен ли на нем PostgreSQL (";
    let found = opening(&format!("postgres://anna@127.0.0.1:{port}/shop"));
    assert!(found.starts_with(said), "{found}");
}

#[test]
fn names_and_passwords_are_told_from_missing_bases() {
    each(|server| {
        let said = "Сервер не принял имя «clerk» или пароль (postgres://clerk@X/postgres). Проверьте их";
        assert_eq!(opening(&server.guarded(":wrong", "postgres")), said);
        let said = "Сервер спрашивает пароль пользователя «clerk» (postgres://clerk@X/postgres). Укажите его в адресе";
        assert_eq!(opening(&server.guarded("", "postgres")), said);
        let said = "База данных postgres://clerk@X/postgres - не база Конторы. Укажите другую";
        let password = PASSWORD.replace(' ', "%20");
        assert_eq!(opening(&server.guarded(&format!(":{password}"), "postgres")), said);
        let said = "Базы postgres://kontora@X/nowhere на сервере нет. Проверьте имя или создайте ее";
        assert_eq!(opening(&server.address("nowhere")), said);
        let said = "Сервер не разрешает создать базу postgres://clerk@X/nowhere. \
                    Попросите администратора создать пустую базу данных с этим именем";
        assert_eq!(making(&server.guarded(&format!(":{password}"), "nowhere")), said);
    });
}

#[test]
fn a_base_is_made_in_a_new_database_or_in_an_empty_one_and_never_over_another() {
    each(|server| {
        assert_eq!(making(&server.address("new")), "made");
        assert_eq!(opening(&server.address("new")), "opened");
        let said = "База postgres://kontora@X/new уже есть. Укажите другое имя";
        assert_eq!(making(&server.address("new")), said);
        server.run("CREATE DATABASE given OWNER clerk TEMPLATE template0");
        let given = server.guarded(&format!(":{}", PASSWORD.replace(' ', "%20")), "given");
        assert_eq!((making(&given).as_str(), opening(&given).as_str()), ("made", "opened"));
        server.run("CREATE DATABASE foreign_one TEMPLATE template0");
        server.run_in("foreign_one", "CREATE TABLE notes (words TEXT)");
        let said = "В базе данных postgres://kontora@X/foreign_one есть чужие таблицы. Укажите имя новой базы";
        assert_eq!(making(&server.address("foreign_one")), said);
        server.run(
            "CREATE DATABASE narrow TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' \
                    LOCALE_PROVIDER libc",
        );
        let said = "Сервер базы postgres://kontora@X/narrow не подходит: нужен PostgreSQL 15 или новее с ICU и базой данных в кодировке UTF8";
        assert_eq!(making(&server.address("narrow")), said);
    });
}

#[test]
fn a_shared_base_of_a_newer_program_is_not_opened() {
    each(|server| {
        let address = server.fresh();
        let (_, name) = address.rsplit_once('/').unwrap();
        server.run_in(name, "UPDATE kontora_base SET layout = 1000");
        let said = format!(
            "База postgres://kontora@X/{name} сделана более новой программой (версия базы 1000, программа знает {VERSION}). Обновите программу"
        );
        assert_eq!(opening(&address), said);
    });
}

#[test]
fn a_connection_that_broke_is_made_anew_by_the_next_deed() {
    each(|server| {
        let address = server.fresh();
        let session = or_say(Session::open(Address::named(&address), clock()));
        let load = |name: &str| {
            let line = format!("{{\"type\":\"item\",\"name\":\"{name}\"}}");
            session.run(Op::Load, |tx| tx.load_line(&line)).map(|_| ())
        };
        or_say(load("А"));
        let (_, name) = address.rsplit_once('/').unwrap();
        let others = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        server.run(&others);
        or_say(load("Б"));
        server.run(&others);
        assert!(!or_say(session.store.accounts_under("")).is_empty());
        // In the middle of a deed nothing is repeated by itself: the whole deed is refused, and nothing is kept.
        let broken = session.run(Op::Load, |tx| {
            tx.load_line(r#"{"type":"item","name":"В"}"#)?;
            server.run(&others);
            tx.load_line(r#"{"type":"item","name":"Г"}"#)
        });
        let said = broken.unwrap_err().sentence();
        assert!(said.starts_with("Связь с сервером базы прервалась. Проверьте сеть"), "{said}");
        or_say(load("Д"));
        let count = "SELECT count(*) FROM item WHERE name IN ('А', 'Б', 'В', 'Г', 'Д')";
        assert_eq!(or_say(kontora::store::engine::int(session.store.engine(), count, &[])), Some(3));
    });
}

#[test]
fn rows_of_other_types_than_ours_are_not_read_as_zeros() {
    each(|server| {
        let session = or_say(Session::open(Address::named(&server.fresh()), clock()));
        let sql = "SELECT SUM(id) FROM account";
        let said = kontora::store::engine::ints(session.store.engine(), sql, &[]).unwrap_err().sentence();
        assert!(said.contains("column sum is numeric"), "{said}");
    });
}
