//! Asking vCenter, 8.0.2 or later, which of the API versions known here it prefers.

use vmomi_runtime::json::from_json;
use vmomi_runtime::transport::http::{HeaderValue, header};
use vmomi_runtime::transport::{Request, TransportErrorKind};
use vmomi_runtime::{Any, Connection};

use crate::error::Error;
use crate::vim25::TYPES;

const PATH: &str = "/api/vcenter/system?action=hello";

/// The most that the answer may take, which is a few dozen bytes.
const LARGEST_ANSWER: usize = 64 << 10;

/// The first of the releases that the server has too; nothing where it has none, or does not know
/// the question.
pub(crate) async fn agree(
    connection: &Connection,
    releases: &[&str],
) -> Result<Option<String>, Error> {
    let body = format!(r#"{{"api_releases":["{}"]}}"#, releases.join(r#"",""#));
    let content = HeaderValue::from_static("application/json");
    let request = Request::post(PATH, body).with_header(header::CONTENT_TYPE, content);
    let response = match connection.transport().send(request).await {
        Ok(response) if response.status.is_success() => response,
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), TransportErrorKind::Redirect { .. }) => {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let answer = response.collect(LARGEST_ANSWER).await?;
    Ok(agreed_release(&answer).filter(|release| releases.contains(&&**release)))
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
