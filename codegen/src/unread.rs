//! What is said of a file that gave no text.

use std::io;
use std::path::PathBuf;
use std::string::FromUtf8Error;

use crate::diagnostic::{Diagnostic, Problem};
use crate::origin::{Origin, Unread};
use crate::source::SourceFile;

/// The diagnostic for a file or folder that the user named and that is not there.
fn missing(path: PathBuf) -> Diagnostic {
    let error = Diagnostic::new(Problem::MissingFile(path));
    #[cfg(feature = "bundled")]
    if let Problem::MissingFile(path) = error.problem()
        && let Some(set) = path.to_str().and_then(vmomi_wsdl::set)
    {
        let help = format!(
            "the description of that name that is built in is --bundled {0}, \
             `Builder::bundled(\"{0}\")`",
            set.name
        );
        return error.help(help);
    }
    error
}

/// The diagnostic for a file that could not be read.
pub(crate) fn diagnostic(origin: &Origin, unread: &Unread) -> Diagnostic {
    match unread {
        Unread::Failed(cause) if cause.kind() == io::ErrorKind::NotFound => missing(origin.path()),
        Unread::Failed(cause) => Diagnostic::new(failed(origin.path(), cause)),
        Unread::NoFile => Diagnostic::new(Problem::Unreadable {
            path: origin.path(),
            cause: "it is no regular file".to_owned(),
        }),
        Unread::TooLarge(limit) => Diagnostic::new(Problem::Unreadable {
            path: origin.path(),
            cause: format!("it has more than {} MiB", limit >> 20),
        }),
        Unread::NotUtf8(error) => not_utf8(origin, error),
    }
}

/// What is wrong with a path that cannot be read.
pub(crate) fn failed(path: PathBuf, cause: &io::Error) -> Problem {
    match cause.kind() {
        io::ErrorKind::NotFound => Problem::MissingFile(path),
        _ => Problem::Unreadable {
            path,
            cause: cause.to_string(),
        },
    }
}

fn not_utf8(origin: &Origin, error: &FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let file = SourceFile::of(origin, String::from_utf8_lossy(bytes).into_owned());
    let help = match encoding(bytes) {
        Some((encoding, reason)) => {
            format!("{reason} {encoding}; convert it, for example by iconv -f {encoding} -t UTF-8")
        }
        None => "convert it, for example by iconv -t UTF-8".to_owned(),
    };
    Diagnostic::new(Problem::NotUtf8)
        .located(file.locate(error.utf8_error().valid_up_to()))
        .help(help)
}

/// The encoding of a file that is not UTF-8 and how one can tell, if one can.
fn encoding(bytes: &[u8]) -> Option<(&str, &'static str)> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] = bytes {
        return Some(("UTF-16", "it begins like"));
    }
    let declaration = bytes.split(|byte| *byte == b'>').next()?;
    let declared = std::str::from_utf8(declaration).ok()?;
    let (_, declared) = declared.split_once("encoding=")?;
    let name = declared.split(['"', '\'']).nth(1)?;
    (!name.eq_ignore_ascii_case("UTF-8")).then_some((name, "it says that it is"))
}

#[cfg(test)]
mod tests {
    use super::encoding;

    #[test]
    fn tells_the_encoding_by_what_a_file_begins_with() {
        let declared = |text: &'static str| encoding(text.as_bytes()).map(|(name, _)| name);
        assert_eq!(
            declared("<?xml encoding='ISO-8859-1'?>"),
            Some("ISO-8859-1")
        );
        assert_eq!(declared("<?xml encoding=\"utf-8\"?>"), None);
        assert_eq!(declared("<?xml?><a encoding='x'/>"), None);
        assert_eq!(declared("<?xml encoding="), None);
        assert_eq!(declared(""), None);
        assert_eq!(
            encoding(&[0xff, 0xfe, 0]).map(|(name, _)| name),
            Some("UTF-16")
        );
    }
}
