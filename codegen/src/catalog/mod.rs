//! The catalogue: facts on a service that its WSDL cannot carry. The form is described in `wsdl/README.md`.

mod locate;
mod named;
mod versions;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

pub(crate) use named::Named;

use crate::diagnostic::{Diagnostic, Problem};
use crate::origin::Origin;
use crate::source::{Location, SourceFile};
use crate::unread;

/// The format that this generator reads.
const FORMAT: u32 = 1;

/// A catalogue with its text, so that errors can point into it. Nothing in it is resolved.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) facts: Facts,
    file: SourceFile,
}

/// A catalogue as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    #[serde(rename = "format")]
    _format: u32,
    #[serde(rename = "origin")]
    _origin: IgnoredAny,
    pub(crate) service: Service,
    #[serde(default)]
    pub(crate) versions: Vec<String>,
    #[serde(default)]
    pub(crate) data_objects: Named<DataObject>,
    #[serde(default)]
    pub(crate) enums: Named<Enumeration>,
    #[serde(default)]
    pub(crate) managed_objects: Named<ManagedObject>,
    #[serde(default)]
    pub(crate) operations: Named<Operation>,
}

/// The service that a catalogue is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) version: String,
    pub(crate) endpoint: String,
}

/// What the catalogue adds to a data object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataObject {
    pub(crate) since: Option<String>,
    pub(crate) vmodl: Option<String>,
    #[serde(default)]
    pub(crate) open: bool,
    #[serde(default)]
    pub(crate) fields: Named<Member>,
}

/// What the catalogue adds to an enumeration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enumeration {
    pub(crate) since: Option<String>,
    pub(crate) vmodl: Option<String>,
}

/// What the catalogue adds to a field or parameter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Member {
    pub(crate) since: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) privilege: Option<String>,
    #[serde(default)]
    pub(crate) secret: bool,
}

/// A managed object, of which the WSDL knows nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManagedObject {
    pub(crate) base: Option<String>,
    pub(crate) since: Option<String>,
    pub(crate) vmodl: Option<String>,
    #[serde(default)]
    pub(crate) properties: Named<Property>,
}

/// A property. The type is `xsd:` and a builtin, or the name of a type of the service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Property {
    #[serde(rename = "type")]
    pub(crate) of: String,
    pub(crate) target: Option<String>,
    #[serde(default)]
    pub(crate) list: bool,
    #[serde(default)]
    pub(crate) optional: bool,
    pub(crate) since: Option<String>,
    pub(crate) privilege: Option<String>,
    #[serde(default)]
    pub(crate) secret: bool,
}

/// What the catalogue adds to an operation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) owner: String,
    pub(crate) since: Option<String>,
    pub(crate) vmodl: Option<String>,
    pub(crate) privilege: Option<String>,
    #[serde(default)]
    pub(crate) parameters: Named<Member>,
    #[serde(default)]
    pub(crate) result: OperationResult,
}

/// What the catalogue adds to the result of an operation.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationResult {
    pub(crate) target: Option<String>,
    #[serde(default)]
    pub(crate) task_result: TaskResult,
}

/// Absent: no task. `null`: a task that yields nothing. Otherwise what the task yields.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Option<TaskValue>")]
pub(crate) enum TaskResult {
    #[default]
    NoTask,
    Nothing,
    Value(TaskValue),
}

/// What a task yields. The type is written as for a property.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskValue {
    #[serde(rename = "type")]
    pub(crate) of: String,
    pub(crate) target: Option<String>,
    #[serde(default)]
    pub(crate) list: bool,
    #[serde(default)]
    pub(crate) optional: bool,
}

impl From<Option<TaskValue>> for TaskResult {
    fn from(value: Option<TaskValue>) -> Self {
        value.map_or(Self::Nothing, Self::Value)
    }
}

impl Catalog {
    /// Reads a catalogue.
    ///
    /// # Errors
    /// When the file is missing, unreadable, not JSON, of another format, or holds a key that the format does not
    /// have, or one twice.
    pub(crate) fn read(origin: &Origin) -> Result<Self, Diagnostic> {
        match origin.read() {
            Ok(text) => Self::parse(SourceFile::of(origin, text)),
            Err(cause) => Err(unread::diagnostic(origin, &cause)),
        }
    }

    /// Reads a catalogue from its text.
    pub(crate) fn parse(file: SourceFile) -> Result<Self, Diagnostic> {
        // The format first: a newer one may have any key.
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let text = file.text().trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            let error = Diagnostic::new(Problem::EmptyFile).located(file.locate(0));
            return Err(error.help("copy it again, or leave it out"));
        }
        let head: Head = serde_json::from_str(text).map_err(|error| broken(&file, &error))?;
        if head.format != FORMAT {
            let cause = format!(
                "it is of format {}, this generator reads format {FORMAT}",
                head.format
            );
            let location = file.locate(locate::offset(file.text(), &["format"]));
            return Err(Diagnostic::new(Problem::BrokenCatalog(cause))
                .located(location)
                .help("use a generator and a catalogue of one version"));
        }
        let facts = serde_json::from_str(text).map_err(|error| broken(&file, &error))?;
        Ok(Self { facts, file })
    }

    /// Where the member is that one reaches by these keys from the top; where the last of them is that exists.
    pub(crate) fn locate(&self, keys: &[&str]) -> Location {
        self.file.locate(locate::offset(self.file.text(), keys))
    }
}

fn broken(file: &SourceFile, error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    let cause = message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned();
    let line_start: usize = file
        .text()
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let location = file.locate(line_start + error.column().saturating_sub(1));
    let broken = Diagnostic::new(Problem::BrokenCatalog(cause)).located(location);
    match error.classify() {
        Category::Eof => broken.help("the file is probably truncated; copy it again"),
        Category::Syntax if !file.text().trim_start().starts_with(['{', '\u{feff}']) => {
            broken.help("a catalogue is a JSON object; wsdl/README.md tells its form")
        }
        Category::Io | Category::Syntax | Category::Data => broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(operations: &str) -> Result<Catalog, Diagnostic> {
        let service = r#"{"name": "s", "namespace": "urn:s", "version": "1", "endpoint": "/s"}"#;
        let text = format!(
            "{{\"format\": 1, \"origin\": {{}}, \"service\": {service},\n\"operations\": {operations}}}"
        );
        Catalog::parse(SourceFile::new("catalog.json", text))
    }

    #[test]
    fn tells_no_task_from_a_task_without_result() {
        let catalog = parse(
            r#"{"A": {"owner": "O"}, "B": {"owner": "O", "result": {"task_result": null}},
                "C": {"owner": "O", "result": {"task_result": {"type": "xsd:int", "list": true}}}}"#,
        )
        .expect("a good catalogue");
        let task = |name| {
            &catalog
                .facts
                .operations
                .get(name)
                .expect("there")
                .result
                .task_result
        };
        assert!(matches!(task("A"), TaskResult::NoTask));
        assert!(matches!(task("B"), TaskResult::Nothing));
        assert!(
            matches!(task("C"), TaskResult::Value(value) if value.list && value.of == "xsd:int")
        );
    }

    #[test]
    fn refuses_what_it_does_not_know_with_its_line() {
        let error =
            parse("{\"A\": {\n\"owner\": \"O\", \"colour\": 1}}").expect_err("an unknown key");
        assert!(
            error.to_string().contains("unknown field `colour`"),
            "{error}"
        );
        assert_eq!(error.location().map(|location| location.line), Some(3));
    }

    #[test]
    fn refuses_a_name_given_twice() {
        let error = parse("{\"A\": {\"owner\": \"O\"},\n\"A\": {\"owner\": \"P\"}}")
            .expect_err("a name twice");
        assert!(error.to_string().contains("`A` stands twice"), "{error}");
    }

    #[test]
    fn refuses_another_format() {
        let error = Catalog::parse(SourceFile::new("c", "{\n\"format\": 2, \"new\": 1}"))
            .expect_err("format 2");
        assert!(error.to_string().contains("format 2"), "{error}");
        assert_eq!(error.location().map(|location| location.line), Some(2));
    }
}
