//! Which subtypes are taken of which data object.

use std::collections::BTreeSet;

use super::advice;
use super::parse;
use super::selection::{ChoiceKind, Selection, Subtypes};
use crate::diagnostic::{Diagnostic, Problem};
use crate::graph::Graph;
use crate::model::{DataObjectId, Model};
use crate::nearest::suggestion;
use crate::pattern::Pattern;

/// [`Subtypes`](super::Subtypes), with patterns that are some.
#[derive(Debug, Clone)]
pub(super) enum Taken {
    All,
    None,
    Only(Vec<Pattern>),
}

/// The rules of one selection, for every data object of a model.
pub(super) struct Rules {
    /// Those that a data object may have; the last is for those that no rule is about.
    taken: Vec<Taken>,
    /// For each data object its place among them.
    of: Vec<usize>,
}

impl Rules {
    /// Finds what a selection says of subtypes.
    ///
    /// Adds to the errors each text that is no pattern, and each pattern that nothing answers to.
    pub(super) fn of(
        model: &Model,
        graph: &Graph,
        selection: &Selection,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut rules = Vec::with_capacity(selection.subtypes.len());
        for (base, taken) in &selection.subtypes {
            match rule(model, graph, base, taken) {
                Ok(rule) => rules.push(rule),
                Err(error) => errors.push(error),
            }
        }
        let others = others(model, &selection.other_subtypes).unwrap_or_else(|error| {
            errors.push(error);
            Taken::None
        });
        Self::settle(model, graph, rules, others)
    }

    /// Settles for each data object which rule holds: the last that is about it, or that of its base.
    fn settle(model: &Model, graph: &Graph, rules: Vec<(Pattern, Taken)>, others: Taken) -> Self {
        let default = rules.len();
        let own = |id: DataObjectId| {
            let mut rules = rules.iter();
            rules.rposition(|(base, _)| is_about(model, base, id))
        };
        // Bases before what extends them, so that each is looked at once.
        let mut ids: Vec<DataObjectId> = model.data_object_ids().collect();
        ids.sort_by_key(|id| graph.depth(*id));
        let mut of = vec![default; ids.len()];
        for id in ids {
            let inherited = model[id].base.map_or(default, |base| of[base.index()]);
            of[id.index()] = own(id).unwrap_or(inherited);
        }
        let rules = rules.into_iter().map(|(_, taken)| taken);
        Self {
            taken: rules.chain([others]).collect(),
            of,
        }
    }

    /// The rule that holds for a data object.
    pub(super) fn taken(&self, id: DataObjectId) -> &Taken {
        &self.taken[self.of[id.index()]]
    }
}

/// A rule on subtypes.
fn rule(
    model: &Model,
    graph: &Graph,
    base: &str,
    taken: &Subtypes,
) -> Result<(Pattern, Taken), Diagnostic> {
    let pattern = parse(base)?;
    let bases: Vec<DataObjectId> = model
        .data_object_ids()
        .filter(|id| is_about(model, &pattern, *id))
        .collect();
    if bases.is_empty() {
        let problem = Problem::NothingMatches {
            what: "data object",
            pattern: base.to_owned(),
        };
        let problem = Diagnostic::new(problem);
        return Err(advice::on_choice(
            problem,
            model,
            &pattern,
            ChoiceKind::Types,
        ));
    }
    let taken = match taken {
        Subtypes::All => Taken::All,
        Subtypes::None => Taken::None,
        Subtypes::Only(texts) => {
            let subtypes: BTreeSet<DataObjectId> =
                bases.iter().flat_map(|id| graph.descendants(*id)).collect();
            Taken::Only(only(model, base, texts, |id| subtypes.contains(&id))?)
        }
    };
    Ok((pattern, taken))
}

/// The rule for what no other is about.
fn others(model: &Model, taken: &Subtypes) -> Result<Taken, Diagnostic> {
    Ok(match taken {
        Subtypes::All => Taken::All,
        Subtypes::None => Taken::None,
        Subtypes::Only(texts) => Taken::Only(only(model, "*", texts, |_| true)?),
    })
}

/// The patterns of listed subtypes, each of which has to be about one.
fn only(
    model: &Model,
    base: &str,
    texts: &[String],
    is_subtype: impl Fn(DataObjectId) -> bool,
) -> Result<Vec<Pattern>, Diagnostic> {
    let mut patterns = Vec::with_capacity(texts.len());
    for text in texts {
        let pattern = parse(text)?;
        let mut subtypes = model.data_object_ids().filter(|id| is_subtype(*id));
        if !subtypes.any(|id| is_about(model, &pattern, id)) {
            let problem = Problem::NothingMatches {
                what: "subtype",
                pattern: text.clone(),
            };
            let names = model.data_object_ids().filter(|id| is_subtype(*id));
            let names = names.map(|id| model.data_objects[id.index()].name.as_str());
            let advice = suggestion(pattern.name(), names)
                .unwrap_or_else(|| format!("it is listed for `{base}`, and has to extend it"));
            return Err(Diagnostic::new(problem).help(advice));
        }
        patterns.push(pattern);
    }
    Ok(patterns)
}

/// Whether a pattern is about a data object.
pub(super) fn is_about(model: &Model, pattern: &Pattern, id: DataObjectId) -> bool {
    let object = &model[id];
    pattern.matches(&model[object.namespace].short, &object.name)
}
