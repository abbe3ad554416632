//! Where a member stands in a JSON text. The JSON reader tells the places of its own errors only.

/// The offset of the key that one reaches by `keys` from the top, or of the last of them that exists.
///
/// The text has been read as JSON before, so the scan checks nothing.
pub(super) fn offset(text: &str, keys: &[&str]) -> usize {
    let bytes = text.as_bytes();
    let mut found = 0;
    let mut wanted = keys.iter().peekable();
    // The depth at which the next wanted key stands, and the depth of the scan.
    let (mut target, mut depth) = (1, 0);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth < target {
                    // The object that should hold the key is over.
                    return found;
                }
            }
            b'"' => {
                let end = string_end(bytes, at + 1);
                let is_key = bytes[(end + 1).min(bytes.len())..]
                    .iter()
                    .find(|b| !b.is_ascii_whitespace());
                if depth == target
                    && is_key == Some(&b':')
                    && wanted
                        .peek()
                        .is_some_and(|key| key.as_bytes() == &bytes[at + 1..end])
                {
                    found = at;
                    wanted.next();
                    target += 1;
                    if wanted.peek().is_none() {
                        return found;
                    }
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The offset of the quote that ends the string whose content starts at `from`.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::offset;

    const TEXT: &str =
        r#"{"a": {"x": "b"}, "b": {"a": 1, "\"}": [{"c": 2}], "c": {"d": "}"}}, "e": 1}"#;

    #[test]
    fn finds_keys_at_their_depth() {
        assert_eq!(offset(TEXT, &["a"]), 1);
        assert_eq!(offset(TEXT, &["b"]), TEXT.find("\"b\": {").expect("there"));
        assert_eq!(
            offset(TEXT, &["b", "c", "d"]),
            TEXT.find("\"d\"").expect("there")
        );
        assert_eq!(offset(TEXT, &["e"]), TEXT.find("\"e\"").expect("there"));
    }

    #[test]
    fn stops_at_the_last_key_that_exists() {
        assert_eq!(
            offset(TEXT, &["b", "z"]),
            TEXT.find("\"b\": {").expect("there")
        );
        assert_eq!(offset(TEXT, &["z"]), 0);
        assert_eq!(offset("", &["z"]), 0);
    }
}
