//! Rules that cannot be followed, and what the others come to.

use vmomi_codegen::{Generated, Settings, generate};

use crate::support::{complex, model_of, schema};

/// A type with a subtype, an enumeration, and a type that holds both.
fn types() -> String {
    [
        complex("Device", None, &["name=\"key\" type=\"xsd:int\""]),
        complex("Disk", Some("Device"), &["name=\"size\" type=\"xsd:long\""]),
        complex(
            "Machine",
            None,
            &[
                "name=\"device\" type=\"t:Device\" maxOccurs=\"unbounded\"",
                "name=\"state\" type=\"t:State\" minOccurs=\"0\"",
            ],
        ),
        "<simpleType name=\"State\"><restriction base=\"xsd:string\"><enumeration value=\"on\"/>\
         <enumeration value=\"off\"/></restriction></simpleType>"
            .to_owned(),
    ]
    .concat()
}

fn generated(settings: &Settings) -> Generated {
    generate(&model_of(&types()), settings).unwrap_or_else(|error| panic!("{error}"))
}

/// All generated text.
fn text(settings: &Settings) -> String {
    let files = generated(settings).files;
    files.into_values().collect()
}

#[track_caller]
fn refused(set: impl FnOnce(&mut Settings) -> &mut Settings, message: &str) {
    let mut settings = Settings::default();
    set(&mut settings);
    let error = generate(&model_of(&types()), &settings).expect_err("refused");
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_rule_about_nothing_is_an_error_that_offers_names() {
    refused(
        |settings| settings.rename("Dsik", "Volume"),
        "error: rename(\"Dsik\", \"Volume\"): nothing is named `Dsik`\n  help: did you mean `Disk`?",
    );
    refused(
        |settings| settings.rename("Disk.sise", "bytes"),
        "error: rename(\"Disk.sise\", \"bytes\"): nothing is named `Disk.sise`\n  help: did you mean `Disk.size`?",
    );
    refused(
        |settings| settings.derive("Host*", "Hash"),
        "error: derive(\"Host*\", \"Hash\"): nothing is named `Host*`",
    );
}

#[test]
fn a_rule_that_cannot_be_followed_says_why() {
    refused(
        |settings| settings.rename("Disk", "a disk"),
        "error: rename(\"Disk\", \"a disk\"): `a disk` is no identifier",
    );
    refused(
        |settings| settings.rename("Disk.size", "type"),
        "error: rename(\"Disk.size\", \"type\"): `type` is no identifier; `r#type` is one",
    );
    refused(
        |settings| settings.rename("Disk", "Vec"),
        "error: rename(\"Disk\", \"Vec\"): the generated code uses `Vec` in another sense",
    );
    refused(
        |settings| settings.derive("Disk.size", "Hash"),
        "error: derive(\"Disk.size\", \"Hash\"): it is about fields, which cannot have it",
    );
    refused(
        |settings| settings.replace("Disk.size", "crate::Size"),
        "error: replace(\"Disk.size\", \"crate::Size\"): it is about fields, which cannot have it",
    );
    refused(
        |settings| settings.rename("Disk[1]", "Volume"),
        "error: rename(\"Disk[1]\", \"Volume\"): `Disk[1]` is no pattern of the form `[namespace:]Type[.member]`: \
         names have letters, digits, `_` and `-`, besides `*` and `?`",
    );
}

#[test]
fn an_attribute_that_can_change_a_type_is_refused_by_rule() {
    let allowed = "Allowed are `doc`, `allow`, `expect`, `deprecated`, `must_use`, `derive`, `serde`, `cfg`, `cold`";
    refused(
        |settings| settings.attribute("State", "#[cfg_attr(all(), repr(u32))]"),
        &format!(
            "error: attribute(\"State\", \"#[cfg_attr(all(), repr(u32))]\"): `cfg_attr` is not allowed: `cfg_attr` can \
             become any attribute, and the runtime relies on its description. {allowed}"
        ),
    );
    refused(
        |settings| settings.attribute("Disk", "#[must_use] #[repr(packed)]"),
        &format!(
            "error: attribute(\"Disk\", \"#[must_use] #[repr(packed)]\"): `repr` is not allowed: `repr` changes how a \
             type is laid out, and the runtime relies on its description. {allowed}"
        ),
    );
    refused(
        |settings| settings.attribute("*.*", "#[my::swap]"),
        &format!(
            "error: attribute(\"*.*\", \"#[my::swap]\"): `my::swap` is not allowed: an attribute that is not known can \
             change the type that it is on, and the runtime relies on its description. {allowed}"
        ),
    );
    // Allowed, but not everywhere.
    refused(
        |settings| settings.attribute("Disk.size", "#[cfg(test)]"),
        "error: attribute(\"Disk.size\", \"#[cfg(test)]\"): it is about fields, which cannot have it",
    );
    refused(
        |settings| settings.attribute("State", "#[serde(rename_all = \"lowercase\")]"),
        "error: attribute(\"State\", \"#[serde(rename_all = \\\"lowercase\\\")]\"): it is about enumerations, which \
         cannot have it",
    );
    refused(
        |settings| settings.attribute("State.on", "#[derive(Hash)]"),
        "error: attribute(\"State.on\", \"#[derive(Hash)]\"): it is about values of enumerations, which cannot have it",
    );
}

#[test]
fn comments_in_attributes_take_nothing_away() {
    let mut settings = Settings::default();
    settings
        .derive("State", "PartialOrd // for sorting")
        .attribute("State", "/// More.\n#[must_use] // why");
    let text = text(&settings);
    assert!(
        text.contains("#[derive(PartialOrd)]\n    /// More.\n    #[must_use]\n    pub enum State"),
        "{text}"
    );
}

#[test]
fn all_rules_that_cannot_be_followed_are_told_at_once() {
    let mut settings = Settings::default();
    settings
        .rename("Disk", "1")
        .attribute("Disk", "must_use")
        .replace("Device", "not a path");
    let error = generate(&model_of(&types()), &settings).expect_err("refused");
    assert_eq!(error.iter().count(), 3, "{error}");
}

#[test]
fn names_that_collide_are_refused_and_others_may_be_given() {
    let mut settings = Settings::default();
    settings.rename("Disk", "Device");
    let error = generate(&model_of(&types()), &settings)
        .expect_err("refused")
        .to_string();
    assert!(error.contains("both become `Device`"), "{error}");
    assert!(
        error.contains("help: give one of them another name"),
        "{error}"
    );
    // The names may also be exchanged.
    settings.rename("Device", "Disk");
    assert!(
        text(&settings)
            .contains("#[wire(\"Disk\", SERVICE, Since::UNKNOWN)]\n    pub struct Device {")
    );

    let colliding = schema(&complex(
        "T",
        None,
        &[
            "name=\"size\" type=\"xsd:int\"",
            "name=\"Size\" type=\"xsd:int\"",
        ],
    ));
    let model =
        crate::support::read(&[("t.xsd", &colliding)]).unwrap_or_else(|error| panic!("{error}"));
    assert!(generate(&model, &Settings::default()).is_err());
    let mut settings = Settings::default();
    settings.rename("T.Size", "other");
    assert!(generate(&model, &settings).is_ok());
}

#[test]
fn later_rules_win_and_attributes_add_up() {
    let mut settings = Settings::default();
    settings
        .rename("D*", "First")
        .rename("Device", "Second")
        .rename("Disk", "Third")
        .attribute("Disk", "#[must_use]")
        .derive("*", "Eq");
    let text = text(&settings);
    assert!(!text.contains("First"), "{text}");
    assert!(text.contains("pub struct Second"), "{text}");
    assert!(
        text.contains("#[must_use]\n    #[derive(Eq)]\n    pub struct Third"),
        "{text}"
    );
    assert!(text.contains("pub base: Second"), "{text}");
    assert!(text.contains("Vec<Dyn<Second>>"), "{text}");
    assert!(
        text.contains("[`Disk`](Third)"),
        "links lead to the new names: {text}"
    );
}

#[test]
fn what_is_replaced_is_told_and_not_emitted() {
    let mut settings = Settings::default();
    settings
        .replace("Disk", "crate::own::Disk")
        .replace("State", "other::*")
        .rename("State", "Power");
    let generated = generated(&settings);
    let set_aside: Vec<&str> = generated
        .summary
        .set_aside
        .iter()
        .map(|of| of.what.as_str())
        .collect();
    assert_eq!(set_aside, ["data object `Disk`", "enum `State`"]);
    let module = &generated.files["test/mod.rs"];
    assert!(
        module.contains("pub use crate::own::Disk as Disk;"),
        "{module}"
    );
    assert!(
        module.contains("pub use other::State as Power;"),
        "{module}"
    );
    assert!(
        module.contains("replaces_data_object::<Disk, Device>(\"Disk\");"),
        "{module}"
    );
    assert!(
        !generated.files.contains_key("test/enums/all.rs"),
        "an empty file"
    );
    let text: String = generated.files.into_values().collect();
    assert!(!text.contains("struct Disk"), "{text}");
    assert!(text.contains("types![Device, Disk, Machine]"), "{text}");
}

#[test]
fn settings_that_decide_nothing_change_nothing() {
    let model = model_of(&types());
    let plain = generate(&model, &Settings::default()).unwrap_or_else(|error| panic!("{error}"));
    let mut settings = Settings::default();
    settings.rename("Disk", "Disk").rename("Disk.size", "size");
    assert_eq!(
        text(&settings),
        plain.files.into_values().collect::<String>()
    );
}
