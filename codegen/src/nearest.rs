//! The names that someone may have meant.

/// How many names are offered.
const OFFERED: usize = 3;

/// The known names that are most like one that is not known, the likest first; none that is not much like it.
///
/// ```text
/// VirtualMachne    VirtualMachine
/// virtualdisk      VirtualDisk
/// ```
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    // A third of a name may be wrong, and of a short one a letter.
    let furthest = (wanted.len() / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|known| Some((distance(&wanted, known, furthest)?, known)))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(OFFERED);
    near.into_iter().map(|(_, name)| name).collect()
}

/// Advice that offers the nearest names, if there are any.
pub(crate) fn suggestion<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let near = nearest(name, known);
    let (last, others) = near.split_last()?;
    let quoted: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    Some(if quoted.is_empty() {
        format!("did you mean `{last}`?")
    } else {
        format!("did you mean {} or `{last}`?", quoted.join(", "))
    })
}

/// How many letters have to be put in, taken out, changed or swapped with the next, whatever their case; nothing if those
/// are too many.
fn distance(wanted: &[char], known: &str, furthest: usize) -> Option<usize> {
    let known: Vec<char> = known.chars().flat_map(char::to_lowercase).collect();
    if known.len().abs_diff(wanted.len()) > furthest {
        return None;
    }
    // Rows of the table that has, for each beginning of the one name and of the other, the distance between them.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=known.len()).collect();
    for (row, letter) in wanted.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in known.iter().enumerate() {
            let changed = above[column] + usize::from(letter != other);
            let mut least = changed.min(above[column + 1] + 1).min(here[column] + 1);
            let swapped =
                row > 0 && column > 0 && wanted[row - 1] == *other && known[column - 1] == *letter;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            here.push(least);
        }
        if here.iter().all(|distance| *distance > furthest) {
            return None;
        }
        before = std::mem::replace(&mut above, here);
    }
    above
        .last()
        .copied()
        .filter(|distance| *distance <= furthest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = [
        "VirtualDisk",
        "VirtualDevice",
        "VirtualMachine",
        "Task",
        "Tag",
    ];

    #[test]
    fn offers_the_likest_first() {
        assert_eq!(nearest("VirtualMachne", KNOWN), ["VirtualMachine"]);
        assert_eq!(nearest("virtualdisc", KNOWN), ["VirtualDisk"]);
        assert_eq!(nearest("Tak", KNOWN), ["Tag", "Task"]);
        assert_eq!(nearest("Taks", KNOWN), ["Task"]);
    }

    #[test]
    fn offers_nothing_that_is_not_like_it() {
        assert!(nearest("HostSystem", KNOWN).is_empty());
        assert!(nearest("", KNOWN).is_empty());
        assert_eq!(suggestion("HostSystem", KNOWN), None);
    }

    #[test]
    fn says_so_in_a_sentence() {
        let one = suggestion("VirtualMachne", KNOWN);
        assert_eq!(one.as_deref(), Some("did you mean `VirtualMachine`?"));
        let two = suggestion("Tak", KNOWN);
        assert_eq!(two.as_deref(), Some("did you mean `Tag` or `Task`?"));
    }
}
