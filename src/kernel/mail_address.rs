//! Addresses of electronic mail by their look, in one spelling; and servers that are this very computer.

/// How a certificate in a text begins and ends (RFC 7468).
pub const PEM: (&str, &str) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");

/// A mail address in lower case; nothing for what does not look like one.
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:").trim_matches(['<', '>', '"', '.']).to_lowercase();
    let (name, domain) = text.split_once('@')?;
    let strange = |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"@#".contains(letter);
    let fits = !name.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains("..")
        && !name.contains(strange)
        && !domain.contains(strange);
    fits.then_some(text)
}

/// True for a server that is this very computer: nobody listens on the way to it.
pub fn is_loopback(server: &str) -> bool {
    let server = server.trim().trim_matches(['[', ']']).to_lowercase();
    let of_127 = || server.starts_with("127.") && server.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    server == "localhost" || server == "::1" || of_127()
}

#[cfg(test)]
mod tests {
    use super::{is_loopback, normalise};

    #[test]
    fn mail_addresses_are_known_by_their_look() {
        assert_eq!(normalise(" IVAN@Example.org "), Some("ivan@example.org".to_owned()));
        assert_eq!(normalise("mailto:a.b+c@x.co.uk"), Some("a.b+c@x.co.uk".to_owned()));
        assert_eq!(normalise("иван@почта.рф"), Some("иван@почта.рф".to_owned()));
        for text in ["", "admin", "a@b", "@x.ru", "a@.ru", "a@x..ru", "a b@x.ru", "a@b@x.ru", "8@"] {
            assert_eq!(normalise(text), None, "{text}");
        }
    }
    #[test]
    fn this_computer_is_known_by_its_names() {
        for name in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", " LOCALHOST "] {
            assert!(is_loopback(name), "{name}");
        }
        for name in ["smtp.example.ru", "127.example.ru", "10.0.0.1", ""] {
            assert!(!is_loopback(name), "{name}");
        }
    }
}
