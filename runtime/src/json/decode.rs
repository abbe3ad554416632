//! JSON to values: one interpreter over the builder of [`erased`](crate::erased), compiled once for
//! each deserializer.
//!
//! Nothing is kept but the value under construction, unless the members of an object come before
//! the name of its type: these are kept as a [tree](super::tree) until it is known.

use std::sync::Arc;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess};

use super::key::{Key, Member, NameLimit, ReadKey, ReadMember, ReadName, ReadTypeName, TypeName};
use super::names::{self, ATTRIBUTES, NamedType, TYPE_NAME};
use super::path::Path;
use super::put::{Goal, Put};
use super::reference::Parts;
use super::scalar::Scalar;
use super::skip::Skip;
use super::tree::{Json, Members, ReadTree, replay};
use super::{depth, unknown};
use crate::any::{Any, AnyArray};
use crate::budget::{Budget, OverBudget, block};
use crate::decode::{DecodeErrorKind, DecodeOptions, Limit};
use crate::element::Element;
use crate::erased::{FieldInfo, Kind, ObjectBuilder, Owned, Shape, Slot, TypeInfo};
use crate::kept::{self, Attribute, Owner};
use crate::service::TypeRegistry;
use crate::xml::SCHEMA_INSTANCE;

/// Reads one value.
#[derive(Debug)]
pub(super) struct ValueReader<'t> {
    types: &'static TypeRegistry,
    options: &'t DecodeOptions,
    builder: ObjectBuilder,
    /// What each item takes once more where the value is a list, while it becomes one of its type.
    item_bytes: u64,
    path: Path,
    depth_left: usize,
    /// The name of the type read last.
    type_name: String,
    /// The namespace of what was kept last.
    namespace: Arc<str>,
    /// What was wrong, for those who want more than the text in the deserializer's error.
    #[cfg(feature = "json")]
    problem: Option<(DecodeErrorKind, String)>,
}

impl<'t> ValueReader<'t> {
    pub(super) fn new(types: &'static TypeRegistry, options: &'t DecodeOptions) -> Self {
        Self {
            types,
            options,
            builder: ObjectBuilder::new(Budget::new(options.limits.decoded_bytes)),
            item_bytes: 0,
            path: Path::to_root(),
            depth_left: depth(&options.limits),
            type_name: String::new(),
            namespace: Arc::default(),
            #[cfg(feature = "json")]
            problem: None,
        }
    }

    /// Reads a value of the shape.
    pub(super) fn read<'de, D: Deserializer<'de>>(
        &mut self,
        shape: Shape,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let goal = if shape.is_list() {
            self.item_bytes = shape.kind.item_bytes() as u64;
            self.enter(AnyArray::with_kind(shape.kind))?;
            Goal::Items
        } else {
            Goal::One(shape.kind)
        };
        Put { reader: self, goal }.deserialize(deserializer)
    }

    /// What was read.
    pub(super) fn finish(self) -> Any {
        self.builder.finish()
    }

    /// What the value, and what is needed to read it, may still take.
    #[cfg(feature = "json")]
    pub(super) fn budget(&mut self) -> &mut Budget {
        self.builder.budget()
    }

    /// Where in the value the reader is.
    #[cfg(feature = "json")]
    pub(super) fn path(&self) -> String {
        self.path.to_string()
    }

    /// What was wrong with the value, and where.
    #[cfg(feature = "json")]
    pub(super) fn take_problem(&mut self) -> Option<(DecodeErrorKind, String)> {
        self.problem.take()
    }

    /// Reads the value of a member as a tree.
    fn tree<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Json, A::Error> {
        let mut exceeded = None;
        let name_limit = self.name_limit();
        let budget = self.builder.budget();
        let tree = ReadTree::new(self.depth_left, name_limit, budget, &mut exceeded);
        let read = map.next_value_seed(tree);
        read.map_err(|error| {
            if let Some(limit) = exceeded {
                self.exceeds(limit)
            } else if self.builder.budget().is_exceeded() {
                self.over_budget(OverBudget)
            } else {
                error
            }
        })
    }

    fn exceeds<E: Error>(&mut self, limit: Limit) -> E {
        self.fail(DecodeErrorKind::Limit(limit))
    }

    /// How long names may be.
    fn name_limit(&self) -> NameLimit {
        NameLimit::of(&self.options.limits)
    }

    /// Passes over the value of a member.
    fn skip<'de, A: MapAccess<'de>>(&self, map: &mut A) -> Result<(), A::Error> {
        let depth_left = self.depth_left;
        map.next_value_seed(Skip { depth_left })
    }

    fn enter<E: Error>(&mut self, list: AnyArray) -> Result<(), E> {
        match self.builder.enter_list(list) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.over_budget(error)),
        }
    }

    fn over_budget<E: Error>(&mut self, error: OverBudget) -> E {
        self.fail(error.into())
    }

    /// Makes an error of what was not within the budget.
    fn within<T, E: Error>(&mut self, taken: Result<T, OverBudget>) -> Result<T, E> {
        taken.map_err(|error| self.over_budget(error))
    }

    fn fail<E: Error>(&mut self, kind: DecodeErrorKind) -> E {
        let kind = kind.without_text();
        let path = self.path.to_string();
        let error = if path.is_empty() {
            E::custom(&kind)
        } else {
            E::custom(format_args!("at {path}: {kind}"))
        };
        #[cfg(feature = "json")]
        {
            self.problem = Some((kind, path));
        }
        error
    }

    pub(super) fn mismatch<E: Error>(&mut self, goal: Goal, found: &str) -> E {
        self.fail(mismatch(goal, found))
    }
}

fn mismatch(goal: Goal, found: &str) -> DecodeErrorKind {
    DecodeErrorKind::WrongType {
        expected: goal.description(),
        found: found.to_owned(),
    }
}

/// Values that are no objects.
impl ValueReader<'_> {
    /// A scalar, at the place aimed at.
    pub(super) fn scalar<E: Error>(&mut self, goal: Goal, scalar: Scalar<'_>) -> Result<(), E> {
        if let Scalar::Text(text) = &scalar {
            // Nothing that is made of a text is longer than it.
            let is_within = self.builder.budget().check(text.len());
            self.within(is_within)?;
        }
        let put = match (goal, self.builder.slot()) {
            (Goal::One(kind) | Goal::Item(kind), Some(slot)) => {
                let strict = self.options.strict;
                let known = if strict {
                    scalar.check_known(kind)
                } else {
                    Ok(())
                };
                known.and_then(|()| scalar.put(slot, kind, strict))
            }
            (Goal::Uri, Some(slot)) => scalar.put_uri(slot, self.options.strict),
            _ => {
                let no_slot = self.builder.no_slot();
                self.within(no_slot)?;
                return Err(self.mismatch(goal, scalar.description()));
            }
        };
        put.map_err(|kind| self.fail(kind))
    }

    /// `null`: nothing, but for an item of a list of any type, so that the others keep their places.
    pub(super) fn null<E: Error>(&mut self, goal: Goal) -> Result<(), E> {
        if let Goal::Item(Kind::Any) = goal
            && let Some(Slot::Any(place)) = self.builder.slot()
        {
            let put = place.put(Any::Nil);
            return self.within(put);
        }
        Ok(())
    }

    /// An array, into a field or list, or into a place for any type.
    pub(super) fn array<'de, A: SeqAccess<'de>>(
        &mut self,
        goal: Goal,
        mut items: A,
    ) -> Result<(), A::Error> {
        // Nothing that takes much of the stack is here, where the items are read: no errors of our own,
        // and no question mark, which takes more than a match.
        let mut wrong = None;
        let list = self.begin_array(goal, &mut wrong);
        for index in 0.. {
            let Some(goal) = self.next_item(list, index, &mut wrong) else {
                break;
            };
            match items.next_element_seed(Put { reader: self, goal }) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) => return Err(error),
            }
        }
        self.end_array(goal, wrong)
    }

    /// Enters a list where there is none yet; returns where the items go, if there is nothing wrong.
    fn begin_array(&mut self, goal: Goal, wrong: &mut Option<DecodeErrorKind>) -> Option<Goal> {
        let begun = self.try_begin_array(goal);
        begun.map_err(|kind| *wrong = Some(kind)).ok()
    }

    fn try_begin_array(&mut self, goal: Goal) -> Result<Goal, DecodeErrorKind> {
        let list = match goal {
            Goal::Field(_) | Goal::Items => goal,
            Goal::One(Kind::Any) | Goal::Item(Kind::Any) => {
                let list = AnyArray::with_kind(Kind::Any);
                self.path.enter(list.item_name());
                self.builder.enter_list(list)?;
                Goal::Items
            }
            goal => return Err(mismatch(goal, "an array")),
        };
        let deeper = self.depth_left.checked_sub(1);
        self.depth_left = deeper.ok_or(DecodeErrorKind::Limit(Limit::Depth))?;
        Ok(list)
    }

    /// Aims at the next item of a list, if there is nothing wrong.
    fn next_item(
        &mut self,
        list: Option<Goal>,
        index: usize,
        wrong: &mut Option<DecodeErrorKind>,
    ) -> Option<Goal> {
        let list = list?;
        self.path.at(index);
        let kind = self.aim_at_item(list)?;
        if self.builder.is_in_root_list()
            && let Err(error) = self.builder.budget().take_exactly(self.item_bytes)
        {
            *wrong = Some(error.into());
            return None;
        }
        Some(Goal::Item(kind))
    }

    #[inline(never)]
    fn end_array<E: Error>(&mut self, goal: Goal, wrong: Option<DecodeErrorKind>) -> Result<(), E> {
        if let Some(kind) = wrong {
            return Err(self.fail(kind));
        }
        self.path.after_items();
        if matches!(goal, Goal::One(_) | Goal::Item(_)) {
            self.leave_list();
        }
        self.go_back();
        Ok(())
    }

    /// Aims at the next item of a list, and tells its kind.
    fn aim_at_item(&mut self, goal: Goal) -> Option<Kind> {
        match goal {
            Goal::Field(field) => {
                let field = self.builder.aim_at_field(field.name().as_bytes())?;
                Some(field.shape().kind)
            }
            _ => self.builder.aim_at_item(),
        }
    }

    fn enter_list<E: Error>(&mut self, list: AnyArray) -> Result<(), E> {
        self.path.enter(list.item_name());
        self.enter(list)
    }

    fn leave_list(&mut self) {
        self.builder.leave();
        self.path.leave();
    }

    /// A value within what a format puts around values.
    pub(super) fn wrapped<'de, D: Deserializer<'de>>(
        &mut self,
        goal: Goal,
        deserializer: D,
    ) -> Result<(), D::Error> {
        self.go_deeper()?;
        Put { reader: self, goal }.deserialize(deserializer)?;
        self.go_back();
        Ok(())
    }

    fn go_deeper<E: Error>(&mut self) -> Result<(), E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => {
                self.depth_left = depth_left;
                Ok(())
            }
            None => Err(self.exceeds(Limit::Depth)),
        }
    }

    fn go_back(&mut self) {
        self.depth_left += 1;
    }
}

/// Values that are objects in JSON, whatever they are here.
impl ValueReader<'_> {
    /// An object, at the place aimed at.
    ///
    /// What is nested is read from here and from [`Self::members`], [`Self::boxed_value`] and
    /// [`Self::items`] alone. The other functions return before, so that the stack holds little for
    /// each level.
    pub(super) fn map<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        mut map: A,
    ) -> Result<(), A::Error> {
        let begun = self.begin(goal, &mut map)?;
        let read = match begun {
            Begun::Whole => Ok(()),
            Begun::Members { keep_unknown } | Begun::Object { keep_unknown } => {
                self.members(&mut map, keep_unknown)
            }
            Begun::Boxed { goal, is_found } => self.boxed(goal, is_found, &mut map),
            Begun::List { is_found } => self.boxed(Goal::Items, is_found, &mut map),
        };
        self.end(begun);
        read
    }

    /// Finds out what an object holds, enters it, and reads the members that come before the name of
    /// its type.
    #[inline(never)]
    fn begin<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        map: &mut A,
    ) -> Result<Begun, A::Error> {
        self.go_deeper()?;
        if let Goal::Members { keep_unknown } = goal {
            return Ok(Begun::Members { keep_unknown });
        }
        let mut early = Early::default();
        let is_named = self.find_type_name(map, &mut early)?;
        let begun = match goal {
            Goal::One(Kind::Any) | Goal::Item(Kind::Any) => self.any(is_named, &mut early, map)?,
            Goal::One(Kind::Reference) | Goal::Item(Kind::Reference) => {
                self.reference(std::mem::take(&mut early), map)?
            }
            Goal::One(kind) | Goal::Item(kind) => match kind.declared_type() {
                Some(declared) => self.object(declared, is_named, map)?,
                None => Begun::boxed(goal),
            },
            goal => Begun::boxed(goal),
        };
        if early.members.is_empty() {
            return Ok(begun);
        }
        self.early(begun, early)
    }

    /// Reads the members that came before the name of the type.
    fn early<E: Error>(&mut self, begun: Begun, early: Early) -> Result<Begun, E> {
        let mut members = replay::<E>(early.members);
        let begun = match begun {
            Begun::Object { keep_unknown } => {
                self.members(&mut members, keep_unknown)?;
                begun
            }
            Begun::Boxed { goal, .. } => Begun::Boxed {
                goal,
                is_found: self.boxed_value(goal, false, &mut members)?,
            },
            Begun::List { .. } => Begun::List {
                is_found: self.boxed_value(Goal::Items, false, &mut members)?,
            },
            Begun::Whole | Begun::Members { .. } => begun,
        };
        self.builder.budget().give_back_exactly(early.bytes);
        Ok(begun)
    }

    /// Leaves what was entered at the beginning of an object.
    fn end(&mut self, begun: Begun) {
        match begun {
            Begun::Object { .. } => self.builder.leave(),
            Begun::List { .. } => self.leave_list(),
            Begun::Whole | Begun::Members { .. } | Begun::Boxed { .. } => {}
        }
        self.go_back();
    }

    /// Reads up to the name of the type, and keeps what comes before it. Whether there is one.
    fn find_type_name<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        early: &mut Early,
    ) -> Result<bool, A::Error> {
        let limit = self.name_limit();
        while let Some(key) = map.next_key_seed(ReadKey { limit })? {
            match key {
                Key::TypeName => {
                    self.type_name.clear();
                    let into = &mut self.type_name;
                    match map.next_value_seed(ReadTypeName { into, limit })? {
                        TypeName::Read => return Ok(true),
                        TypeName::None => {}
                        TypeName::TooLong => return Err(self.exceeds(Limit::NameBytes)),
                    }
                }
                Key::TooLong => return Err(self.exceeds(Limit::NameBytes)),
                Key::Other(name) => {
                    let before = self.builder.budget().left();
                    self.take_member(&mut early.members, name, map)?;
                    early.bytes += before.saturating_sub(self.builder.budget().left());
                }
            }
        }
        Ok(false)
    }

    /// Reads the value of a member that is kept as a tree.
    fn take_member<'de, A: MapAccess<'de>>(
        &mut self,
        members: &mut Members,
        name: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let taken = self.builder.budget().take(name.capacity());
        self.within(taken)?;
        let value = self.tree(map)?;
        let pushed = self.builder.budget().push(members, (name, value));
        self.within(pushed)
    }

    /// An object of the declared type or of one that extends it.
    fn object<'de, A: MapAccess<'de>>(
        &mut self,
        declared: &'static TypeInfo,
        is_named: bool,
        map: &mut A,
    ) -> Result<Begun, A::Error> {
        let wanted = if is_named {
            names::subtype(self.types, declared, &self.type_name)
        } else {
            Some(declared)
        };
        let entered = self.builder.enter(wanted.unwrap_or(declared));
        let Some(entered) = self.within(entered)? else {
            self.pass_over(map)?;
            return Ok(Begun::Whole);
        };
        let is_known = wanted.is_some_and(|wanted| std::ptr::eq(entered, wanted));
        if !is_known && is_named {
            if self.options.strict {
                let found = std::mem::take(&mut self.type_name);
                return Err(self.fail(DecodeErrorKind::UnknownType {
                    expected: declared.name(),
                    found,
                }));
            }
            let namespace = entered.service().namespace;
            let name = names::parse_qualified(&self.type_name, &Arc::from(namespace));
            let kept = self.builder.keep_type_name(name);
            self.within(kept)?;
        }
        Ok(Begun::Object {
            keep_unknown: !is_known || self.options.keep_unknown,
        })
    }

    /// The members of the object last entered.
    fn members<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        keep_unknown: bool,
    ) -> Result<(), A::Error> {
        while let Some((field, goal)) = self.next_member(map, keep_unknown)? {
            if let Some(field) = field {
                self.path.enter(field.name());
            }
            map.next_value_seed(Put { reader: self, goal })?;
            if field.is_some() {
                self.path.leave();
            }
        }
        Ok(())
    }

    /// Reads up to a member that is a field, or that holds more members; keeps or passes over those
    /// before it.
    #[inline(never)]
    fn next_member<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        keep_unknown: bool,
    ) -> Result<Option<(Option<&'static FieldInfo>, Goal)>, A::Error> {
        loop {
            let limit = self.name_limit();
            let builder = &mut self.builder;
            let Some(key) = map.next_key_seed(ReadMember { builder, limit })? else {
                return Ok(None);
            };
            match key {
                Member::Field(field) => return Ok(Some((Some(field), Goal::of_field(field)))),
                Member::Value => return Ok(Some((None, Goal::Members { keep_unknown }))),
                Member::TooLong => return Err(self.exceeds(Limit::NameBytes)),
                Member::Unknown(name) if self.options.strict => {
                    return Err(self.fail(DecodeErrorKind::UnknownElement(name)));
                }
                Member::Unknown(name) if keep_unknown => {
                    let before = self.builder.budget().left();
                    let value = self.tree(map)?;
                    let kept = self.keep(&name, value, before);
                    self.within(kept)?;
                }
                Member::TypeName | Member::Unknown(_) => self.skip(map)?,
            }
        }
    }

    /// Keeps what a member holds that the type does not have. So much was left before it was read.
    fn keep(&mut self, name: &str, value: Json, before: u64) -> Result<(), OverBudget> {
        let tree = before.saturating_sub(self.builder.budget().left());
        if name == ATTRIBUTES {
            self.keep_attributes(value)?;
        } else {
            let bound = unknown::bytes_of_elements(name, &value);
            self.builder.budget().take_exactly(bound)?;
            let mut elements = unknown::elements_of_member(name, value, &self.namespace());
            // One that is spelled out, in this member or as its value, may be called as a field is,
            // which is not unknown.
            elements.retain(|element| {
                let local = &*element.name.local;
                local == name || !self.has_field(local)
            });
            for element in &mut elements {
                kept::drop_refused_in(element, Owner::Element);
            }
            let places = block(elements.capacity() * size_of::<Element>());
            let owned: u64 = elements.iter().map(Owned::owned).sum();
            let rest = bound.saturating_sub(places + owned);
            self.builder.budget().give_back_exactly(rest);
            for element in elements {
                self.builder.keep_taken_element(element)?;
            }
            self.builder.budget().give_back_exactly(places);
        }
        self.builder.budget().give_back_exactly(tree);
        Ok(())
    }

    /// Keeps the attributes that can be sent again.
    fn keep_attributes(&mut self, value: Json) -> Result<(), OverBudget> {
        /// What finding an attribute that comes twice takes for each.
        const SEEN: usize = 4 * size_of::<usize>();
        // As in XML, where an element has its attributes in one place.
        if self.builder.has_attributes() {
            return Ok(());
        }
        let count = match &value {
            Json::Object(members) => members.len(),
            _ => 0,
        };
        let bound = unknown::bytes_of_elements(ATTRIBUTES, &value) + block(count * SEEN);
        self.builder.budget().take_exactly(bound)?;
        let mut attributes: Vec<Attribute> = unknown::attributes_of(value).collect();
        // Those of XML Schema itself are not kept from XML either.
        attributes.retain(|(name, _)| &*name.namespace != SCHEMA_INSTANCE);
        kept::drop_refused(&mut attributes, Owner::Value);
        let places = block(attributes.capacity() * size_of::<Attribute>());
        let rest = bound.saturating_sub(places);
        self.builder.budget().give_back_exactly(rest);
        for (name, value) in attributes {
            self.builder.keep_attribute(name, value)?;
        }
        self.builder.budget().give_back_exactly(bound - rest);
        Ok(())
    }

    /// Whether the object last entered has a field with this name.
    fn has_field(&self, name: &str) -> bool {
        let info = self.builder.current_type();
        let mut levels = info.into_iter().flat_map(TypeInfo::ancestry);
        levels.any(|level| level.own_fields().iter().any(|field| field.name() == name))
    }

    /// A value whose type only the name tells.
    fn any<'de, A: MapAccess<'de>>(
        &mut self,
        is_named: bool,
        early: &mut Early,
        map: &mut A,
    ) -> Result<Begun, A::Error> {
        if !is_named {
            return self.unknown(std::mem::take(early), map);
        }
        match NamedType::of(self.types, &self.type_name) {
            NamedType::Object(info) => self.object(info, true, map),
            NamedType::Reference => self.reference(std::mem::take(early), map),
            NamedType::Enum(info) => Ok(Begun::boxed(Goal::One(Kind::Enum(info)))),
            NamedType::Scalar(names::Scalar::Of(kind)) => Ok(Begun::boxed(Goal::One(kind))),
            NamedType::Scalar(names::Scalar::Uri) => Ok(Begun::boxed(Goal::Uri)),
            NamedType::List(list) => {
                self.enter_list(list)?;
                Ok(Begun::List { is_found: false })
            }
            NamedType::Unknown if self.options.strict => {
                let found = std::mem::take(&mut self.type_name);
                Err(self.fail(DecodeErrorKind::UnknownType {
                    expected: Kind::Any.wire_name(),
                    found,
                }))
            }
            NamedType::Unknown => {
                let name = (TYPE_NAME.to_owned(), Json::text(&*self.type_name));
                let taken = self
                    .builder
                    .budget()
                    .take_exactly(bytes_of_type_name(&name));
                self.within(taken)?;
                let mut early = std::mem::take(early);
                let grown = self.builder.budget().grow_for_one(&mut early.members);
                self.within(grown)?;
                early.members.insert(0, name);
                self.unknown(early, map)
            }
        }
    }

    /// A value of a type that is not known here, or of none.
    fn unknown<'de, A: MapAccess<'de>>(
        &mut self,
        early: Early,
        map: &mut A,
    ) -> Result<Begun, A::Error> {
        let before = self.builder.budget().left().saturating_add(early.bytes);
        let mut members = early.members;
        let limit = self.name_limit();
        while let Some(name) = map.next_key_seed(ReadName { limit })? {
            let Some(name) = name else {
                return Err(self.exceeds(Limit::NameBytes));
            };
            self.take_member(&mut members, name, map)?;
        }
        let put = self.put_unknown(Json::Object(members), before);
        match self.within(put)? {
            Some(name) if self.options.strict => {
                Err(self.fail(DecodeErrorKind::UnknownAttribute(name)))
            }
            _ => Ok(Begun::Whole),
        }
    }

    /// Puts a tree where the reader aims at. So much was left before it was read. Gives the name of an
    /// attribute that was not kept.
    fn put_unknown(&mut self, value: Json, before: u64) -> Result<Option<String>, OverBudget> {
        let name = self.path.name().unwrap_or(unknown::NAMELESS);
        let namespace = self.namespace();
        let budget = self.builder.budget();
        let tree = before.saturating_sub(budget.left());
        let bound = unknown::bytes_of_elements(name, &value);
        budget.take_exactly(bound)?;
        let mut element = unknown::element_of(name, value, &namespace);
        let refused = kept::drop_refused_in(&mut element, Owner::Value);
        budget.give_back_exactly(tree + bound.saturating_sub(element.owned()));
        self.builder.put_taken_tree(element)?;
        Ok(refused)
    }

    fn namespace(&mut self) -> Arc<str> {
        let info = self.builder.current_type();
        let wanted = info.map_or(unknown::CORE_NAMESPACE, |info| info.service().namespace);
        if *self.namespace != *wanted {
            self.namespace = wanted.into();
        }
        Arc::clone(&self.namespace)
    }

    fn reference<'de, A: MapAccess<'de>>(
        &mut self,
        early: Early,
        map: &mut A,
    ) -> Result<Begun, A::Error> {
        let mut parts = Parts::default();
        parts.read(&mut replay::<A::Error>(early.members), self.depth_left)?;
        parts.read(map, self.depth_left)?;
        self.builder.budget().give_back_exactly(early.bytes);
        let Some(reference) = parts.into_reference() else {
            let goal = Goal::One(Kind::Reference);
            return Err(self.mismatch(goal, "an object without a `value`"));
        };
        let put = match self.builder.slot() {
            Some(Slot::Reference(place)) => place.put(reference),
            Some(Slot::Any(place)) => place.put(Any::Reference(reference)),
            _ => self.builder.no_slot(),
        };
        self.within(put)?;
        Ok(Begun::Whole)
    }

    /// What is no object, in the member `_value` of one that names its type.
    fn boxed<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        is_found: bool,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match self.boxed_value(goal, is_found, map) {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.mismatch(goal, "an object without a `_value`")),
            Err(error) => Err(error),
        }
    }

    /// Reads `_value` unless it was found before. Whether it is found now.
    fn boxed_value<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        mut is_found: bool,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        let limit = self.name_limit();
        while let Some(key) = map.next_key_seed(ReadKey { limit })? {
            if key.is_value() && !is_found {
                is_found = true;
                map.next_value_seed(Put { reader: self, goal })?;
            } else if matches!(key, Key::TooLong) {
                return Err(self.exceeds(Limit::NameBytes));
            } else {
                self.skip(map)?;
            }
        }
        Ok(is_found)
    }

    fn pass_over<'de, A: MapAccess<'de>>(&self, map: &mut A) -> Result<(), A::Error> {
        let depth_left = self.depth_left;
        while map.next_key_seed(Skip { depth_left })?.is_some() {
            self.skip(map)?;
        }
        Ok(())
    }
}

/// What is still to be read of an object whose type is known.
#[derive(Clone, Copy)]
enum Begun {
    /// Nothing.
    Whole,
    /// More members of the object last entered.
    Members { keep_unknown: bool },
    /// The members of an object that was entered.
    Object { keep_unknown: bool },
    /// A value in the member `_value`, unless it was found among the early members.
    Boxed { goal: Goal, is_found: bool },
    /// The items of a list that was entered, in the member `_value`.
    List { is_found: bool },
}

impl Begun {
    fn boxed(goal: Goal) -> Self {
        Self::Boxed {
            goal,
            is_found: false,
        }
    }
}

/// The members of an object that came before the name of its type.
#[derive(Debug, Default)]
struct Early {
    members: Members,
    /// What they take.
    bytes: u64,
}

/// What the name of a type takes as a member.
fn bytes_of_type_name((name, value): &(String, Json)) -> u64 {
    let value = match value {
        Json::Text(text) => text.owned(),
        _ => 0,
    };
    name.owned() + value
}
