//! Whether the versions that a catalogue names are among those that it lists.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalog, Facts, Member, Named};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::emit::MOST_VERSIONS;

impl Catalog {
    /// What is worth saying about the catalogue's versions.
    pub(crate) fn odd_versions(&self) -> Vec<Diagnostic> {
        let listed: BTreeSet<&str> = self.facts.versions.iter().map(String::as_str).collect();
        let mut warnings = Vec::new();
        if listed.len() > MOST_VERSIONS {
            let problem = Problem::ManyVersions {
                count: listed.len(),
                most: MOST_VERSIONS,
            };
            let warning = Diagnostic::new(problem).located(self.locate(&["versions"]));
            warnings.push(warning.help("what is newer is generated as of unknown version"));
        }
        let unlisted = uses(&self.facts);
        let unlisted = unlisted
            .into_iter()
            .filter(|(version, _)| !listed.contains(version));
        warnings.extend(unlisted.map(|(version, uses)| {
            let problem = Problem::UnknownVersion {
                version: version.to_owned(),
                uses: uses.count,
            };
            Diagnostic::new(problem)
                .located(self.locate(&uses.first))
                .help("what names it is generated as of unknown version; add it to `versions`, which lists the oldest first")
        }));
        let warnings = warnings.into_iter();
        warnings
            .map(|warning| warning.with_severity(Severity::Warning))
            .collect()
    }
}

/// What is said to be new in a version.
struct Uses<'f> {
    /// The keys that lead to the first of them.
    first: Vec<&'f str>,
    count: usize,
}

/// The versions that the catalogue names, with what is said to be new in them.
fn uses(facts: &Facts) -> BTreeMap<&str, Uses<'_>> {
    let mut uses = BTreeMap::new();
    for (name, object) in facts.data_objects.iter() {
        note(&mut uses, &object.since, ["data_objects", name, "since"]);
        note_members(&mut uses, &object.fields, ["data_objects", name, "fields"]);
    }
    for (name, enumeration) in facts.enums.iter() {
        note(&mut uses, &enumeration.since, ["enums", name, "since"]);
    }
    for (name, object) in facts.managed_objects.iter() {
        note(&mut uses, &object.since, ["managed_objects", name, "since"]);
        for (property, facts) in object.properties.iter() {
            let keys = ["managed_objects", name, "properties", property, "since"];
            note(&mut uses, &facts.since, keys);
        }
    }
    for (name, operation) in facts.operations.iter() {
        note(&mut uses, &operation.since, ["operations", name, "since"]);
        note_members(
            &mut uses,
            &operation.parameters,
            ["operations", name, "parameters"],
        );
    }
    uses
}

fn note_members<'f>(
    uses: &mut BTreeMap<&'f str, Uses<'f>>,
    members: &'f Named<Member>,
    [section, owner, kind]: [&'f str; 3],
) {
    for (name, member) in members.iter() {
        note(uses, &member.since, [section, owner, kind, name, "since"]);
    }
}

fn note<'f, const KEYS: usize>(
    uses: &mut BTreeMap<&'f str, Uses<'f>>,
    since: &'f Option<String>,
    keys: [&'f str; KEYS],
) {
    if let Some(version) = since {
        let first = || Uses {
            first: keys.to_vec(),
            count: 0,
        };
        uses.entry(version).or_insert_with(first).count += 1;
    }
}
