//! Programs without `unsafe` that try to make a type and its description differ: what the compiler
//! says to each.
//!
//! They are binaries of one crate that is made below the folder of the tests' output, with
//! `vmomi-hostile-macros` at hand. One call of cargo checks all of them, so that every message is
//! known to be that of its program. Programs that are correct are among them: they compile, so that
//! the others fail for what is wrong with them and not for what is around it.

mod crates;
mod programs;

use std::collections::BTreeSet;

use crates::Checked;
use programs::{ACCEPTED, REFUSED};

#[test]
fn hostile_programs_do_not_compile_and_correct_ones_do() {
    let programs = ACCEPTED
        .iter()
        .copied()
        .chain(REFUSED.iter().map(|(name, text, _)| (*name, *text)));
    let names: BTreeSet<_> = programs.clone().map(|(name, _)| name).collect();
    assert_eq!(
        names.len(),
        ACCEPTED.len() + REFUSED.len(),
        "each its own name"
    );
    let checked = Checked::of(programs);
    for (name, _) in ACCEPTED {
        let errors = checked.errors(name);
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    for (name, _, message) in REFUSED {
        let errors = checked.errors(name);
        let found = errors.iter().any(|error| error.contains(message));
        assert!(found, "{name}: no error says {message:?}: {errors:#?}");
    }
}
