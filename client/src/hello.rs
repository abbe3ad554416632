//! Asking vCenter, 8.0.2 or later, which of the API versions known here it prefers.

use std::time::Duration;

use vmomi_runtime::json::from_json;
use vmomi_runtime::transport::Request;
use vmomi_runtime::transport::http::{HeaderValue, header};
use vmomi_runtime::{Any, Connection};

use crate::error::Error;
use crate::optional;
use crate::vim25::TYPES;

const PATH: &str = "/api/vcenter/system?action=hello";

/// The answer takes a few dozen bytes.
const MAX_BYTES: usize = 64 << 10;

/// The first of the releases that the server has too; nothing where it has none, or does not know
/// the question.
///
/// # Errors
/// When the server cannot be reached at all.
pub(crate) async fn agree(
    connection: &Connection,
    releases: &[&str],
    limit: Duration,
) -> Result<Option<String>, Error> {
    let body = format!(r#"{{"api_releases":["{}"]}}"#, releases.join(r#"",""#));
    let content = HeaderValue::from_static("application/json");
    let request = Request::post(PATH, body).with_header(header::CONTENT_TYPE, content);
    let answer = optional::ask(connection, request, limit, MAX_BYTES).await?;
    let release = answer.and_then(|answer| agreed_release(&answer));
    Ok(release.filter(|release| releases.contains(&&**release)))
}

/// The release in `{"api_release":"8.0.3.0"}`; an empty one is none.
fn agreed_release(answer: &[u8]) -> Option<String> {
    let Ok(Any::Unknown(answer)) = from_json::<Any>(answer, &TYPES, &Default::default()) else {
        return None;
    };
    let mut members = answer.elements();
    let release = members.find(|member| &*member.name.local == "api_release")?;
    Some(release.text()).filter(|release| !release.is_empty())
}

#[cfg(test)]
mod tests {
    use super::agreed_release;

    #[test]
    fn the_release_is_read_from_the_answer() {
        for (answer, release) in [
            (r#"{"api_release":"8.0.3.0"}"#, Some("8.0.3.0")),
            ("\u{FEFF}{\"api_release\":\"8.0.3.0\"}", Some("8.0.3.0")),
            (r#"{"api_release":""}"#, None),
            (r#"{"other":"8.0.3.0"}"#, None),
            (r#"["8.0.3.0"]"#, None),
            ("<html>", None),
        ] {
            assert_eq!(agreed_release(answer.as_bytes()).as_deref(), release);
        }
    }
}
