//! Input that means harm: an error, in little memory and time, and never a panic.

use vmomi_runtime::{Any, Dyn};

use super::try_read;
use crate::depth::on_a_small_stack;
use crate::erased::sample::everything;
use crate::support::*;

#[test]
fn depth_is_limited_whatever_is_nested() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("[", "]"),
            (r#"{"a":"#, "}"),
            (r#"{"_typeName":"Tree","value":"#, "}"),
            (r#"{"value":"#, r#","_typeName":"Tree"}"#),
            (r#"{"_typeName":"Tree","content":"#, "}"),
            (r#"{"_typeName":"Tree","children":["#, "]}"),
            (r#"{"_typeName":"Tree","future":"#, "}"),
            (r#"{"_typeName":"Tree","_value":"#, "}"),
            (r#"{"_typeName":"Future","x":"#, "}"),
            (r#"{"_typeName":"ArrayOfAnyType","_value":["#, "]}"),
            (r#"{"_typeName":"ManagedObjectReference","_value":"#, "}"),
        ] {
            for depth in [10, 60, 127, 129, 100_000] {
                let text = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
                match try_read::<Any>(&text) {
                    Ok(value) => {
                        assert!(depth < 128, "{depth} of {open}");
                        // Unknown content may take more levels to write than it had.
                        let _ = serde_json::to_string(&value);
                    }
                    Err(error) => assert!(!error.to_string().is_empty()),
                }
                let _ = try_read::<Dyn<DynamicData>>(&text);
                let unclosed = open.repeat(depth);
                assert!(try_read::<Any>(&unclosed).is_err());
            }
        }
    });
}

/// The formats of others may not limit it, so this is ours to do.
#[test]
fn depth_is_limited_without_the_help_of_the_format() {
    use serde_core::Deserialize;
    use serde_core::de::IntoDeserializer;
    use serde_core::de::value::{Error, SeqDeserializer};

    /// Arrays in arrays without an end.
    struct Endless;

    impl IntoDeserializer<'_, Error> for Endless {
        type Deserializer = SeqDeserializer<std::iter::Once<Self>, Error>;

        fn into_deserializer(self) -> Self::Deserializer {
            SeqDeserializer::new(std::iter::once(self))
        }
    }

    on_a_small_stack(|| {
        let error = Any::deserialize(Endless.into_deserializer()).expect_err("it has no end");
        assert!(error.to_string().contains("too deep"), "{error}");
    });
}

#[test]
fn every_beginning_is_refused() {
    let text = super::write(&everything());
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(try_read::<Everything>(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn names_that_come_again_and_again_take_time_in_proportion() {
    let many = 200_000;
    for member in [r#""_typeName":"Future""#, r#""key":1"#, r#""future":1"#] {
        let text = format!("{{{}}}", vec![member; many].join(","));
        assert!(try_read::<Dyn<VirtualDevice>>(&text).is_ok(), "{member}");
        assert!(try_read::<Any>(&text).is_ok(), "{member}");
    }
    let members: Vec<_> = (0..many).map(|n| format!(r#""future{n}":1"#)).collect();
    let text = format!("{{{}}}", members.join(","));
    let device: Dyn<VirtualDevice> = super::read(&text);
    assert_eq!(device.extra.elements().len(), many);
    assert_eq!(
        super::write(&device).len(),
        text.len() + r#""_typeName":"VirtualDevice","key":0,"#.len()
    );
}

#[test]
fn nothing_that_is_no_json_is_taken() {
    for text in [
        "",
        " ",
        "\0",
        "<xml/>",
        "<html>",
        "{",
        "}",
        "[1,]",
        "{\"a\"}",
        "{'a':1}",
        "nul",
        "01",
        "\"\\ud800\"",
        "{\"_typeName\":\"Tree\"}{}",
        "\u{feff}{}",
    ] {
        assert!(try_read::<Any>(text).is_err(), "{text:?}");
    }
}
