//! How the types are spread over files that a person can open.
//!
//! A managed object has a file of its own. Other files hold one kind of one namespace, and a family within it: the types
//! whose names begin with the same words.
//! A family that is too large for a file is divided by its next word; its small branches stay together under the
//! family's own name. Where words do not divide, fixed ranges of letters do. A type that comes or goes so moves no
//! other, unless it takes a family over the limit.

use std::collections::BTreeMap;

use crate::model::{
    DataObject, DataObjectId, EnumerationId, Family, ManagedObjectId, Model, OperationId,
};
use crate::names;

/// The lines that a file should not exceed.
const LARGE: usize = 1_200;
/// The lines under which a branch of a divided family gets no file of its own.
const SMALL: usize = 400;

/// The maximum length of a file's name, without extension: file systems take 255 bytes.
const MAX_FILE_NAME: usize = 200;

/// The kind whose files are not families: a managed object is looked for by its name, and long for its operations.
const MANAGED_OBJECTS: &str = "managed_objects";

/// The kind whose files hold methods of a type that stands elsewhere.
const OPERATIONS: &str = "operations";

/// Something that is emitted as a whole into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A data object.
    DataObject(DataObjectId),
    /// An enumeration.
    Enumeration(EnumerationId),
    /// A managed object with the operations that it owns, or the stub of a whole service without them.
    ManagedObject(ManagedObjectId),
    /// An operation that the stub of a whole service owns: those are too many for a file.
    Operation(OperationId),
}

/// A file of the output, which holds a part of a namespace's items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The short name of the namespace, the kind, the family: folders and a file, each named as a module may be.
    pub path: Vec<String>,
    /// What it holds, sorted by wire name.
    pub items: Vec<Item>,
}

/// An item with what the division looks at.
struct Member {
    item: Item,
    name: String,
    words: Vec<String>,
    lines: usize,
}

/// Spreads everything over files, sorted by path. `lines` tells how long the code of an item is, more or less. One that
/// has none has no code and is in no file.
pub fn divide(model: &Model, lines: impl Fn(Item) -> usize) -> Vec<Part> {
    let mut kinds: BTreeMap<(String, &'static str), Vec<Member>> = BTreeMap::new();
    let mut add = |namespace: &str, kind, name: &str, item| {
        let lines = lines(item);
        if lines == 0 {
            return;
        }
        let member = Member {
            item,
            name: name.to_owned(),
            words: names::words(name),
            lines,
        };
        kinds
            .entry((names::module_name(namespace), kind))
            .or_default()
            .push(member);
    };
    for id in model.data_object_ids() {
        let object = &model[id];
        add(
            &model[object.namespace].short,
            kind_of(object),
            &object.name,
            Item::DataObject(id),
        );
    }
    for id in model.enumeration_ids() {
        let enumeration = &model[id];
        add(
            &model[enumeration.namespace].short,
            "enums",
            &enumeration.name,
            Item::Enumeration(id),
        );
    }
    for id in model.managed_object_ids() {
        let object = &model[id];
        let namespace = model[object.service].namespace;
        add(
            &model[namespace].short,
            MANAGED_OBJECTS,
            &object.name,
            Item::ManagedObject(id),
        );
        for operation in model.operations_of(id).filter(|_| object.service_wide) {
            add(
                &model[namespace].short,
                OPERATIONS,
                &model[operation].name,
                Item::Operation(operation),
            );
        }
    }
    let mut parts = Vec::new();
    for ((namespace, kind), members) in kinds {
        let mut files: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        if kind == MANAGED_OBJECTS {
            for member in members {
                add_file(&mut files, member.name.clone(), vec![member]);
            }
        } else {
            divide_family(members, &mut Vec::new(), &mut files);
        }
        parts.extend(files.into_iter().map(|(file, mut members)| {
            members.sort_by(|a, b| a.name.cmp(&b.name));
            Part {
                path: vec![namespace.clone(), kind.to_owned(), file],
                items: members.into_iter().map(|member| member.item).collect(),
            }
        }));
    }
    parts
}

fn kind_of(object: &DataObject) -> &'static str {
    match object.family {
        Family::Data => "data_objects",
        Family::Fault => "faults",
        Family::Event => "events",
    }
}

/// Divides the members, whose names all begin with the words of `prefix`, into files.
fn divide_family(
    members: Vec<Member>,
    prefix: &mut Vec<String>,
    files: &mut BTreeMap<String, Vec<Member>>,
) {
    if size(&members) <= LARGE || (members.len() == 1 && !prefix.is_empty()) {
        let name = if prefix.is_empty() {
            "all".to_owned()
        } else {
            prefix.join("_")
        };
        add_file(files, name, members);
        return;
    }
    let mut branches: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    let mut rest = Vec::new();
    for member in members {
        match member.words.get(prefix.len()) {
            Some(word) => branches.entry(word.clone()).or_default().push(member),
            None => rest.push(member),
        }
    }
    for (word, branch) in branches {
        if size(&branch) < SMALL {
            rest.extend(branch);
        } else {
            prefix.push(word);
            divide_family(branch, prefix, files);
            prefix.pop();
        }
    }
    if size(&rest) <= LARGE && !prefix.is_empty() {
        add_file(files, prefix.join("_"), rest);
    } else {
        divide_by_letter(rest, prefix, 'a'..='z', files);
    }
}

/// Divides members by the first letter of the word after the prefix, halving the alphabet until a half fits.
fn divide_by_letter(
    members: Vec<Member>,
    prefix: &[String],
    letters: std::ops::RangeInclusive<char>,
    files: &mut BTreeMap<String, Vec<Member>>,
) {
    let (first, last) = (*letters.start(), *letters.end());
    let range = if first == last {
        first.to_string()
    } else {
        format!("{first}_to_{last}")
    };
    let name = prefix
        .iter()
        .cloned()
        .chain([range])
        .collect::<Vec<_>>()
        .join("_");
    if size(&members) <= LARGE {
        add_file(files, name, members);
    } else if first == last {
        divide_by_number(members, &name, files);
    } else {
        let middle = char::from((first as u8).midpoint(last as u8));
        let next = char::from(middle as u8 + 1);
        let (low, high) = members.into_iter().partition(|member| {
            // Names that end with the prefix come first; digits do too, and underscores.
            let letter = member
                .words
                .get(prefix.len())
                .and_then(|word| word.chars().next());
            letter.is_none_or(|letter| letter <= middle)
        });
        divide_by_letter(low, prefix, first..=middle, files);
        divide_by_letter(high, prefix, next..=last, files);
    }
}

/// The last resort: many names that begin alike and share no word.
fn divide_by_number(
    mut members: Vec<Member>,
    name: &str,
    files: &mut BTreeMap<String, Vec<Member>>,
) {
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut part, mut number) = (Vec::new(), 1);
    for member in members {
        if !part.is_empty() && size(&part) + member.lines > LARGE {
            add_file(files, format!("{name}_{number}"), std::mem::take(&mut part));
            number += 1;
        }
        part.push(member);
    }
    add_file(files, format!("{name}_{number}"), part);
}

fn add_file(files: &mut BTreeMap<String, Vec<Member>>, name: String, members: Vec<Member>) {
    if !members.is_empty() {
        let mut file = names::module_name(&name);
        // All of it is ASCII. Those that only differ further on share a file.
        file.truncate(MAX_FILE_NAME);
        files.entry(file).or_default().extend(members);
    }
}

fn size(members: &[Member]) -> usize {
    members.iter().map(|member| member.lines).sum()
}
