//! How much memory a byte of a response takes, at the worst: the table in `runtime/docs/safety.md`.

use std::fmt::Write as _;
use std::path::Path;

use vmomi::runtime::erased::TypeInfo;
use vmomi::vim25;

use crate::documents::{self, Repeated};
use crate::{SERVICES, data_objects, decode, limited};

/// The document that has the table.
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/docs/safety.md");
const BEGIN: &str = "<!-- amplification: written by tests/tests/memory_limits -->\n";
const END: &str = "<!-- end -->\n";

/// A kind of content, and what it takes.
struct Row {
    what: String,
    item: String,
    per_byte: u64,
}

/// Items of this kind, of which one has just made every list grow.
fn measured(kind: &Repeated, registry: &'static vmomi::runtime::TypeRegistry) -> u64 {
    const COUNT: usize = (1 << 14) + 1;
    let document = kind.document(COUNT);
    let (decoded, peak) = decode(&document, registry, &limited(1 << 30));
    assert!(decoded.is_ok(), "{}: {decoded:?}", kind.name);
    peak / document.text().len() as u64
}

/// The type of which an empty object takes most.
fn largest_type() -> &'static TypeInfo {
    let largest = data_objects().max_by_key(|(types, info)| {
        let [kind, _] = Repeated::array_of("", info.name(), "{}");
        let document = kind.document(64);
        decode(&document, types, &limited(1 << 30)).1
    });
    largest.expect("there are types").1
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let largest = largest_type();
    let types = SERVICES
        .into_iter()
        .find(|types| types.service.namespace == largest.service().namespace)
        .expect("each type is of a service");
    for kind in Repeated::array_of("", largest.name(), "{}") {
        rows.push(Row {
            what: format!("empty objects of the largest type, `{}`", largest.name()),
            per_byte: measured(&kind, types),
            item: kind.item,
        });
    }
    for kind in documents::kinds() {
        let item = match kind.item.len() {
            0..=60 => kind.item.clone(),
            _ => format!("{}…", &kind.item[..20]),
        };
        rows.push(Row {
            what: kind.name.to_owned(),
            per_byte: measured(&kind, &vim25::TYPES),
            item,
        });
    }
    rows.sort_by(|a, b| (b.per_byte, &a.what).cmp(&(a.per_byte, &b.what)));
    rows
}

#[test]
fn the_table_of_what_a_byte_may_cost_is_current() {
    let mut table = String::from(BEGIN);
    table.push_str("| of | again and again | bytes of memory for one of the response |\n");
    table.push_str("|---|---|--:|\n");
    for Row {
        what,
        item,
        per_byte,
    } in rows()
    {
        let item = item
            .trim_end_matches(',')
            .replace('\n', "↵")
            .replace('|', "\\|");
        writeln!(table, "| {what} | `{item}` | {per_byte} |").expect("a string takes it");
    }
    table.push_str(END);
    let path = Path::new(DOCUMENT);
    let document = std::fs::read_to_string(path).expect("the document is there");
    let begin = document.find(BEGIN).expect("the place of the table");
    let length = document[begin..].find(END).expect("its end") + END.len();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let (before, after) = (&document[..begin], &document[begin + length..]);
        std::fs::write(path, [before, &table, after].concat()).expect("writable");
        return;
    }
    assert_eq!(
        &document[begin..begin + length],
        table,
        "UPDATE_FIXTURES=1 cargo test -p vmomi-tests --test memory_limits writes it"
    );
}
