//! The form in which the texts come: an OpenAPI description, as JSON or as YAML.
//!
//! - `components.schemas.X.description` is on the type `X`, for an enumeration under `X_enum`;
//! - that of `properties.f`, there or within an `allOf`, on a field, or, where `X` is a request, on a parameter;
//! - the text on an enumeration lists its values;
//! - `paths./X/{moId}/Operation.post.description` is on an operation;
//! - that of each of the `tags` on a managed object.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::values::Listed;
use super::{Overlay, yaml};
use crate::diagnostic::{Diagnostic, Problem};
use crate::origin::{Origin, read_text};
use crate::source::{Location, SourceFile};
use crate::unread;

const HELP: &str = "what is read is VMware's OpenAPI description of the VI JSON API, as it is downloaded: YAML or JSON";

/// The maximum size of a file in bytes. That of VMware has 10 MB.
const MAX_BYTES: u64 = 256 << 20;

/// What marks the schema of an enumeration.
const ENUMERATION: &str = "_enum";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Description {
    openapi: Option<String>,
    tags: Vec<Tag>,
    paths: BTreeMap<String, Endpoint>,
    components: Components,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tag {
    name: String,
    description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Endpoint {
    post: Option<Post>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Post {
    description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Components {
    schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Schema {
    description: Option<String>,
    properties: BTreeMap<String, Property>,
    #[serde(rename = "allOf")]
    all_of: Vec<Part>,
}

/// What a schema consists of besides what it extends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    properties: BTreeMap<String, Property>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Property {
    description: Option<String>,
}

impl Overlay {
    /// Reads the texts of a file.
    ///
    /// # Errors
    /// When the file cannot be read, is neither JSON nor YAML, or something else than an OpenAPI description.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Diagnostic> {
        let path = path.as_ref();
        let text = read_text(path, MAX_BYTES)
            .map_err(|cause| unread::diagnostic(&Origin::Disk(path.to_owned()), &cause))?;
        Self::parse(path, &text)
    }

    /// Reads the texts of what a file holds.
    ///
    /// # Errors
    /// As [`Overlay::read`].
    fn parse(path: &Path, text: &str) -> Result<Self, Diagnostic> {
        let refused = |cause: &str, place: Option<Location>| {
            let error = Diagnostic::new(Problem::NoDocumentation {
                path: path.to_owned(),
                cause: cause.to_owned(),
            });
            let error = error.help(HELP);
            match place {
                Some(place) => error.located(place),
                None => error,
            }
        };
        let at = |line: usize, column: usize| {
            let file = SourceFile::new(path, text.to_owned());
            let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
            Some(file.locate(lines.map(str::len).sum::<usize>() + column))
        };
        let description: Description = match text.trim_start().chars().next() {
            None => return Err(refused("it is empty", None)),
            Some('<') => return Err(refused("it is XML or HTML", at(1, 0))),
            Some('{') => serde_json::from_str(text).map_err(|error| {
                let cause = error.to_string();
                let cause = cause.split(" at line ").next().unwrap_or_default();
                refused(cause, at(error.line(), error.column().saturating_sub(1)))
            })?,
            Some(_) => {
                let tree = yaml::read(text)
                    .map_err(|error| refused(&error.cause, at(error.line, error.column)))?;
                serde_json::from_value(tree).map_err(|error| refused(&error.to_string(), None))?
            }
        };
        if description.openapi.is_none() {
            return Err(refused(
                "it does not say which version of `openapi` it is written in",
                None,
            ));
        }
        if description.components.schemas.is_empty() {
            return Err(refused("it has no `components.schemas`", None));
        }
        Ok(Self::of(description))
    }

    fn of(description: Description) -> Self {
        let mut overlay = Self::default();
        for tag in description.tags {
            if let Some(text) = tag.description {
                overlay.types.insert(tag.name, text);
            }
        }
        for (path, endpoint) in description.paths {
            if let Some(text) = endpoint.post.and_then(|post| post.description)
                && let Some((owner, operation)) = operation(&path)
            {
                overlay.add(owner, operation.to_owned(), text);
            }
        }
        for (name, schema) in description.components.schemas {
            overlay.add_schema(&name, schema);
        }
        overlay
    }

    fn add_schema(&mut self, name: &str, schema: Schema) {
        let parts = schema.all_of.into_iter().map(|part| part.properties);
        for (property, described) in parts.chain([schema.properties]).flatten() {
            if let Some(text) = described.description {
                self.add(name, property, text);
            }
        }
        let Some(text) = schema.description else {
            return;
        };
        match name.strip_suffix(ENUMERATION) {
            Some(name) => {
                let Listed { text, values } = Listed::of(&text);
                for (value, text) in values {
                    self.add(name, value, text);
                }
                if !text.is_empty() {
                    self.types.insert(name.to_owned(), text);
                }
            }
            // Under the plain name of an enumeration stands how one is wrapped in JSON.
            None => {
                self.types.entry(name.to_owned()).or_insert(text);
            }
        }
    }

    fn add(&mut self, of: &str, member: String, text: String) {
        let members = self.members.entry(of.to_owned()).or_default();
        members.insert(member, text);
    }
}

/// The managed object and the operation of a path such as `/Alarm/{moId}/RemoveAlarm`.
fn operation(path: &str) -> Option<(&str, &str)> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let (owner, object, operation) = (parts.next()?, parts.next()?, parts.next()?);
    let is_it = object.starts_with('{') && parts.next().is_none();
    is_it.then_some((owner, operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Overlay, String> {
        Overlay::parse(Path::new("api.yaml"), text).map_err(|error| error.to_string())
    }

    const YAML: &str = "\
openapi: 3.0.0
tags:
  - name: Machine
    description: A machine.
paths:
  /Machine/{moId}/PowerOn_Task:
    post:
      description: |2
        Switches it on.
        
        Slowly.
  /Machine/{moId}/name:
    get:
      description: Its name.
  /session:
    post:
      description: Of no object.
components:
  schemas:
    Disk:
      description: Holds data.
      allOf:
        - $ref: '#/components/schemas/Device'
        - type: object
          properties:
            size:
              description: In bytes.
              type: integer
    PowerOnRequestType:
      properties:
        host:
          description: Where.
        plain: {type: string}
    State_enum:
      type: string
      description: |2
        How it is.
        
        Possible values:
        - `on`: It runs.
          
          Or starts.
        - `off`
      enum: ['on', 'off']
    State:
      description: A boxed *State_enum*.
";

    #[test]
    fn yaml_and_json_say_the_same() {
        let overlay = parse(YAML).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(overlay.of_type("Machine"), Some("A machine."));
        assert_eq!(
            overlay.of_member("Machine", "PowerOn_Task"),
            Some("Switches it on.\n\nSlowly.\n")
        );
        assert_eq!(overlay.of_member("Machine", "name"), None);
        assert_eq!(overlay.of_type("Disk"), Some("Holds data."));
        assert_eq!(overlay.of_member("Disk", "size"), Some("In bytes."));
        assert_eq!(
            overlay.of_member("PowerOnRequestType", "host"),
            Some("Where.")
        );
        assert_eq!(overlay.of_member("PowerOnRequestType", "plain"), None);
        assert_eq!(overlay.of_type("State"), Some("How it is."));
        assert_eq!(
            overlay.of_member("State", "on"),
            Some("It runs.\n\nOr starts.")
        );
        assert_eq!(overlay.of_member("State", "off"), None);
        let tree = yaml::read(YAML).unwrap_or_else(|error| panic!("{}", error.cause));
        assert_eq!(parse(&tree.to_string()), Ok(overlay));
    }

    #[test]
    fn other_files_are_refused_with_what_they_are() {
        for (text, message) in [
            ("", "it is empty"),
            ("  \n", "it is empty"),
            ("<!DOCTYPE html>", "it is XML or HTML"),
            ("just a sentence", "invalid type"),
            ("name: value", "it does not say which version of `openapi`"),
            (
                "{\"swagger\": \"2.0\"}",
                "it does not say which version of `openapi`",
            ),
            ("openapi: 3.0.0", "it has no `components.schemas`"),
            ("{\"openapi\": ", "EOF while parsing"),
            ("a: [1, 2", "flow"),
            ("a: &x 1\nb: *x", "aliases"),
            ("a: 1\n---\nb: 2", "more than one document"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(message), "{text:?}: {error}");
            assert!(
                error.contains("help: what is read is VMware's OpenAPI"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_mistake_is_shown_with_its_line() {
        let error = parse("openapi: 3.0.0\ncomponents:\n  schemas: [a\n").expect_err("unclosed");
        assert!(error.contains("--> api.yaml:"), "{error}");
    }
}
