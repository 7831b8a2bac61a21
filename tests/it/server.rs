//! A PostgreSQL server of the test run's own: unprivileged, on a loopback port, its data in a scratch folder.
//!
//! One server for a run, one database for a test, made of a template that is already filled. The server ends
//! with the run however the run ends: it is a child of a shell that waits for the run's end of a pipe.
//! Where no server is installed, that is said once and loudly, and the tests go on with SQLite alone.

use kontora::kernel::clock::Clock;
use kontora::kernel::problems::Outcome;
use kontora::ops::gate::Session;
use kontora::ops::seed;
use kontora::store::address::Address;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The server of this run.
pub struct Server {
    port: u16,
    /// What it shows of itself over TLS, made for this run and for the name «localhost».
    pub certificate: String,
    /// Dropped at the end of the run: the shell behind it then stops the server.
    _shell: Child,
}

/// So many of the newest bases of tests are kept.
const KEPT: usize = 24;

/// The password of the one user who needs one.
pub const PASSWORD: &str = "пароль 1";

/// The server, started at the first call; `None` where none is installed.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(start).as_ref()
}

impl Server {
    /// The address of a database for a user whom the server trusts.
    pub fn address(&self, name: &str) -> String {
        format!("postgres://kontora@127.0.0.1:{}/{name}", self.port)
    }

    /// The address of a database for a user who needs [`PASSWORD`].
    pub fn guarded(&self, password: &str, name: &str) -> String {
        format!("postgres://clerk{password}@127.0.0.1:{}/{name}", self.port)
    }

    /// The address of a new filled base.
    pub fn fresh(&self) -> String {
        static FILLED: OnceLock<()> = OnceLock::new();
        static LAST: AtomicUsize = AtomicUsize::new(0);
        FILLED.get_or_init(|| {
            let filled = seed::create(Address::named(&self.address("filled")), Clock::fixed(crate::bases::today(), 1));
            drop(filled.unwrap_or_else(|error| panic!("{}", error.sentence())));
        });
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        if number.is_multiple_of(KEPT) {
            self.drop_old(number);
        }
        let name = format!("base_{number}");
        self.run(&format!("CREATE DATABASE {name} TEMPLATE filled STRATEGY file_copy"));
        self.address(&name)
    }

    /// Takes away bases of tests that are over, or the disk would fill up: those nobody is connected to, except
    /// the newest, which a test may be about to open.
    fn drop_old(&self, number: usize) {
        let mut client = postgres::Client::connect(&self.address("postgres"), postgres::NoTls).unwrap();
        let idle = "SELECT datname FROM pg_database WHERE datname LIKE 'base\\_%' AND datname NOT IN \
                    (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)";
        for row in client.query(idle, &[]).unwrap() {
            let name: &str = row.get(0);
            if name[5..].parse::<usize>().is_ok_and(|old| old + KEPT < number) {
                let _ = client.batch_execute(&format!("DROP DATABASE {name}"));
            }
        }
    }

    /// Runs a statement in the server's own database.
    pub fn run(&self, sql: &str) {
        self.run_in("postgres", sql);
    }

    /// Runs a statement in a database.
    pub fn run_in(&self, name: &str, sql: &str) {
        let mut client = postgres::Client::connect(&self.address(name), postgres::NoTls).unwrap();
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// A new base on the server.
pub fn create(clock: Clock) -> Outcome<Session> {
    Session::open(Address::named(&server().unwrap().fresh()), clock)
}

/// Says something loudly: not through `eprintln`, which is silent in tests that pass.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** {words} ***\n");
}

/// The folder of the server's programs.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().rev().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// The user and the group a server may run as: a server refuses to run as root.
#[cfg(unix)]
fn lowered() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    if std::fs::metadata("/proc/self").ok()?.uid() != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = ["postgres", "nobody"].iter().find_map(|name| {
        let mut fields = users.lines().find(|line| line.starts_with(&format!("{name}:")))?.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    Some(found.unwrap_or((65534, 65534)))
}

#[cfg(unix)]
fn as_lowered(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    match lowered() {
        Some((user, group)) => command.uid(user).gid(group),
        None => command,
    }
}

#[cfg(unix)]
fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        say("PostgreSQL is not installed: everything is tested on SQLite ALONE");
        return None;
    };
    let folder = tempfile::Builder::new().prefix("kontora-server-").tempdir().unwrap().keep();
    if let Some((user, group)) = lowered() {
        std::os::unix::fs::chown(&folder, Some(user), Some(group)).unwrap();
    }
    let data = folder.join("data");
    let mut initdb = Command::new(programs.join("initdb"));
    initdb.args(["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=und"]);
    initdb.args(["--username=kontora", "--auth=trust", "--no-sync", "--no-instructions", "-D"]).arg(&data);
    let made = as_lowered(initdb.current_dir("/")).output().unwrap();
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(data.join("server.crt"), certificate.cert.pem()).unwrap();
    std::fs::write(data.join("server.key"), certificate.signing_key.serialize_pem()).unwrap();
    for file in ["server.crt", "server.key"] {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(data.join(file), std::fs::Permissions::from_mode(0o600)).unwrap();
        if let Some((user, group)) = lowered() {
            std::os::unix::fs::chown(data.join(file), Some(user), Some(group)).unwrap();
        }
    }
    let rules = "host all clerk 127.0.0.1/32 scram-sha-256\nhost all kontora 127.0.0.1/32 trust\n";
    std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
    let certificate = certificate.cert.pem();
    let server = (0..5).find_map(|_| run(&programs, &folder, &certificate)).expect("the server does not start");
    server.run(&format!("CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'"));
    Some(server)
}

#[cfg(not(unix))]
fn start() -> Option<Server> {
    say("No test server on this system: everything is tested on SQLite ALONE");
    None
}

/// Starts the server on a free port; `None` when someone else was quicker to take the port.
#[cfg(unix)]
fn run(programs: &Path, folder: &Path, certificate: &str) -> Option<Server> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // A signal to the whole group (Ctrl+C) must not end the shell before it has cleaned up.
    let script = r#"trap '' INT TERM HUP; "$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k '' -c ssl=on -c fsync=off -c full_page_writes=off \
        -c synchronous_commit=off -c autovacuum=off -c max_connections=200 -c shared_buffers=128MB \
        -c max_wal_size=4GB -c checkpoint_timeout=1h -c log_min_messages=fatal >"$2/log" 2>&1 & server=$!
        read -r _; kill -QUIT $server; wait $server; rm -rf "$2""#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(programs).arg(folder).arg(port.to_string());
    shell.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut shell = as_lowered(&mut shell).spawn().unwrap();
    let address = format!("postgres://kontora@127.0.0.1:{port}/postgres");
    for _ in 0..300 {
        if postgres::Client::connect(&address, postgres::NoTls).is_ok() {
            return Some(Server { port, certificate: certificate.to_owned(), _shell: shell });
        }
        if shell.try_wait().unwrap().is_some() {
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    None
}
