//! The line to a shared base over TLS, and whom it trusts; passwords that are in no file.

use crate::bases::{or_say, scratch, today};
use crate::server::{PASSWORD, Server, server};
use kontora::kernel::clock::Clock;
use kontora::ops::gate::Session;
use kontora::store::address::Address;
use kontora::store::engine::int;
use kontora::store::passwords;
use kontora::ui::app::launch::Launch;
use std::io::{Read as _, Write as _};
use std::path::Path;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

fn opened(address: &str) -> Result<Session, String> {
    Session::open(Address::named(address), clock()).map_err(|error| error.sentence())
}

/// The address of a new base with settings, at the server's number or at its name.
fn place(server: &Server, host: &str, settings: &str) -> String {
    format!("{}?{settings}", server.fresh().replace("127.0.0.1", host))
}

fn guarded(session: &Session) -> bool {
    let sql = "SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    or_say(int(session.store.engine(), sql, &[])) == Some(1)
}

#[test]
fn a_line_is_guarded_as_the_address_wishes() {
    let Some(server) = server() else { return };
    for (settings, wanted) in
        [("", true), ("sslmode=prefer", true), ("sslmode=require", true), ("sslmode=disable", false)]
    {
        let session = opened(&place(server, "127.0.0.1", settings)).unwrap();
        assert_eq!(guarded(&session), wanted, "{settings}");
    }
}

#[test]
fn a_server_is_trusted_by_its_certificate_and_its_name() {
    let Some(server) = server() else { return };
    let folder = scratch().0;
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let own = file("own.pem", &server.certificate);
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = file("other.pem", &other.cert.pem());
    let with = |mode: &str, root: &str| format!("sslmode={mode}&sslrootcert={root}");
    assert!(guarded(&opened(&place(server, "localhost", &with("verify-full", &own))).unwrap()));
    assert!(guarded(&opened(&place(server, "127.0.0.1", &with("verify-ca", &own))).unwrap()));
    let distrusted = "показал сертификат, которому нет доверия, или чужой. Проверьте адрес";
    for address in [
        place(server, "127.0.0.1", &with("verify-full", &own)),
        place(server, "localhost", &with("verify-full", &other)),
        place(server, "localhost", &with("require", &other)),
    ] {
        let said = opened(&address).err().unwrap();
        assert!(said.contains(distrusted), "{address}: {said}");
    }
    let said = opened(&place(server, "localhost", &with("verify-full", "/nowhere.pem"))).err().unwrap();
    assert!(said.starts_with("Файл доверенных сертификатов /nowhere.pem не читается"), "{said}");
}

#[test]
fn a_server_without_tls_is_refused_where_it_is_required() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let refuse = move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut asked = [0; 8];
        client.read_exact(&mut asked).unwrap();
        client.write_all(b"N").unwrap();
    };
    std::thread::Builder::new().name("bare server".to_owned()).spawn(refuse).unwrap();
    let said = opened(&format!("postgres://anna@127.0.0.1:{port}/shop?sslmode=require")).err().unwrap();
    assert!(said.contains("не умеет защищать соединение"), "{said}");
}

#[test]
fn a_password_is_asked_once_and_written_into_no_file() {
    let Some(server) = server() else { return };
    // The template is filled by the first base asked for.
    drop(server.fresh());
    server.run("CREATE DATABASE guarded OWNER clerk TEMPLATE filled STRATEGY file_copy");
    server.run_in(
        "guarded",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk",
    );
    let bare = Address::named(&server.guarded("", "guarded"));
    let said = Session::read(&bare, clock()).err().unwrap().sentence();
    assert!(said.contains("спрашивает пароль"), "{said}");
    let full = bare.with_password(PASSWORD);
    drop(or_say(Session::read(&full, clock())));
    passwords::keep(&full, PASSWORD);
    drop(or_say(Session::read(&bare, clock())));
    // The list of bases knows the place and not the password.
    let folder = scratch().0;
    let launch = Launch::at(folder.path(), folder.path(), &clock());
    let Address::Server(url) = &full else { unreachable!() };
    launch.note(Path::new(url), "");
    let Address::Server(known) = &bare else { unreachable!() };
    assert_eq!(launch.last().as_deref(), Some(Path::new(known)));
    for _ in 0..500 {
        if folder.path().join("bases.toml").is_file() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let kept = std::fs::read_to_string(folder.path().join("bases.toml")).unwrap();
    assert!(kept.contains("clerk@127.0.0.1") && !kept.contains("%D0%BF"), "{kept}");
    passwords::forget(&full);
    assert!(Session::read(&bare, clock()).is_err());
}
