//! The text form of property paths.

use vmomi_runtime::reflect::{PropertyPath, Step};

use super::path;

#[test]
fn a_path_is_shown_as_it_was_written() {
    for text in [
        "",
        "name",
        "config.hardware.numCPU",
        "a[0]",
        "a.b[4000].c.d",
        "a[-1]",
        r#"a.b["k"]"#,
        r#"a.b["k"].c"#,
        r#"config.extraConfig["guestinfo.a[0].b"].value"#,
        r#"a["say "hello""].b"#,
        r#"a[""]"#,
        "a[1][2]",
        "[7].key",
    ] {
        assert_eq!(path(text).to_text(), text);
        assert_eq!(String::from(path(text)), text);
    }
}

#[test]
fn a_log_shows_of_keys_the_length() {
    for (text, shown) in [
        ("config.hardware.numCPU", "config.hardware.numCPU"),
        ("a.b[4000].c", "a.b[4000].c"),
        (
            r#"sessionList["52b5a1f2"].userName"#,
            "sessionList[(8 bytes)].userName",
        ),
        (r#"a[""]"#, r#"a[""]"#),
        ("a b!.c", "(4 bytes).c"),
    ] {
        assert_eq!(path(text).to_string(), shown);
        assert_eq!(format!("{:?}", path(text)), shown);
    }
    let steps = path(r#"a["hunter2"][1]"#);
    assert_eq!(format!("{:?}", steps.steps()), "[a, [(7 bytes)], [1]]");
}

#[test]
fn a_path_is_its_steps() {
    let steps = [
        Step::Property("device".into()),
        Step::Number(4000),
        Step::Property("label".into()),
        Step::Text("a.b".into()),
    ];
    let made: PropertyPath = steps.iter().cloned().collect();
    assert_eq!(made, path(r#"device[4000].label["a.b"]"#));
    assert_eq!(made.steps(), steps);
    assert_eq!(
        made.strip_prefix(&path("device[4000]")),
        Some(path(r#"label["a.b"]"#))
    );
    assert_eq!(made.strip_prefix(&path("device[4001]")), None);
    assert!(path("").is_empty());
}

#[test]
fn what_is_no_path_is_told_with_the_place() {
    for (text, position, expected) in [
        (".a", 0, "a name"),
        ("a.", 1, "a name"),
        ("a..b", 1, "a name"),
        ("a.[0]", 1, "a name"),
        ("a[0]b", 4, "a dot or a bracket"),
        ("a]", 1, "a dot or a bracket"),
        ("a\"b", 1, "a dot or a bracket"),
        ("a[]", 1, "a [number] or [\"text\"]"),
        ("a[0", 1, "a [number] or [\"text\"]"),
        ("a[\"b]", 1, "a [number] or [\"text\"]"),
        ("a[b]", 1, "a [number] or [\"text\"]"),
        ("a[99999999999999999999]", 1, "a [number] or [\"text\"]"),
    ] {
        let error = text.parse::<PropertyPath>().expect_err(text).to_string();
        assert_eq!(
            error,
            format!(
                "not a property path: expected {expected} at byte {position} of {}",
                text.len()
            )
        );
    }
}
