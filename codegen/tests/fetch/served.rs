//! Servers that serve descriptions, whole and otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::transport_support::certificates::Identity;
use crate::transport_support::{Peer, Server};

/// An answer, as it goes over the connection.
#[derive(Clone)]
pub enum Answer {
    /// A document.
    Document(Vec<u8>),
    /// Another status, with further header lines.
    Status(&'static str, &'static str),
    /// A document of which only the first half comes, although its length is told.
    CutOff(Vec<u8>),
}

/// What is served, by path and query.
#[derive(Clone, Default)]
pub struct Site {
    answers: BTreeMap<String, Answer>,
}

impl Site {
    /// The small service as a server has it.
    pub fn small() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small");
        let mut site = Self::default();
        for name in ["small.xsd", "common.xsd"] {
            site = site.with(
                &format!("/small/sdk/{name}"),
                fs::read(folder.join(name)).expect("the fixture"),
            );
        }
        let wsdl = fs::read(folder.join("small.wsdl")).expect("the fixture");
        site.with("/small/sdk/smallService.wsdl", wsdl)
    }

    /// vim25 as a server has it, from the workspace.
    pub fn vim25() -> Self {
        let set = vmomi_wsdl::set("vim25").expect("it is built in");
        let mut site = Self::default();
        for file in set.files {
            let name = file.path.rsplit('/').next().expect("a name");
            site = site.with(&format!("/sdk/{name}"), file.text.as_bytes().to_vec());
        }
        site.with(
            "/sdk/vimServiceVersions.xml",
            "<namespaces version=\"1.0\"><namespace><name>urn:vim25</name><version>9.1.1.0</version></namespace>\
             </namespaces>",
        )
    }

    /// The same with another document.
    pub fn with(mut self, path: &str, document: impl Into<Vec<u8>>) -> Self {
        self.answers
            .insert(path.to_owned(), Answer::Document(document.into()));
        self
    }

    /// The same with another answer.
    pub fn answering(mut self, path: &str, answer: Answer) -> Self {
        self.answers.insert(path.to_owned(), answer);
        self
    }

    /// The same with a document under another path, naming others in another way.
    pub fn moved(mut self, from: &str, to: &str, names: &[(&str, &str)]) -> Self {
        let Some(Answer::Document(document)) = self.answers.remove(from) else {
            panic!("{from} is no document");
        };
        let mut text = String::from_utf8(document).expect("text");
        for (old, new) in names {
            assert!(text.contains(old), "{from} names {old}");
            text = text.replace(old, new);
        }
        self.with(to, text)
    }

    /// What a path has.
    pub fn document(&self, path: &str) -> &[u8] {
        match &self.answers[path] {
            Answer::Document(document) => document,
            _ => panic!("{path} is no document"),
        }
    }

    /// The same without a path.
    pub fn without(mut self, path: &str) -> Self {
        self.answers.remove(path).expect("it was there");
        self
    }

    /// A server of this with a certificate, and the list of what it is asked for.
    pub async fn serve(self, identity: &Identity) -> (Server, Asked) {
        let asked = Asked::default();
        let list = asked.clone();
        let site = Arc::new(self);
        let server = Server::https(identity.server(), move |peer| {
            let (site, list) = (Arc::clone(&site), list.clone());
            async move { site.answer(peer, &list).await }
        });
        (server.await, asked)
    }

    async fn answer(&self, mut peer: Peer, asked: &Asked) {
        while let Some(request) = peer.receive().await {
            let path = request.head.split(' ').nth(1).expect("a path").to_owned();
            asked.0.lock().expect("the list").push(request.head);
            let sent = match self.answers.get(&path) {
                Some(Answer::Document(document)) => peer.answer("200 OK", "", document).await,
                Some(Answer::Status(status, headers)) => peer.answer(status, headers, "").await,
                Some(Answer::CutOff(document)) => {
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                        document.len()
                    );
                    peer.send(head).await;
                    peer.send(&document[..document.len() / 2]).await;
                    return peer.close().await;
                }
                None => peer.answer("404 Not Found", "", "nothing here").await,
            };
            if !sent {
                return;
            }
        }
    }
}

/// The heads of the requests that a server got.
#[derive(Clone, Default)]
pub struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    pub fn heads(&self) -> Vec<String> {
        self.0.lock().expect("the list").clone()
    }

    pub fn paths(&self) -> Vec<String> {
        let heads = self.heads();
        let paths = heads
            .iter()
            .map(|head| head.split(' ').nth(1).expect("a path").to_owned());
        paths.collect()
    }
}
