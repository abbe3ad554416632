//! Documents judged by `xmllint`.

use std::path::PathBuf;
use std::process::Command;

use vmomi::runtime::Service;

/// How long a document may become before another one is begun. `xmllint` keeps a whole one.
const BYTES: usize = 4 << 20;

/// Documents of many values each.
pub struct Documents {
    folder: tempfile::TempDir,
    schema: PathBuf,
    service: &'static Service,
    complete: Vec<PathBuf>,
    /// The present document.
    text: String,
    /// Its number of lines, and the first line of each value with what it is of.
    lines: usize,
    names: Vec<Vec<(usize, String)>>,
}

impl Documents {
    /// Values of the first of the services, which are described by these files.
    pub fn new(described_by: &[(&'static Service, PathBuf)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("values.xsd");
        let service = described_by[0].0;
        let namespace = service.namespace;
        let includes = described_by.iter().rev().map(|(of, file)| {
            let file = file.canonicalize().unwrap();
            let location = format!("file://{}", file.display()).replace(' ', "%20");
            // `xmllint` takes one file for a namespace: the first that is imported.
            if of.namespace == namespace {
                format!(r#"<include schemaLocation="{location}"/>"#)
            } else {
                format!(
                    r#"<import namespace="{}" schemaLocation="{location}"/>"#,
                    of.namespace
                )
            }
        });
        let includes: String = includes.collect();
        let text = format!(
            r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}"
                elementFormDefault="qualified">
              {includes}
              <element name="values"><complexType><sequence>
                <element name="value" type="anyType" nillable="true" maxOccurs="unbounded"/>
              </sequence></complexType></element>
            </schema>"#
        );
        std::fs::write(&schema, text).unwrap();
        Self {
            folder,
            schema,
            service,
            complete: Vec::new(),
            text: String::new(),
            lines: 0,
            names: Vec::new(),
        }
    }

    /// Adds an element `value`.
    pub fn add(&mut self, name: &str, value: &str) {
        if self.text.is_empty() {
            self.text = format!(
                "<values xmlns='{}' xmlns:xsd='http://www.w3.org/2001/XMLSchema' \
                 xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n",
                self.service.namespace
            );
            self.lines = 2;
            self.names.push(Vec::new());
        }
        if let Some(names) = self.names.last_mut() {
            names.push((self.lines, name.to_owned()));
        }
        self.text.push_str(value);
        self.text.push('\n');
        self.lines += 1 + value.matches('\n').count();
        if self.text.len() > BYTES {
            self.complete();
        }
    }

    fn complete(&mut self) {
        let text = std::mem::take(&mut self.text) + "</values>\n";
        let path = self
            .folder
            .path()
            .join(format!("{}.xml", self.complete.len()));
        std::fs::write(&path, text).unwrap();
        self.complete.push(path);
    }

    /// What `xmllint` has to say against the documents, each with the value concerned.
    ///
    /// # Panics
    /// When it cannot be run.
    pub fn complaints(mut self) -> Vec<String> {
        if !self.text.is_empty() {
            self.complete();
        }
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--nonet", "--huge", "--schema"]);
        let output = command.arg(&self.schema).args(&self.complete).output();
        let output = output.unwrap_or_else(|error| {
            panic!("cannot run xmllint ({error}); tests/prepare installs it, from libxml2-utils")
        });
        let text = String::from_utf8_lossy(&output.stderr);
        let mut complaints: Vec<String> = text
            .lines()
            .filter(|line| {
                let says_nothing = [" validates", " fails to validate"];
                let is_verdict = says_nothing.iter().any(|verdict| line.ends_with(verdict));
                // Which file of a namespace it takes.
                !is_verdict && !line.contains("parser warning : ")
            })
            .map(|line| self.with_name(line))
            .collect();
        if complaints.is_empty() && !output.status.success() {
            complaints.push(format!("xmllint failed: {}", output.status));
        }
        complaints
    }

    /// A line such as `/tmp/0.xml:17: element a: Schemas validity error : …`, with the name of the
    /// value in line 17.
    fn with_name(&self, complaint: &str) -> String {
        let name = self
            .complete
            .iter()
            .zip(&self.names)
            .find_map(|(path, names)| {
                let rest = complaint.strip_prefix(&format!("{}:", path.display()))?;
                let line: usize = rest.split(':').next()?.parse().ok()?;
                let before = names.partition_point(|(first, _)| *first <= line);
                Some(&*names.get(before.checked_sub(1)?)?.1)
            });
        format!("{}: {complaint}", name.unwrap_or("?"))
    }

    /// # Panics
    /// When one of the documents is not valid.
    pub fn judge(self) {
        let complaints = self.complaints();
        let shown: Vec<_> = complaints.iter().take(40).cloned().collect();
        assert!(
            complaints.is_empty(),
            "{} complaints, the first of them:\n{}",
            complaints.len(),
            shown.join("\n")
        );
    }
}
