//! From the first document to all that it leads to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use vmomi_runtime::transport::http::StatusCode;
use vmomi_runtime::transport::{Request, ServerUrl, Transport};

use super::FetchedSet;
use super::document::{self, Document};
use super::error::{FetchError, Unusable};
use super::location::{self, Location};
use super::origin::{self, ServedVersion};

/// How many documents a set may have. VMware's have up to nine.
const MOST_DOCUMENTS: usize = 200;
/// How large all of them may be together. VMware's have up to five megabytes.
const MOST_BYTES: usize = 128 << 20;

/// Fetches a set.
///
/// # Errors
/// The first document that cannot be had or used.
pub(super) async fn crawl(
    transport: &dyn Transport,
    server: &ServerUrl,
    observe: &dyn Fn(&str),
) -> Result<FetchedSet, FetchError> {
    let mut crawl = Crawl {
        transport,
        server,
        observe,
        documents: Vec::new(),
        bytes: 0,
    };
    crawl.first().await?;
    crawl.others().await?;
    let versions = crawl.versions().await;
    let mut files = crawl.files();
    let note = origin::note(server, &versions, &files);
    files.insert(origin::FILE.to_owned(), note);
    Ok(FetchedSet { files, versions })
}

struct Crawl<'c> {
    transport: &'c dyn Transport,
    server: &'c ServerUrl,
    observe: &'c dyn Fn(&str),
    /// In the order in which they were found, with their paths on the server.
    documents: Vec<(String, Document)>,
    bytes: usize,
}

impl Crawl<'_> {
    /// The first of the places where the service may describe itself that is not missing.
    async fn first(&mut self) -> Result<(), FetchError> {
        let candidates = location::candidates(self.server.path());
        for path in &candidates {
            match self.document(path, None).await {
                Ok(document) => {
                    self.documents.push((path.clone(), document));
                    return Ok(());
                }
                Err(FetchError::Document {
                    cause: Unusable::Status(status),
                    ..
                }) if status == StatusCode::NOT_FOUND.as_u16() => {}
                Err(error) => return Err(error),
            }
        }
        Err(FetchError::NoDescription(
            candidates.iter().map(|path| self.url(path)).collect(),
        ))
    }

    /// Everything that the documents lead to, each once however they are tied.
    async fn others(&mut self) -> Result<(), FetchError> {
        let mut known: BTreeSet<String> = self
            .documents
            .iter()
            .map(|(path, _)| path.clone())
            .collect();
        let mut next = VecDeque::new();
        let mut read = 0;
        loop {
            for (path, document) in &self.documents[read..] {
                for reference in &document.references {
                    match location::resolve(self.server, path, &reference.location) {
                        Location::Here(other) => {
                            if known.insert(other.clone()) {
                                next.push_back((other, path.clone()));
                            }
                        }
                        Location::Elsewhere => {
                            return Err(FetchError::Elsewhere {
                                url: self.url(path),
                                location: reference.location.clone(),
                            });
                        }
                    }
                }
            }
            read = self.documents.len();
            let Some((path, named_by)) = next.pop_front() else {
                return Ok(());
            };
            if known.len() > MOST_DOCUMENTS {
                return Err(FetchError::TooMany(MOST_DOCUMENTS));
            }
            let document = self.document(&path, Some(&named_by)).await?;
            self.documents.push((path, document));
        }
    }

    async fn document(
        &mut self,
        path: &str,
        named_by: Option<&str>,
    ) -> Result<Document, FetchError> {
        (self.observe)(path);
        let fail = |cause| FetchError::Document {
            url: self.url(path),
            named_by: named_by.map(|path| self.url(path)),
            cause,
        };
        let body = self.get(path).await.map_err(fail)?;
        let document = document::read(&body).map_err(fail)?;
        self.bytes += body.len();
        Ok(document)
    }

    /// The body of a document. A status other than 200 is an error.
    async fn get(&self, path: &str) -> Result<Vec<u8>, Unusable> {
        let answer = self.transport.send(Request::get(path)).await;
        let answer = answer.map_err(Unusable::Transport)?;
        if answer.status != StatusCode::OK {
            return Err(Unusable::Status(answer.status.as_u16()));
        }
        let body = answer.collect(MOST_BYTES.saturating_sub(self.bytes)).await;
        Ok(body.map_err(Unusable::Transport)?.to_vec())
    }

    /// What the server says that it speaks. Not every service says it, and nothing depends on it.
    async fn versions(&self) -> Vec<ServedVersion> {
        let Some(path) = location::versions(self.server.path()) else {
            return Vec::new();
        };
        (self.observe)(&path);
        match self.get(&path).await {
            Ok(body) => origin::versions(&body),
            Err(_) => Vec::new(),
        }
    }

    /// The texts by file name, naming each other by those.
    fn files(&self) -> BTreeMap<String, String> {
        let names = names(&self.documents);
        let texts = self.documents.iter().map(|(path, document)| {
            let text = document.with_names(|location| {
                match location::resolve(self.server, path, location) {
                    Location::Here(other) => names.get(other.as_str()).cloned(),
                    Location::Elsewhere => None,
                }
            });
            (names[path.as_str()].clone(), text)
        });
        texts.collect()
    }

    /// A URL for messages, without credentials.
    fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.server.scheme(), self.server.address())
    }
}

/// A file name for each path, unique whatever a file system makes of capitals.
fn names(documents: &[(String, Document)]) -> BTreeMap<&str, String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for (path, document) in documents {
        let last = path.rsplit('/').next().unwrap_or_default();
        let safe: String = last
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let extension = format!(".{}", document.extension);
        let stem = safe.strip_suffix(&extension).unwrap_or(&safe);
        let stem = stem.trim_start_matches('.');
        let stem = if stem.is_empty() { "document" } else { stem };
        let mut name = format!("{stem}{extension}");
        let mut number = 2;
        while !taken.insert(name.to_ascii_lowercase()) {
            name = format!("{stem}-{number}{extension}");
            number += 1;
        }
        names.insert(path.as_str(), name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_gets_a_name_of_its_own() {
        let document = |extension| Document {
            text: String::new(),
            extension,
            references: Vec::new(),
        };
        let documents = [
            ("/sdk/vimService.wsdl", "wsdl"),
            ("/sdk/vim?xsd=1", "xsd"),
            ("/a/types.xsd", "xsd"),
            ("/b/Types.xsd", "xsd"),
            ("/b/types.xsd", "xsd"),
            ("/", "wsdl"),
            ("/..%2f..%2f.bashrc", "xsd"),
        ];
        let documents = documents.map(|(path, extension)| (path.to_owned(), document(extension)));
        let names = names(&documents);
        let names: Vec<&str> = documents
            .iter()
            .map(|(path, _)| names[path.as_str()].as_str())
            .collect();
        assert_eq!(
            names,
            [
                "vimService.wsdl",
                "vim-xsd-1.xsd",
                "types.xsd",
                "Types-2.xsd",
                "types-3.xsd",
                "document.wsdl",
                "-2f..-2f.bashrc.xsd",
            ]
        );
    }
}
