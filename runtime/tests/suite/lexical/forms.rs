//! Texts: valid forms, forms with a few characters changed, and others.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// White space of XML, and what only looks like some.
const SPACES: &str = "[ \t\n\r]{0,2}";

/// What is put into forms: parts of them, other digits, other white space.
const STRANGE: &str =
    "0123456789+-.:TZtzeEINFinfaN=/ABQgwxX \t\n\r_\u{C}\u{B}\u{85}\u{A0}\u{2028}\u{2212}٣é";

pub fn integer() -> impl Strategy<Value = String> {
    let near = |number: i128| (-3..=3_i128).prop_map(move |off| (number + off).to_string());
    let edges = [7, 15, 31, 63].map(|bits| 1_i128 << bits);
    around(prop_oneof![
        "[+-]?[0-9]{1,25}",
        "[+-]?0{0,30}[0-9]{1,19}",
        select(edges.to_vec()).prop_flat_map(near),
        select(edges.map(|edge| -edge).to_vec()).prop_flat_map(near),
    ])
}

/// Numbers of JSON: section 6 of RFC 8259.
#[cfg(all(feature = "json", feature = "serde"))]
pub fn json_number() -> impl Strategy<Value = String> {
    let edges = [7, 15, 31, 63, 64].map(|bits| 1_i128 << bits);
    let near = |number: i128| (-3..=3_i128).prop_map(move |off| (number + off).to_string());
    prop_oneof![
        4 => "-?(0|[1-9][0-9]{0,25})",
        4 => select(edges.to_vec()).prop_flat_map(near),
        4 => select(edges.map(|edge| -edge).to_vec()).prop_flat_map(near),
        4 => "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([Ee][+-]?[0-9]{1,3})?",
        1 => "-?[0-9]\\.[0-9]{1,400}[Ee][+-]?[0-9]{1,6}",
        4 => any::<f64>().prop_map(|value| format!("{value:e}")),
        4 => any::<f32>().prop_map(|value| format!("{value:e}")),
        4 => any::<f64>().prop_map(halfway),
        4 => any::<f32>().prop_map(|value| halfway(value.into())),
    ]
    .prop_filter("JSON has no such number", |text| !text.contains(['n', 'N']))
}

pub fn boolean() -> impl Strategy<Value = String> {
    around(prop_oneof!["true", "false", "1", "0"])
}

pub fn float() -> impl Strategy<Value = String> {
    around(prop_oneof![
        8 => "[+-]?([0-9]{1,25}(\\.[0-9]{0,25})?|\\.[0-9]{1,25})([Ee][+-]?0{0,3}[0-9]{1,3})?",
        1 => "[+-]?[0-9]{1,3}[Ee][+-]?[0-9]{4,30}",
        1 => "[+-]?0{0,400}[0-9]{0,400}\\.[0-9]{1,400}",
        1 => "[+-]?INF|NaN|[+-]?Infinity|-inf|nan",
        4 => any::<f64>().prop_map(|value| format!("{value:e}")),
        4 => any::<f32>().prop_map(|value| format!("{value:e}")),
        4 => any::<f64>().prop_map(halfway),
        4 => any::<f32>().prop_map(|value| halfway(value.into())),
    ])
}

/// Digits of a number half-way between two doubles, where rounding is decided by the last of them.
fn halfway(value: f64) -> String {
    // More than 767 digits no double has.
    let mut text = format!("{value:.800}");
    text.push('5');
    text
}

pub fn date_time() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        4 => "(19|20)[0-9]{2}",
        2 => "-?[0-9]{4}",
        1 => "-?[1-9][0-9]{4,6}",
        1 => "-?26214[1234]",
    ];
    let date = (year, 1..=12_u32, 1..=31_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let time = prop_oneof![
        8 => "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?",
        1 => "24:00:00(\\.0{1,12})?",
    ];
    let zone = prop_oneof![
        2 => "Z?",
        2 => "[+-](0[0-9]|1[0-3]):[0-5][0-9]",
        1 => "[+-](14:00|1[4-9]:[0-5][0-9])",
    ];
    around((date, time, zone).prop_map(|(date, time, zone)| format!("{date}T{time}{zone}")))
}

pub fn base64() -> impl Strategy<Value = String> {
    let spaced = prop::collection::vec(("[A-Za-z0-9+/]", "[ \n]{0,2}"), 0..16);
    let end = select(vec![
        "", "AQ==", "AR==", "AAE=", "AAF=", "A Q = =", "A=", "A===",
    ]);
    around((spaced, end).prop_map(|(characters, end)| {
        let characters = characters.into_iter().map(|(digit, space)| digit + &space);
        characters.chain([end.to_owned()]).collect::<String>()
    }))
}

fn around(form: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (SPACES, form, SPACES).prop_map(|(before, form, after)| before + &form + &after)
}

/// The form as it is, with a few characters changed, or another text.
pub fn near(form: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    let form = form.boxed();
    let strange: Vec<char> = STRANGE.chars().collect();
    let change = (0..3_u8, any::<Index>(), select(strange.clone()));
    let changed =
        (form.clone(), prop::collection::vec(change, 1..3)).prop_map(|(form, changes)| {
            let mut characters: Vec<char> = form.chars().collect();
            for (kind, at, character) in changes {
                let at = at.index(characters.len() + 1);
                match (kind, characters.get_mut(at)) {
                    (0, Some(there)) => *there = character,
                    (1, Some(_)) => drop(characters.remove(at)),
                    _ => characters.insert(at, character),
                }
            }
            String::from_iter(characters)
        });
    let of_strange = prop::collection::vec(select(strange), 0..12).prop_map(String::from_iter);
    let any_text = "[\\PC]{0,12}";
    prop_oneof![6 => form, 4 => changed, 1 => of_strange, 1 => any_text]
}
