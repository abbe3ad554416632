//! The text form of property paths.

use proptest::prelude::*;
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

/// Servers write keys as they are, so what is between the quotes is the key, but for what would end
/// it too early.
#[test]
fn a_key_that_looks_like_its_end_is_escaped() {
    for (key, text) in [
        (r#"a"]"#, r#"["a"\]"]"#),
        (r#""]"]"#, r#"[""\]"\]"]"#),
        (r#"a"\]b"#, r#"["a"\\]b"]"#),
        (r#"a\]b"#, r#"["a\]b"]"#),
        (r#"a"\"#, r#"["a"\"]"#),
        (r#"a""#, r#"["a""]"#),
        ("]", r#"["]"]"#),
        (r#"C:\temp\"x""#, r#"["C:\temp\"x""]"#),
    ] {
        let made: PropertyPath = [Step::Text(key.into())].into_iter().collect();
        assert_eq!(made.to_text(), text, "{key}");
        assert_eq!(path(text), made, "{key}");
    }
}

#[test]
fn a_name_that_no_property_has_is_escaped() {
    for (name, text) in [
        ("a.b", r"x.a\.b"),
        ("a[0]", r"x.a\[0\]"),
        (r"a\", r"x.a\\"),
        ("\"", r#"x.\""#),
        ("", r"x.\0"),
        (r"\0", r"x.\\0"),
    ] {
        let steps = ["x", name].map(|name| Step::Property(name.into()));
        let made: PropertyPath = steps.into_iter().collect();
        assert_eq!(made.to_text(), text, "{name}");
        assert_eq!(path(text), made, "{name}");
    }
    assert!(r"a\".parse::<PropertyPath>().is_err());
    assert!(r"a\b".parse::<PropertyPath>().is_err());
}

/// Steps of all kinds, most of them of characters that mean something in a path.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let text = || prop_oneof![r#"[\[\]".\\0ab]{0,8}"#, any::<String>()];
    let step = prop_oneof![
        text().prop_map(Step::Property),
        any::<i64>().prop_map(Step::Number),
        text().prop_map(Step::Text),
    ];
    prop::collection::vec(step, 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 2000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_is_parsed_to_the_same_steps(steps in steps()) {
        let made: PropertyPath = steps.into_iter().collect();
        let parsed = made.to_text().parse::<PropertyPath>();
        prop_assert_eq!(parsed, Ok(made));
    }

    /// And what is parsed at all is written as a path that is the same.
    #[test]
    fn what_is_parsed_is_written_as_the_same_path(text in r#"[\[\]".\\0-9ab]{0,16}"#) {
        if let Ok(path) = text.parse::<PropertyPath>() {
            prop_assert_eq!(path.to_text().parse::<PropertyPath>(), Ok(path));
        }
    }
}
