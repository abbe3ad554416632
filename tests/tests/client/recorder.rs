//! A transport that passes everything on and keeps the requests.

use std::fmt;
use std::sync::{Arc, Mutex};

use vmomi::transport::{
    BoxFuture, HttpsTransport, Request, Response, Transport, TransportError, Trust,
};
use vmomi::{Client, Credentials};
use vmomi_tests::vcsim::Vcsim;

#[derive(Clone)]
pub struct Recorder {
    inner: HttpsTransport,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    pub fn new(server: &Vcsim) -> Self {
        let inner = HttpsTransport::builder(server.url().parse().unwrap())
            .trust(Trust::Insecure)
            .build()
            .unwrap();
        Self {
            inner,
            bodies: Arc::default(),
        }
    }

    pub async fn connect(&self, server: &Vcsim) -> Client {
        Client::builder(server.url())
            .unwrap()
            .credentials(Credentials::password(server.user(), server.password()))
            .connect_through(self.clone())
            .await
            .unwrap()
    }

    /// How many requests there were for an operation.
    pub fn count_of(&self, operation: &str) -> usize {
        let element = format!("<{operation} ");
        let bodies = self.bodies.lock().unwrap();
        bodies.iter().filter(|body| body.contains(&element)).count()
    }

    /// The last request for an operation.
    pub fn body_of(&self, operation: &str) -> String {
        let element = format!("<{operation} ");
        let bodies = self.bodies.lock().unwrap();
        let found = bodies.iter().rev().find(|body| body.contains(&element));
        found.unwrap().clone()
    }
}

/// Like what it wraps; the requests are for the test alone.
impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        self.bodies.lock().unwrap().push(body);
        self.inner.send(request)
    }
}
