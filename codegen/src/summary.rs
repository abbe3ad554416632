//! What a run has made, in numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::model::{Family, Model, SetAside};
use crate::overlay::Coverage;
use crate::settings::Feature;

/// Counts of what was read and written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Data objects, with faults and events.
    pub data_objects: usize,
    /// Faults among them.
    pub faults: usize,
    /// Events among them.
    pub events: usize,
    /// The fields of all data objects, each counted where it is declared.
    pub fields: usize,
    /// Enumerations.
    pub enumerations: usize,
    /// The values of all enumerations.
    pub values: usize,
    /// `ArrayOfX` types.
    pub arrays: usize,
    /// Managed objects, with a stub for each service that has no catalogue.
    pub managed_objects: usize,
    /// The properties of all managed objects, each counted where it is declared.
    pub properties: usize,
    /// Operations.
    pub operations: usize,
    /// Files.
    pub files: usize,
    /// The lines in all files.
    pub lines: usize,
    /// How much of the texts that were given stands on something; nothing if none were.
    pub documentation: Option<Coverage>,
    /// The services, as a name and a version.
    pub services: Vec<(String, String)>,
    /// The Cargo features that modules are behind.
    pub features: Vec<Feature>,
    /// The names that were read and have no counterpart in Rust.
    pub set_aside: Vec<SetAside>,
}

impl Summary {
    /// Counts.
    pub(crate) fn of(model: &Model, files: &BTreeMap<String, String>) -> Self {
        let family = |family| {
            model
                .data_objects
                .iter()
                .filter(|object| object.family == family)
                .count()
        };
        Self {
            data_objects: model.data_objects.len(),
            faults: family(Family::Fault),
            events: family(Family::Event),
            fields: model
                .data_objects
                .iter()
                .map(|object| object.fields.len())
                .sum(),
            enumerations: model.enumerations.len(),
            values: model
                .enumerations
                .iter()
                .map(|enumeration| enumeration.values.len())
                .sum(),
            arrays: model.arrays.len(),
            managed_objects: model.managed_objects.len(),
            properties: model
                .managed_objects
                .iter()
                .map(|object| object.properties.len())
                .sum(),
            operations: model.operations.len(),
            files: files.len(),
            lines: files.values().map(|text| text.lines().count()).sum(),
            documentation: None,
            services: model
                .services
                .iter()
                .map(|of| (of.name.clone(), of.version.clone()))
                .collect(),
            features: Vec::new(),
            set_aside: model.set_aside.clone(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |count: usize, what: &str| writeln!(f, "{:>9}  {what}", grouped(count));
        row(
            self.data_objects,
            &format!(
                "data objects ({} faults, {} events) with {} fields",
                grouped(self.faults),
                grouped(self.events),
                grouped(self.fields)
            ),
        )?;
        row(
            self.enumerations,
            &format!("enums with {} values", grouped(self.values)),
        )?;
        row(self.arrays, "array types")?;
        row(
            self.managed_objects,
            &format!(
                "managed objects with {} properties",
                grouped(self.properties)
            ),
        )?;
        row(self.operations, "operations")?;
        if let Some(texts) = self.documentation {
            row(
                texts.used,
                &format!(
                    "texts on them, and {} on other things",
                    grouped(texts.unused)
                ),
            )?;
        }
        for feature in &self.features {
            let names = |set: &BTreeSet<String>| Vec::from_iter(set.iter().cloned()).join(", ");
            write!(
                f,
                "    feature {}: {}",
                feature.name,
                names(&feature.namespaces)
            )?;
            if feature.implies.is_empty() {
                writeln!(f)?;
            } else {
                writeln!(f, "; must imply {}", names(&feature.implies))?;
            }
        }
        for (set_aside, count) in counted(&self.set_aside) {
            let times = if count > 1 {
                format!(" ({count} times)")
            } else {
                String::new()
            };
            let SetAside { what, reason } = set_aside;
            writeln!(f, "  not emitted: {what}, {reason}{times}")?;
        }
        write!(
            f,
            "{:>9}  files with {} lines",
            grouped(self.files),
            grouped(self.lines)
        )
    }
}

/// Each once, in order, with how often it is there: several services may have the same.
fn counted(list: &[SetAside]) -> Vec<(&SetAside, usize)> {
    let mut counts = BTreeMap::new();
    for item in list {
        *counts.entry(item).or_insert(0) += 1;
    }
    let first = |item| Some((item, counts.remove(item)?));
    list.iter().filter_map(first).collect()
}

/// A number with a comma between each three digits.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{SetAside, counted, grouped};

    #[test]
    fn the_same_of_several_services_is_told_once() {
        let [one, other] = ["one", "other"].map(|what| SetAside {
            what: what.into(),
            reason: "why",
        });
        let list = [one.clone(), other.clone(), one.clone()];
        assert_eq!(counted(&list), [(&one, 2), (&other, 1)]);
    }

    #[test]
    fn groups_digits() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
