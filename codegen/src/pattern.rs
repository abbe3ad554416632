//! Picking things of an API by name: one rule for whatever is chosen, configured or listed.
//!
//! ```text
//! VirtualMachine            the type of that name
//! Host*Manager              every type whose name begins and ends so
//! VirtualDisk.capacityInKB  a field, property or operation of a type, or a value of an enumeration
//! *.password                the members of that name of all types
//! pbm:Pbm*                  types of one namespace
//! ```
//!
//! Names are those of the wire, and case matters. In each part `*` stands for any characters or none, and `?` for one.

use std::fmt;
use std::str::FromStr;

/// A description of the things that something is about.
///
/// ```
/// use vmomi_codegen::pattern::Pattern;
///
/// let disks: Pattern = "Virtual*Disk*.capacity*".parse()?;
/// assert!(disks.matches_member("vim25", "VirtualDisk", "capacityInKB"));
/// assert!(!disks.matches("vim25", "VirtualDisk"), "it is about members");
/// # Ok::<(), vmomi_codegen::pattern::InvalidPattern>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    namespace: Option<String>,
    name: String,
    member: Option<String>,
}

impl Pattern {
    /// Whether this is about a type, or whatever else has a name of its own, in the namespace of a short name such as
    /// `vim25`. One that is about members never is.
    #[must_use]
    pub fn matches(&self, namespace: &str, name: &str) -> bool {
        self.member.is_none() && self.has_name(namespace, name)
    }

    /// Whether this is about a member of a type. One that is about types never is.
    #[must_use]
    pub fn matches_member(&self, namespace: &str, name: &str, member: &str) -> bool {
        let wanted = self.member.as_deref();
        wanted.is_some_and(|wanted| is_like(wanted, member)) && self.has_name(namespace, name)
    }

    /// Whether this is about members of a type, whatever their names.
    #[must_use]
    pub fn matches_type_of_member(&self, namespace: &str, name: &str) -> bool {
        self.member.is_some() && self.has_name(namespace, name)
    }

    /// Whether this is about members of types and not about types.
    #[must_use]
    pub fn is_about_members(&self) -> bool {
        self.member.is_some()
    }

    /// Whether this names one thing, without wildcards.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        let parts = [&self.namespace, &self.member].into_iter().flatten();
        !parts
            .chain([&self.name])
            .any(|part| part.contains(['*', '?']))
    }

    /// The part that names of types are compared with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The part that names of members are compared with, if this is about members.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    fn has_name(&self, namespace: &str, name: &str) -> bool {
        let wanted = self.namespace.as_deref();
        wanted.is_none_or(|wanted| is_like(wanted, namespace)) && is_like(&self.name, name)
    }
}

impl FromStr for Pattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        let invalid = |cause| InvalidPattern {
            pattern: text.to_owned(),
            cause,
        };
        let (namespace, rest) = match text.split_once(':') {
            Some((namespace, rest)) => (Some(namespace), rest),
            None => (None, text),
        };
        let (name, member) = match rest.split_once('.') {
            Some((name, member)) => (name, Some(member)),
            None => (rest, None),
        };
        for part in [namespace, Some(name), member].into_iter().flatten() {
            if part.is_empty() {
                return Err(invalid("a part of it is empty"));
            }
            let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '*' | '?');
            if !part.chars().all(is_allowed) {
                return Err(invalid(
                    "names have letters, digits, `_` and `-`, besides `*` and `?`",
                ));
            }
        }
        Ok(Self {
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
            member: member.map(str::to_owned),
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}:")?;
        }
        f.write_str(&self.name)?;
        if let Some(member) = &self.member {
            write!(f, ".{member}")?;
        }
        Ok(())
    }
}

/// A text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPattern {
    pattern: String,
    cause: &'static str,
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pattern, cause } = self;
        write!(
            f,
            "`{pattern}` is no pattern of the form `[namespace:]Type[.member]`: {cause}"
        )
    }
}

impl std::error::Error for InvalidPattern {}

/// Whether a name is like a text with wildcards. Never slower than the product of their lengths.
pub(crate) fn is_like(wanted: &str, name: &str) -> bool {
    let (wanted, name): (Vec<char>, Vec<char>) = (wanted.chars().collect(), name.chars().collect());
    let (mut at, mut in_name) = (0, 0);
    // The last `*` and where in the name the rest was tried last: there it goes on when that fails.
    let mut last_star: Option<(usize, usize)> = None;
    while in_name < name.len() {
        match wanted.get(at) {
            Some('*') => {
                last_star = Some((at, in_name));
                at += 1;
            }
            Some(c) if *c == '?' || *c == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => match &mut last_star {
                Some((star, tried)) => {
                    *tried += 1;
                    (at, in_name) = (*star + 1, *tried);
                }
                None => return false,
            },
        }
    }
    wanted[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (wanted, name, expected) in [
            ("VirtualMachine", "VirtualMachine", true),
            ("VirtualMachine", "virtualMachine", false),
            ("VirtualMachine", "VirtualMachineConfigInfo", false),
            ("Host*Manager", "HostVsanManager", true),
            ("Host*Manager", "HostManager", true),
            ("Host*Manager", "HostManagers", false),
            ("*", "", true),
            ("**", "x", true),
            ("?", "", false),
            ("?", "é", true),
            ("V?App", "VmApp", true),
            ("*Spec*Spec", "SpecSpec", true),
            ("*Spec*Spec", "Spec", false),
            ("*a*b*c", "xxabyybzzc", true),
            ("*aab", "aaab", true),
        ] {
            assert_eq!(is_like(wanted, name), expected, "{wanted} {name}");
        }
    }

    #[test]
    fn many_wildcards_take_no_longer() {
        let wanted = "*a".repeat(200) + "b";
        assert!(!is_like(&wanted, &"a".repeat(20_000)));
    }

    #[test]
    fn parts() {
        let pattern: Pattern = "pbm:Pbm*.profile?d".parse().expect("a pattern");
        assert_eq!(pattern.to_string(), "pbm:Pbm*.profile?d");
        assert!(pattern.matches_member("pbm", "PbmProfile", "profileId"));
        assert!(!pattern.matches_member("vim25", "PbmProfile", "profileId"));
        assert!(!pattern.matches("pbm", "PbmProfile"));
        assert!(pattern.is_about_members() && !pattern.is_literal());
        let literal: Pattern = "VirtualDisk".parse().expect("a pattern");
        assert!(literal.is_literal() && literal.matches("vim25", "VirtualDisk"));
    }

    #[test]
    fn what_is_no_pattern() {
        for (text, cause) in [
            ("", "a part of it is empty"),
            ("a.", "a part of it is empty"),
            (":a", "a part of it is empty"),
            ("a.b.c", "names have letters"),
            ("a b", "names have letters"),
            ("Virtual[AB]", "names have letters"),
        ] {
            let error = text.parse::<Pattern>().expect_err("refused").to_string();
            assert!(error.contains(cause), "{error}");
            assert!(
                error.starts_with(&format!("`{text}` is no pattern")),
                "{error}"
            );
        }
    }
}
