//! From the patterns of a selection to what they are about.

use std::collections::BTreeSet;

use super::advice;
use super::cut::Cut;
use super::node::Node;
use super::rules::{Rules, Taken};
use super::selection::{Choice, ChoiceKind, Selection, Subtypes};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::graph::Graph;
use crate::model::{DataObjectId, ManagedObjectId, Model};
use crate::nearest::suggestion;
use crate::pattern::Pattern;

/// A selection, with the things that its patterns are about.
pub(super) struct Chosen {
    /// Each choice with what was chosen by it, without what was cut.
    pub(super) choices: Vec<(Choice, BTreeSet<Node>)>,
    pub(super) cut: Cut,
    pub(super) rules: Rules,
}

/// Finds what a selection is about.
///
/// # Errors
/// Each text that is no pattern, and each pattern that nothing answers to.
pub(super) fn find(
    model: &Model,
    graph: &Graph,
    selection: &Selection,
) -> Result<Chosen, Diagnostics> {
    let mut errors = Vec::new();
    let cut = cut(model, selection, &mut errors);
    let mut choices = Vec::new();
    for choice in &selection.choices {
        match chosen(model, choice) {
            Ok(nodes) => choices.push((choice.clone(), nodes)),
            Err(error) => errors.push(error),
        }
    }
    if selection.choices.is_empty() {
        let choice = Choice {
            kind: ChoiceKind::Names,
            pattern: "*".to_owned(),
        };
        choices.push((choice, everything(model)));
    }
    for (_, nodes) in &mut choices {
        nodes.retain(|node| !cut.holds(*node));
    }
    let mut rules = Vec::new();
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
    let chosen = Chosen {
        choices,
        cut,
        rules: Rules::of(model, rules, others),
    };
    Diagnostics::unless(errors, chosen)
}

/// What one choice is about.
fn chosen(model: &Model, choice: &Choice) -> Result<BTreeSet<Node>, Diagnostic> {
    let pattern = parse(&choice.pattern)?;
    let mut nodes = BTreeSet::new();
    let kind = choice.kind;
    if matches!(kind, ChoiceKind::ManagedObjects | ChoiceKind::Names) {
        nodes.extend(managed_objects(model, &pattern));
    }
    if matches!(kind, ChoiceKind::Operations | ChoiceKind::Names) {
        nodes.extend(operations(model, &pattern));
    }
    if matches!(kind, ChoiceKind::Types | ChoiceKind::Names) {
        nodes.extend(types(model, &pattern));
    }
    if nodes.is_empty() {
        let problem = Problem::NothingMatches {
            what: kind.noun(),
            pattern: pattern.to_string(),
        };
        return Err(advice::on_choice(
            Diagnostic::new(problem),
            model,
            &pattern,
            kind,
        ));
    }
    Ok(nodes)
}

/// Whole managed objects, or the members that a pattern is about.
fn managed_objects(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let mut nodes = BTreeSet::new();
    for id in model.managed_object_ids() {
        let (namespace, name) = (Node::Stub(id).namespace(model), &model[id].name);
        if pattern.matches(namespace, name) {
            nodes.insert(Node::Whole(id));
        }
        let is_wanted = |member: &str| pattern.matches_member(namespace, name, member);
        let members = members(model, id).filter(|(_, member)| is_wanted(member));
        let members: Vec<Node> = members.map(|(node, _)| node).collect();
        if !members.is_empty() {
            nodes.insert(Node::Stub(id));
            nodes.extend(members);
        }
    }
    nodes
}

/// The members of a managed object by name, those that it inherits too.
pub(super) fn members(
    model: &Model,
    id: ManagedObjectId,
) -> impl Iterator<Item = (Node, &str)> + '_ {
    let line = std::iter::once(id).chain(model.managed_ancestors(id));
    line.flat_map(move |level| {
        let operations = model.operations_of(level);
        let operations = operations.map(|id| {
            (
                Node::Operation(id),
                model.operations[id.index()].name.as_str(),
            )
        });
        let properties = model[level].properties.iter().enumerate();
        let properties =
            properties.map(move |(place, of)| (Node::Property(level, place), of.name.as_str()));
        operations.chain(properties)
    })
}

fn operations(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let by_name = model.operation_ids().map(Node::Operation);
    let mut nodes: BTreeSet<Node> = by_name
        .filter(|node| pattern.matches(node.namespace(model), &node.name(model)))
        .collect();
    if pattern.is_about_members() {
        let members = managed_objects(model, pattern).into_iter();
        nodes.extend(members.filter(|node| matches!(node, Node::Operation(_))));
    }
    nodes
}

fn types(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let nodes = all_types(model);
    nodes
        .filter(|node| pattern.matches(node.namespace(model), &node.name(model)))
        .collect()
}

fn all_types(model: &Model) -> impl Iterator<Item = Node> + use<> {
    let data_objects = model.data_object_ids().map(Node::Held);
    data_objects.chain(model.enumeration_ids().map(Node::Enumeration))
}

fn everything(model: &Model) -> BTreeSet<Node> {
    let managed_objects = model.managed_object_ids().map(Node::Whole);
    managed_objects.chain(all_types(model)).collect()
}

/// What is not to be there.
fn cut(model: &Model, selection: &Selection, errors: &mut Vec<Diagnostic>) -> Cut {
    let mut cut = Cut::default();
    for text in &selection.without {
        let found = parse(text).and_then(|pattern| {
            if cut.add(model, &pattern) {
                return Ok(());
            }
            let problem = Problem::NothingMatches {
                what: "type, managed object, operation, property or field",
                pattern: text.clone(),
            };
            Err(advice::on_names(Diagnostic::new(problem), model, &pattern))
        });
        errors.extend(found.err());
    }
    cut
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

fn is_about(model: &Model, pattern: &Pattern, id: DataObjectId) -> bool {
    let object = &model[id];
    pattern.matches(&model[object.namespace].short, &object.name)
}

fn parse(text: &str) -> Result<Pattern, Diagnostic> {
    text.parse()
        .map_err(|error| Diagnostic::new(Problem::InvalidPattern(error)))
}
