//! Which subtypes are taken of which data object.

use crate::model::{DataObjectId, Model};
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
    /// Settles for each data object which rule holds: the last that is about it, or that of its base.
    pub(super) fn of(model: &Model, rules: Vec<(Pattern, Taken)>, others: Taken) -> Self {
        let default = rules.len();
        let own = |id: DataObjectId| {
            let object = &model[id];
            let namespace = &model[object.namespace].short;
            rules
                .iter()
                .rposition(|(base, _)| base.matches(namespace, &object.name))
        };
        let of = model.data_object_ids().map(|id| {
            let mut line = std::iter::once(id).chain(model.ancestors(id));
            line.find_map(own).unwrap_or(default)
        });
        let of = of.collect();
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
