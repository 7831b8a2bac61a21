//! A question to a service on this workstation over HTTP: one connection, one answer.

use super::tcp;
use super::{Unwritten, WireError};
use crate::devices::settings::NetworkAddress;
use crate::kernel::clock::steady_ms;

/// Bytes an answer may have.
const ANSWER_MAX: usize = 4 << 20;
/// How long a connection may take, milliseconds.
const CONNECT_MS: u64 = 2000;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// The question never left.
    NotSent(WireError),
    /// It left; whether it was taken nobody knows.
    NotAnswered(WireError),
}

/// Asks and waits for the answer.
///
/// # Errors
/// When the service is not there or does not answer in time.
pub fn ask(
    place: &NetworkAddress,
    method: &str,
    path: &str,
    body: &[u8],
    wait_ms: u64,
) -> Result<HttpAnswer, HttpError> {
    let until_ms = steady_ms().saturating_add(wait_ms);
    let mut stream = tcp::connect(place, CONNECT_MS.min(wait_ms)).map_err(HttpError::NotSent)?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        place.host,
        place.port,
        body.len()
    );
    let question = [head.as_bytes(), body].concat();
    tcp::write(&mut stream, &question, wait_ms).map_err(|Unwritten { taken, error }| match taken {
        0 => HttpError::NotSent(error),
        _ => HttpError::NotAnswered(error),
    })?;
    let mut came = Vec::new();
    loop {
        if let Some(answer) = whole(&came, false) {
            return Ok(answer);
        }
        let left = until_ms.saturating_sub(steady_ms());
        if left == 0 || came.len() > ANSWER_MAX {
            return Err(HttpError::NotAnswered(WireError::TimedOut));
        }
        match tcp::read(&mut stream, left) {
            Ok(bytes) => came.extend(bytes),
            Err(WireError::Lost) => return whole(&came, true).ok_or(HttpError::NotAnswered(WireError::Lost)),
            Err(error) => return Err(HttpError::NotAnswered(error)),
        }
    }
}

/// The answer, when all of it is there; `closed` when no more will come.
fn whole(came: &[u8], closed: bool) -> Option<HttpAnswer> {
    let end = came.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (came.get(..end)?, came.get(end + 4..)?);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
    let field = |name: &str| {
        let line = head.lines().skip(1).find_map(|line| line.split_once(':').filter(|(own, _)| own.trim() == name));
        line.map(|(_, value)| value.trim().to_owned())
    };
    let body = if field("transfer-encoding").is_some_and(|way| way.contains("chunked")) {
        chunks(body)?
    } else {
        match field("content-length").and_then(|length| length.parse::<usize>().ok()) {
            Some(length) => body.get(..length)?.to_vec(),
            None if closed || status == 204 => body.to_vec(),
            None => return None,
        }
    };
    Some(HttpAnswer { status, body })
}

/// A body in chunks, when the last of them is there.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let from = end + 2;
        body.extend_from_slice(rest.get(from..from.checked_add(size)?)?);
        rest = rest.get(from + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{HttpAnswer, whole};

    #[test]
    fn answers_end_by_length_by_chunks_or_by_closing() {
        let answer = |status, body: &str| Some(HttpAnswer { status, body: body.as_bytes().to_vec() });
        let by_length = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(whole(by_length, false), answer(201, "{}"));
        assert_eq!(whole(&by_length[..by_length.len() - 1], false), None);
        let by_chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        assert_eq!(whole(by_chunks, false), answer(200, "abcde"));
        assert_eq!(whole(&by_chunks[..by_chunks.len() - 6], false), None);
        let by_closing = b"HTTP/1.0 409 Conflict\r\n\r\nold";
        assert_eq!((whole(by_closing, false), whole(by_closing, true)), (None, answer(409, "old")));
        assert_eq!(whole(b"HTTP/1.1 200", true), None);
    }
}
