//! A comparison for people, and for programs that read lines.

use std::fmt;

use super::report::{
    Breaks, Change, Comparison, Counted, ItemChange, MemberChange, ServiceComparison,
};
use crate::kind::Kind;
use crate::summary::grouped;
use crate::visible::visible;

/// Shows a comparison as lines. Each line that tells a change begins, after its indent, with `+`, `-` or `~`.
///
/// ```text
/// vim25 5.5 -> 6.7
///   data objects   2,132 -> 2,489    360 added, 3 removed, 218 changed, 41 breaking
///
///   data objects
///     + AboutInfoPlus: extends AboutInfo, 2 fields
///     ~ VirtualDisk  [breaks source, wire]
///         ~ field capacityInKB: xsd:int -> xsd:long  [breaks source, wire]
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Text<'c>(pub &'c Comparison);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, service) in self.0.services.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write_service(f, service)?;
        }
        Ok(())
    }
}

fn write_service(f: &mut fmt::Formatter<'_>, service: &ServiceComparison) -> fmt::Result {
    f.write_str(&visible(&service.name))?;
    match (&service.old_version, &service.new_version) {
        (Some(old), Some(new)) if old == new => write!(f, " {}", visible(new))?,
        (Some(old), Some(new)) => write!(f, " {} -> {}", visible(old), visible(new))?,
        (Some(version), None) | (None, Some(version)) => write!(f, " {}", visible(version))?,
        (None, None) => {}
    }
    match service.change {
        Some(Change::Added) => f.write_str(": added")?,
        Some(Change::Removed) => f.write_str(": removed")?,
        Some(Change::Changed) => {}
        None => f.write_str(": no differences")?,
    }
    if service.without_catalog {
        f.write_str("\n  compared without catalogues, as one of the two has none")?;
    }
    write_counts(f, service)?;
    if !service.facts.is_empty() {
        f.write_str("\n\n  service")?;
    }
    for fact in &service.facts {
        write_member(f, "    ", fact)?;
    }
    for (kind, items) in service.by_kind() {
        write!(f, "\n\n  {}", kind.plural())?;
        for item in items {
            write_item(f, item)?;
        }
    }
    Ok(())
}

/// What is there at all, with what became of it.
fn write_counts(f: &mut fmt::Formatter<'_>, service: &ServiceComparison) -> fmt::Result {
    if service.change.is_none() {
        return Ok(());
    }
    let sizes = |what: &Counted| {
        let count = service.counts.get(what).copied().unwrap_or_default();
        if service.change == Some(Change::Removed) {
            grouped(count.old)
        } else if service.change == Some(Change::Added) {
            grouped(count.new)
        } else {
            format!("{} -> {}", grouped(count.old), grouped(count.new))
        }
    };
    let present = || {
        let counts = service.counts.iter();
        counts.filter(|(_, count)| count.old + count.new > 0)
    };
    let widest = present()
        .map(|(what, _)| sizes(what).len())
        .max()
        .unwrap_or(0);
    for (what, count) in present() {
        let became = [
            (count.added, "added"),
            (count.removed, "removed"),
            (count.changed, "changed"),
            (count.breaking, "breaking"),
        ];
        let became: Vec<String> = became
            .iter()
            .filter(|(number, _)| *number > 0 && service.change == Some(Change::Changed))
            .map(|(number, became)| format!("{} {became}", grouped(*number)))
            .collect();
        let line = format!(
            "  {:<15} {:>widest$}  {}",
            what.to_string(),
            sizes(what),
            became.join(", ")
        );
        write!(f, "\n{}", line.trim_end())?;
    }
    Ok(())
}

fn write_item(f: &mut fmt::Formatter<'_>, item: &ItemChange) -> fmt::Result {
    write!(f, "\n    {} ", mark(item.change))?;
    if let Some(owner) = &item.owner {
        write!(f, "{}.", visible(owner))?;
    }
    match &item.detail {
        Some(detail) if item.kind == Kind::Operation => f.write_str(&visible(detail))?,
        Some(detail) => write!(f, "{}: {}", visible(&item.name), visible(detail))?,
        None => f.write_str(&visible(&item.name))?,
    }
    write_breaks(f, item.breaks)?;
    for member in &item.members {
        write_member(f, "        ", member)?;
    }
    Ok(())
}

fn write_member(f: &mut fmt::Formatter<'_>, indent: &str, member: &MemberChange) -> fmt::Result {
    write!(f, "\n{indent}{} {}", mark(member.change), member.kind)?;
    if let Some(name) = &member.name {
        write!(f, " {}", visible(name))?;
    }
    match (&member.old, &member.new) {
        (Some(old), Some(new)) => write!(f, ": {} -> {}", visible(old), visible(new))?,
        (Some(text), None) | (None, Some(text)) => write!(f, ": {}", visible(text))?,
        (None, None) => {}
    }
    write_breaks(f, member.breaks)
}

fn write_breaks(f: &mut fmt::Formatter<'_>, breaks: Breaks) -> fmt::Result {
    if breaks.any() {
        write!(f, "  [breaks {breaks}]")?;
    }
    Ok(())
}

fn mark(change: Change) -> char {
    match change {
        Change::Added => '+',
        Change::Removed => '-',
        Change::Changed => '~',
    }
}
