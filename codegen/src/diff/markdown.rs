//! A comparison as a section of a changelog or a page.

use std::fmt;

use super::report::{Breaks, Change, Comparison, ItemChange, MemberChange, ServiceComparison};
use crate::kind::Kind;
use crate::markdown::{code, plain};
use crate::summary::grouped;

/// Shows a comparison as Markdown: for each service a heading, a table of counts, and lists of changes.
#[derive(Debug, Clone, Copy)]
pub struct Markdown<'c> {
    comparison: &'c Comparison,
    level: usize,
}

impl<'c> Markdown<'c> {
    /// With headings of the second level for services.
    pub fn new(comparison: &'c Comparison) -> Self {
        Self {
            comparison,
            level: 2,
        }
    }

    /// Sets the level of the headings for services; those within are of the next one. Markdown has six.
    #[must_use]
    pub fn heading_level(mut self, level: u8) -> Self {
        self.level = usize::from(level.clamp(1, 5));
        self
    }
}

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, service) in self.comparison.services.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write_service(f, service, self.level)?;
        }
        Ok(())
    }
}

fn write_service(
    f: &mut fmt::Formatter<'_>,
    service: &ServiceComparison,
    level: usize,
) -> fmt::Result {
    write!(f, "{} {}", "#".repeat(level), plain(&service.name))?;
    match (&service.old_version, &service.new_version) {
        (Some(old), Some(new)) if old != new => {
            write!(f, ": {} to {}", plain(old), plain(new))?;
        }
        (_, Some(version)) | (Some(version), None) => write!(f, " {}", plain(version))?,
        (None, None) => {}
    }
    f.write_str("\n\n")?;
    match service.change {
        Some(Change::Added) => f.write_str("The service is new.\n\n")?,
        Some(Change::Removed) => {
            f.write_str("The service is gone: **breaks source, wire**.\n\n")?
        }
        Some(Change::Changed) => {}
        None => return f.write_str("No differences."),
    }
    if service.without_catalog {
        f.write_str("Compared without catalogues, as one of the two has none.\n\n")?;
    }
    f.write_str("| | before | after | added | removed | changed | breaking |\n|---|--:|--:|--:|--:|--:|--:|")?;
    let counts = service.counts.iter();
    for (what, count) in counts.filter(|(_, count)| count.old + count.new > 0) {
        let numbers = [
            count.old,
            count.new,
            count.added,
            count.removed,
            count.changed,
            count.breaking,
        ];
        let numbers = numbers.map(grouped).join(" | ");
        write!(f, "\n| {what} | {numbers} |")?;
    }
    if !service.facts.is_empty() {
        write!(f, "\n\n{} Service\n", "#".repeat(level + 1))?;
    }
    for fact in &service.facts {
        write_member(f, "", fact)?;
    }
    for (kind, items) in service.by_kind() {
        let heading = capitalized(kind.plural());
        write!(f, "\n\n{} {heading}\n", "#".repeat(level + 1))?;
        for item in items {
            write_item(f, item)?;
        }
    }
    Ok(())
}

fn write_item(f: &mut fmt::Formatter<'_>, item: &ItemChange) -> fmt::Result {
    let owner = item.owner.as_ref().map(|owner| format!("{owner}."));
    let name = code(&format!(
        "{}{}",
        owner.as_deref().unwrap_or_default(),
        item.name
    ));
    write!(f, "\n- {} {name}", became(item.change))?;
    if let Some(detail) = &item.detail {
        let detail = if item.kind == Kind::Operation {
            code(detail)
        } else {
            plain(detail)
        };
        write!(f, ": {detail}")?;
    }
    write_breaks(f, item.breaks)?;
    for member in &item.members {
        write_member(f, "  ", member)?;
    }
    Ok(())
}

fn write_member(f: &mut fmt::Formatter<'_>, indent: &str, member: &MemberChange) -> fmt::Result {
    write!(f, "\n{indent}- {} {}", became(member.change), member.kind)?;
    if let Some(name) = &member.name {
        write!(f, " {}", code(name))?;
    }
    match (&member.old, &member.new) {
        (Some(old), Some(new)) => write!(f, ": {}, now {}", code(old), code(new))?,
        (Some(text), None) | (None, Some(text)) => write!(f, ": {}", code(text))?,
        (None, None) => {}
    }
    write_breaks(f, member.breaks)
}

fn write_breaks(f: &mut fmt::Formatter<'_>, breaks: Breaks) -> fmt::Result {
    if breaks.any() {
        write!(f, " (**breaks {breaks}**)")?;
    }
    Ok(())
}

fn became(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
    }
}

fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}
