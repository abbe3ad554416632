//! JSON as others may write it.

use serde_json::{Map, Value};

/// The same JSON with `_typeName` behind all other members of its object.
///
/// # Panics
/// When the text is no JSON.
#[must_use]
pub fn types_last(json: &str) -> String {
    match serde_json::from_str::<Value>(json) {
        Ok(mut value) => {
            put_types_last(&mut value);
            value.to_string()
        }
        Err(error) => panic!("{error} in {json}"),
    }
}

fn put_types_last(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(put_types_last),
        Value::Object(members) => {
            members.values_mut().for_each(put_types_last);
            // The map keeps the order in which members were put in.
            let (types, others): (Map<_, _>, Map<_, _>) = std::mem::take(members)
                .into_iter()
                .partition(|(name, _)| name == "_typeName");
            members.extend(others);
            members.extend(types);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::types_last;

    #[test]
    fn only_types_move() {
        assert_eq!(
            types_last(r#"{"_typeName":"A","z":[{"_typeName":"B","b":1}],"a":1.0}"#),
            r#"{"z":[{"b":1,"_typeName":"B"}],"a":1.0,"_typeName":"A"}"#
        );
    }
}
