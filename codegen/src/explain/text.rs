//! An explanation for people.

use std::fmt;

use super::report::{Explanation, Member, Way};
use crate::kind::Kind;
use crate::visible::visible;

/// How deep subtypes are indented at most.
const DEEPEST: usize = 20;

/// Shows an explanation as lines.
///
/// ```text
/// data object VirtualDisk, since 2.0
///   Rust     vim25::VirtualDisk
///   VMODL    vim.vm.device.VirtualDisk
///   extends  VirtualDevice, DynamicData
///
///   fields
///     capacityInKB  xsd:long  i64  capacity_in_kb
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Text<'e> {
    explanation: &'e Explanation,
    most: usize,
}

impl<'e> Text<'e> {
    /// With the first few of long lists.
    pub fn new(explanation: &'e Explanation) -> Self {
        Self {
            explanation,
            most: 12,
        }
    }

    /// With all of everything.
    #[must_use]
    pub fn complete(mut self) -> Self {
        self.most = usize::MAX;
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.explanation;
        write!(f, "{} {}", of.kind, visible(&of.name))?;
        if let Some(since) = &of.since {
            write!(f, ", since {}", visible(since))?;
        }
        self.write_facts(f)?;
        let own = of.members.iter().filter(|of| of.inherited_from.is_none());
        self.write_members(f, members_are(of.kind), &own.collect::<Vec<_>>())?;
        let inherited = of.members.iter().filter(|of| of.inherited_from.is_some());
        let inherited: Vec<&Member> = inherited.collect();
        self.write_members(f, "inherited", &inherited)?;
        let values = of
            .values
            .iter()
            .map(|of| (of.value.as_str(), of.rust_name.as_str()));
        self.write_pairs(f, "values", &values.collect::<Vec<_>>())?;
        let operations: Vec<(&str, String)> = of
            .operations
            .iter()
            .map(|of| {
                let from = of
                    .inherited_from
                    .as_ref()
                    .map(|from| format!("  (of {from})"));
                (
                    of.name.as_str(),
                    format!("{}{}", of.rust_name, from.unwrap_or_default()),
                )
            })
            .collect();
        let operations = operations.iter().map(|(name, rust)| (*name, rust.as_str()));
        self.write_pairs(f, "operations", &operations.collect::<Vec<_>>())?;
        if !of.subtypes.is_empty() {
            write!(f, "\n\n  subtypes")?;
            self.write_tree(f)?;
        }
        let as_one = |names: &'_ [String]| {
            names
                .iter()
                .map(|of| (of.clone(), String::new()))
                .collect::<Vec<_>>()
        };
        for (what, names) in [
            ("used by", as_one(&of.used_by)),
            ("fault of", as_one(&of.fault_of)),
            ("taken by", ways(&of.taken_by)),
            ("given by", ways(&of.given_by)),
            ("in properties", ways(&of.properties)),
        ] {
            let pairs = names
                .iter()
                .map(|(name, way)| (name.as_str(), way.as_str()));
            self.write_pairs(f, what, &pairs.collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

impl Text<'_> {
    fn write_facts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.explanation;
        let holder = of.declared_by.as_ref().map(|holder| match of.kind {
            Kind::Operation => format!("{holder} and what extends it"),
            _ => holder.clone(),
        });
        let result = of
            .result
            .as_ref()
            .map(|of| format!("{}   {}", of.wire, of.rust));
        let holds = of
            .holds
            .as_ref()
            .map(|of| format!("{}   {}", of.wire, of.rust));
        let joined = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
        for (what, text) in [
            ("Rust", Some(of.rust.clone())),
            ("VMODL", of.vmodl.clone()),
            ("of", holder),
            ("extends", joined(&of.extends)),
            ("holds", holds),
            ("gives", result),
            ("faults", joined(&of.faults)),
            ("privilege", of.privilege.clone()),
        ] {
            if let Some(text) = text {
                write!(f, "\n  {what:<9}  {}", visible(&text))?;
            }
        }
        Ok(())
    }

    /// Members in columns: name, type, name and type in Rust, version, and what they are inherited from.
    fn write_members(
        &self,
        f: &mut fmt::Formatter<'_>,
        what: &str,
        members: &[&Member],
    ) -> fmt::Result {
        if members.is_empty() {
            return Ok(());
        }
        write!(f, "\n\n  {what}")?;
        let width = |of: fn(&Member) -> &str| {
            let lengths = members.iter().map(|member| of(member).chars().count());
            lengths.filter(|length| *length <= 44).max().unwrap_or(0)
        };
        let name = width(|of| &of.name);
        let wire = width(|of| &of.holds.wire);
        for member in members.iter().take(self.most_members()) {
            let since = member
                .since
                .as_ref()
                .map(|since| format!("  since {}", visible(since)));
            let from = member.inherited_from.as_ref();
            let from = from.map(|from| format!("  (of {})", visible(from)));
            write!(
                f,
                "\n    {:name$}  {:wire$}  {}: {}{}{}",
                visible(&member.name),
                visible(&member.holds.wire),
                visible(&member.rust_name),
                visible(&member.holds.rust),
                since.unwrap_or_default(),
                from.unwrap_or_default()
            )?;
        }
        self.write_more(f, members.len(), self.most_members())
    }

    /// A list of names, each with a text.
    fn write_pairs(
        &self,
        f: &mut fmt::Formatter<'_>,
        what: &str,
        pairs: &[(&str, &str)],
    ) -> fmt::Result {
        if pairs.is_empty() {
            return Ok(());
        }
        write!(f, "\n\n  {what}")?;
        if pairs.len() > 1 {
            write!(f, " ({})", pairs.len())?;
        }
        let shown = || pairs.iter().take(self.most);
        let lengths = shown().map(|(name, _)| name.chars().count());
        let width = lengths.filter(|length| *length <= 60).max().unwrap_or(0);
        for (name, text) in shown() {
            let line = format!("    {:width$}  {}", visible(name), visible(text));
            write!(f, "\n{}", line.trim_end())?;
        }
        self.write_more(f, pairs.len(), self.most)
    }

    fn write_tree(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subtypes = &self.explanation.subtypes;
        for subtype in subtypes.iter().take(self.most_members()) {
            let indent = "  ".repeat(subtype.depth.min(DEEPEST));
            write!(f, "\n    {indent}{}", subtype.name)?;
        }
        self.write_more(f, subtypes.len(), self.most_members())
    }

    fn write_more(&self, f: &mut fmt::Formatter<'_>, all: usize, shown: usize) -> fmt::Result {
        match all.checked_sub(shown) {
            Some(more) if more > 0 => write!(f, "\n    and {more} more"),
            _ => Ok(()),
        }
    }

    /// A definition is what is asked for first, and may be longer.
    fn most_members(&self) -> usize {
        self.most.saturating_mul(5)
    }
}

fn members_are(kind: Kind) -> &'static str {
    match kind {
        Kind::ManagedObject => "properties",
        Kind::Operation => "parameters",
        _ => "fields",
    }
}

fn ways(ways: &[Way]) -> Vec<(String, String)> {
    let ways = ways.iter();
    ways.map(|way| (way.from.clone(), way.path.clone()))
        .collect()
}
