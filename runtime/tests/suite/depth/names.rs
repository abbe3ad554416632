//! `ArrayOfArrayOf…` without an end, as an answer, as an error, and as a value to deserialize.

use serde_core::de::DeserializeSeed;
use vmomi_runtime::decode::DecodeOptions;
use vmomi_runtime::json::{Seed, from_json};
use vmomi_runtime::{Any, AnyArray, Dyn};

use super::on_a_small_stack;
use crate::calls::outcome;
use crate::json::calls::Server;
use crate::support::*;

/// 280 kB, which the old reader took 40,000 levels of recursion for.
fn array_of_arrays() -> String {
    format!(r#"{{"_typeName":"{}X"}}"#, "ArrayOf".repeat(40_000))
}

#[test]
fn a_type_name_is_no_recursion_in_values() {
    on_a_small_stack(|| {
        let body = array_of_arrays();
        let options = DecodeOptions::default();
        let _ = from_json::<Any>(body.as_bytes(), &TYPES, &options);
        let _ = from_json::<Dyn<DynamicData>>(body.as_bytes(), &TYPES, &options);
        let _ = serde_json::from_str::<Any>(&body);
        let _ = serde_json::from_str::<AnyArray>(&body);
        let _ = serde_json::from_str::<Tree>(&format!(r#"{{"value":{body}}}"#));
        let _ =
            Seed::<Any>::new(&TYPES).deserialize(&mut serde_json::Deserializer::from_str(&body));
    });
}

#[test]
fn a_type_name_is_no_recursion_in_an_answer() {
    on_a_small_stack(|| {
        for status in [200, 500, 404] {
            let server = Server::answering(status, &array_of_arrays());
            let answer = outcome(server.vm().shares());
            let error = answer.expect_err("it is no list of shares");
            assert!(!error.to_string().is_empty());
        }
    });
}

/// Arrays have no arrays for items, so the name of one is unknown.
#[test]
fn an_array_of_arrays_is_unknown() {
    for name in ["ArrayOfArrayOfInt", "ArrayOfArrayOfTree", "ArrayOf"] {
        let body = format!(r#"{{"_typeName":"{name}","_value":[]}}"#);
        let value: Any = crate::json::read(&body);
        assert!(matches!(value, Any::Unknown(_)), "{name}");
        assert_eq!(value.type_name(), name);
    }
}
