//! Connections to a server over TLS, by rustls: what `sslmode` and `sslrootcert` of an address mean.
//!
//! The words are those of PostgreSQL's own library. `disable`: never. `prefer` (when nothing is said): encrypted
//! where the server can. `require`: encrypted or not at all. `verify-ca`: the server shows a certificate of one
//! whom we trust. `verify-full`: and it is the certificate of this very server. Whom we trust stands in the file
//! `sslrootcert` names, or, when it is not named or is called `system`, the operating system knows.

use super::address::decoded;
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use ::postgres::Socket;
use ::postgres::config::SslMode;
use ::postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;

/// How much of the server's certificate is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// Anything: the line is only kept from listeners.
    Anyone,
    /// A certificate of one whom we trust.
    Authority,
    /// And the name of the server in it.
    Name,
}

/// What an address says of TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// What the client asks of the server.
    pub mode: SslMode,
    trust: Trust,
    root: Option<String>,
}

impl Wish {
    /// Takes `sslmode` and `sslrootcert` out of the settings of an address; `None` when the mode is not known.
    pub fn taken_from(url: &str) -> Option<(String, Self)> {
        let (place, settings) = url.split_once('?').unwrap_or((url, ""));
        let mut wish = Self { mode: SslMode::Prefer, trust: Trust::Anyone, root: None };
        let mut mode = None;
        let mut rest = Vec::new();
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            match setting.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => wish.root = Some(decoded(value)),
                _ => rest.push(setting),
            }
        }
        (wish.mode, wish.trust) = match mode {
            Some("disable") => (SslMode::Disable, Trust::Anyone),
            None | Some("prefer" | "allow") => (SslMode::Prefer, Trust::Anyone),
            // As PostgreSQL's own library does: a file of authorities is named to be asked.
            Some("require") if wish.root.is_some() => (SslMode::Require, Trust::Authority),
            Some("require") => (SslMode::Require, Trust::Anyone),
            Some("verify-ca") => (SslMode::Require, Trust::Authority),
            Some("verify-full") => (SslMode::Require, Trust::Name),
            Some(_) => return None,
        };
        let left = if rest.is_empty() { place.to_owned() } else { format!("{place}?{}", rest.join("&")) };
        Some((left, wish))
    }

    /// What makes connections as wished.
    pub fn connector(&self) -> Outcome<Tls> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new(self, &provider)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| unfit(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Tls(Arc::new(config)))
    }
}

/// How many authorities the system knows; the error says why no connection over TLS can be made here at all.
pub fn readiness() -> Outcome<usize> {
    Wish { mode: SslMode::Require, trust: Trust::Name, root: None }.connector()?;
    Ok(authorities(None)?.len())
}

fn unfit(detail: String) -> Error {
    Error::Failed(text!("server-tls-unfit"), detail)
}

/// The authorities of a file, or those the system knows.
fn authorities(root: Option<&str>) -> Outcome<Vec<CertificateDer<'static>>> {
    let Some(file) = root.filter(|root| *root != "system") else {
        return Ok(rustls_native_certs::load_native_certs().certs);
    };
    let unread = |detail: String| Error::Failed(text!("server-tls-root", file = file.to_owned()), detail);
    let found: Result<Vec<_>, _> =
        CertificateDer::pem_file_iter(Path::new(file)).map_err(|error| unread(error.to_string()))?.collect();
    let found = found.map_err(|error| unread(error.to_string()))?;
    if found.is_empty() { Err(unread(String::new())) } else { Ok(found) }
}

/// Believes a server as far as was wished.
#[derive(Debug)]
struct Verifier {
    trust: Trust,
    /// The certificates we trust as they are: a shop's server often shows one it has made itself.
    own: Vec<CertificateDer<'static>>,
    chains: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn new(wish: &Wish, provider: &Arc<CryptoProvider>) -> Outcome<Self> {
        let mut made = Self { trust: wish.trust, own: Vec::new(), chains: None, provider: Arc::clone(provider) };
        if wish.trust == Trust::Anyone {
            return Ok(made);
        }
        made.own = authorities(wish.root.as_deref())?;
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(made.own.iter().cloned());
        if !roots.is_empty() {
            let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
            made.chains = Some(built.map_err(|error| unfit(error.to_string()))?);
        }
        Ok(made)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.trust == Trust::Anyone {
            return Ok(ServerCertVerified::assertion());
        }
        if self.own.iter().any(|own| own == shown) {
            if self.trust == Trust::Name {
                rustls::client::verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        let unknown = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let Some(chains) = &self.chains else { return Err(unknown) };
        match chains.verify_server_cert(shown, between, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.trust == Trust::Authority => Ok(ServerCertVerified::assertion()),
            said => said,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Makes connections over TLS.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

/// A connection to one host on its way.
pub(super) struct Connecting {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

/// A connection.
pub(super) struct Stream(tokio_rustls::client::TlsStream<Socket>);

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Stream;
    type TlsConnect = Connecting;
    type Error = std::io::Error;

    fn make_tls_connect(&mut self, host: &str) -> std::io::Result<Connecting> {
        let name = ServerName::try_from(host.to_owned()).map_err(std::io::Error::other)?;
        Ok(Connecting { config: Arc::clone(&self.0), name })
    }
}

impl TlsConnect<Socket> for Connecting {
    type Stream = Stream;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = std::io::Result<Stream>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move { TlsConnector::from(self.config).connect(self.name, socket).await.map(Stream) })
    }
}

impl TlsStream for Stream {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, from)
    }
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::{Trust, Wish};
    use ::postgres::config::SslMode;

    #[test]
    fn the_words_of_an_address_mean_what_they_mean_elsewhere() {
        let wish = |settings: &str| Wish::taken_from(&format!("postgres://anna@db/shop{settings}"));
        let (left, plain) = wish("").unwrap();
        assert_eq!(
            (left.as_str(), plain.mode, plain.trust),
            ("postgres://anna@db/shop", SslMode::Prefer, Trust::Anyone)
        );
        let (left, full) = wish("?connect_timeout=3&sslmode=verify-full&sslrootcert=/etc/a%20b.pem").unwrap();
        assert_eq!(left, "postgres://anna@db/shop?connect_timeout=3");
        assert_eq!(
            (full.mode, full.trust, full.root.as_deref()),
            (SslMode::Require, Trust::Name, Some("/etc/a b.pem"))
        );
        assert_eq!(wish("?sslmode=require").unwrap().1.trust, Trust::Anyone);
        assert_eq!(wish("?sslmode=require&sslrootcert=a.pem").unwrap().1.trust, Trust::Authority);
        assert_eq!(wish("?sslmode=disable").unwrap().1.mode, SslMode::Disable);
        assert!(wish("?sslmode=perhaps").is_none());
    }
}
