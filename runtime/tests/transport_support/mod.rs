//! Servers on loopback that the transport's tests talk to, and certificates for them.

// Each test file uses a part of this.
#![allow(dead_code, reason = "shared by several test programs")]

pub mod certificates;
pub mod child;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use vmomi_runtime::transport::{
    HttpsTransport, HttpsTransportBuilder, Proxy, Request, Response, ServerUrl, Transport,
    TransportError,
};

/// More than any test sends.
pub const LIMIT: usize = 64 << 20;

/// Both directions of a connection.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// A connection as a test's server sees it.
pub struct Peer {
    stream: Box<dyn Duplex>,
    received: Vec<u8>,
}

/// A request as a test's server sees it.
#[derive(Debug)]
pub struct Received {
    /// Request line and headers.
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// The values of the headers of a name given in lower case.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }
}

impl Peer {
    pub fn new(stream: impl Duplex + 'static) -> Self {
        Self {
            stream: Box::new(stream),
            received: Vec::new(),
        }
    }

    /// The next request with its body; `None` when the client has closed the connection.
    pub async fn receive(&mut self) -> Option<Received> {
        loop {
            let end = self
                .received
                .windows(4)
                .position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let rest = self.received.split_off(end + 4);
                let head = String::from_utf8(std::mem::replace(&mut self.received, rest));
                let mut request = Received {
                    head: head.expect("an ASCII head"),
                    body: Vec::new(),
                };
                let length = request
                    .header("content-length")
                    .first()
                    .map_or(0, |length| length.parse().expect("a length"));
                while self.received.len() < length {
                    assert!(self.read_more().await > 0, "the body ends early");
                }
                let rest = self.received.split_off(length);
                request.body = std::mem::replace(&mut self.received, rest);
                return Some(request);
            }
            if self.read_more().await == 0 {
                return None;
            }
        }
    }

    /// Reads exactly `length` bytes, for protocols other than HTTP.
    pub async fn read_exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await.expect("bytes");
        bytes
    }

    async fn read_more(&mut self) -> usize {
        let mut buffer = [0; 4096];
        // A client that gives up resets the connection; to a server that is the same as closing.
        let count = self.stream.read(&mut buffer).await.unwrap_or(0);
        self.received.extend_from_slice(&buffer[..count]);
        count
    }

    /// Sends bytes; whether the client is still there to take them.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let written = self.stream.write_all(bytes.as_ref()).await;
        written.is_ok() && self.stream.flush().await.is_ok()
    }

    /// Sends an answer with further header lines (each ended by CRLF) and a body.
    pub async fn answer(&mut self, status: &str, headers: &str, body: impl AsRef<[u8]>) -> bool {
        let body = body.as_ref();
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
        self.send([head.as_bytes(), body].concat()).await
    }

    /// Closes the connection in the orderly way.
    pub async fn close(mut self) {
        // The client may have gone already.
        let _ = self.stream.shutdown().await;
    }

    /// Passes everything on between this connection and another, both ways, until one ends.
    pub async fn relay(mut self, to: SocketAddr) {
        let mut other = TcpStream::connect(to).await.expect("the server is there");
        // How a connection ends is for its two ends to judge.
        let _ = tokio::io::copy_bidirectional(&mut self.stream, &mut other).await;
    }

    /// Keeps the connection open, silently, until the test is over.
    pub async fn hang(self) {
        let _connection = self;
        std::future::pending().await
    }
}

/// A server on a free port of loopback, ended when dropped.
pub struct Server {
    pub address: SocketAddr,
    scheme: &'static str,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves each connection with `handler`.
    pub async fn http<H, F>(handler: H) -> Self
    where
        H: Fn(Peer) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self::start("127.0.0.1:0", None, handler).await
    }

    /// Serves each connection with `handler`, over TLS. One whose handshake fails is dropped.
    pub async fn https<H, F>(config: ServerConfig, handler: H) -> Self
    where
        H: Fn(Peer) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self::https_on("127.0.0.1:0", config, handler).await
    }

    /// The same on an address of another kind.
    pub async fn https_on<H, F>(address: &str, config: ServerConfig, handler: H) -> Self
    where
        H: Fn(Peer) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let tls = TlsAcceptor::from(Arc::new(config));
        Self::start(address, Some(tls), handler).await
    }

    async fn start<H, F>(address: &str, tls: Option<TlsAcceptor>, handler: H) -> Self
    where
        H: Fn(Peer) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind(address).await.expect("loopback");
        let address = listener.local_addr().expect("an address");
        let connections = Arc::new(AtomicUsize::new(0));
        let scheme = if tls.is_some() { "https" } else { "http" };
        let handler = Arc::new(handler);
        let counted = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                counted.fetch_add(1, Ordering::SeqCst);
                let (tls, handler) = (tls.clone(), Arc::clone(&handler));
                tokio::spawn(async move {
                    match tls {
                        None => handler(Peer::new(stream)).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                handler(Peer::new(stream)).await;
                            }
                        }
                    }
                });
            }
        });
        Self {
            address,
            scheme,
            connections,
            task,
        }
    }

    /// How many connections have been made to it.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn url(&self) -> ServerUrl {
        format!("{}://{}/sdk", self.scheme, self.address)
            .parse()
            .expect("a URL")
    }

    /// The beginnings of a transport to this server that no environment influences.
    pub fn transport(&self) -> HttpsTransportBuilder {
        HttpsTransport::builder(self.url()).proxy(Proxy::none())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers every request of a connection with status 200 and its own body.
pub async fn echo(mut peer: Peer) {
    while let Some(request) = peer.receive().await {
        if !peer.answer("200 OK", "", request.body).await {
            return;
        }
    }
}

/// Sends `body` to `/sdk` and collects the answer's body.
pub async fn call(transport: &HttpsTransport, body: &str) -> Result<String, TransportError> {
    let request = Request::post("/sdk", body.to_owned());
    text(transport.send(request).await?).await
}

/// The body of the answer to a call that has to succeed.
pub async fn answer_to(transport: &HttpsTransport, body: &str) -> String {
    match call(transport, body).await {
        Ok(answer) => answer,
        Err(error) => panic!("{error}: {error:?}"),
    }
}

/// The body of an answer as text.
pub async fn text(response: Response) -> Result<String, TransportError> {
    let body = response.collect(LIMIT).await?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// The error of a call that has to fail.
pub async fn failure(transport: &HttpsTransport) -> TransportError {
    call(transport, "<request/>").await.expect_err("a failure")
}
