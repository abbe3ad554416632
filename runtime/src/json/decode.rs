//! JSON to values: one interpreter over the builder of [`erased`](crate::erased), compiled once for
//! each deserializer.
//!
//! Nothing is kept but the value under construction, unless the members of an object come before
//! the name of its type: these are kept as a [tree](super::tree) until it is known.

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess};

use super::key::{Key, Member, ReadKey, ReadMember, ReadTypeName};
use super::names::{self, ATTRIBUTES, NamedType, TYPE_NAME};
use super::path::Path;
use super::put::{Goal, Put};
use super::reference::Parts;
use super::scalar::Scalar;
use super::tree::{Json, Members, ReadTree, replay};
use super::{DEPTH, unknown};
use crate::any::{Any, AnyArray};
use crate::decode::{DecodeErrorKind, DecodeOptions, Limit};
use crate::erased::{Kind, ObjectBuilder, Shape, Slot, TypeInfo};
use crate::service::TypeRegistry;

/// Reads one value.
#[derive(Debug)]
pub(super) struct ValueReader<'t> {
    types: &'static TypeRegistry,
    options: &'t DecodeOptions,
    builder: ObjectBuilder,
    path: Path,
    depth_left: usize,
    /// The name of the type read last.
    type_name: String,
    /// What was wrong, for those who want more than the text in the deserializer's error.
    #[cfg(feature = "json")]
    problem: Option<(DecodeErrorKind, String)>,
}

impl<'t> ValueReader<'t> {
    pub(super) fn new(types: &'static TypeRegistry, options: &'t DecodeOptions) -> Self {
        Self {
            types,
            options,
            builder: ObjectBuilder::new(),
            path: Path::to_root(),
            depth_left: DEPTH,
            type_name: String::new(),
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
            self.builder.enter_list(AnyArray::with_kind(shape.kind));
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

    /// How deep the tree may be that is read next.
    fn tree(&self) -> ReadTree {
        ReadTree {
            depth_left: self.depth_left,
        }
    }

    fn fail<E: Error>(&mut self, kind: DecodeErrorKind) -> E {
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
        self.fail(DecodeErrorKind::WrongType {
            expected: goal.description(),
            found: found.to_owned(),
        })
    }
}

/// Values that are no objects.
impl ValueReader<'_> {
    /// A scalar, at the place aimed at.
    pub(super) fn scalar<E: Error>(&mut self, goal: Goal, scalar: Scalar<'_>) -> Result<(), E> {
        let put = match (goal, self.builder.slot()) {
            (Goal::One(kind) | Goal::Item(kind), Some(slot)) => {
                let known = if self.options.strict {
                    scalar.check_known(kind)
                } else {
                    Ok(())
                };
                known.and_then(|()| scalar.put(slot, kind))
            }
            (Goal::Uri, Some(slot)) => scalar.put_uri(slot),
            _ => return Err(self.mismatch(goal, scalar.description())),
        };
        put.map_err(|kind| self.fail(kind))
    }

    /// `null`: nothing, but for an item of a list of any type, so that the others keep their places.
    pub(super) fn null(&mut self, goal: Goal) {
        if let (Goal::Item(Kind::Any), Some(Slot::Any(place))) = (goal, self.builder.slot()) {
            place.put(Any::Nil);
        }
    }

    /// An array, into a field or list, or into a place for any type.
    pub(super) fn array<'de, A: SeqAccess<'de>>(
        &mut self,
        goal: Goal,
        items: A,
    ) -> Result<(), A::Error> {
        match goal {
            Goal::Field(_) | Goal::Items => self.items(goal, items),
            Goal::One(Kind::Any) | Goal::Item(Kind::Any) => {
                self.enter_list(AnyArray::Any(Vec::new()));
                self.items(Goal::Items, items)?;
                self.leave_list();
                Ok(())
            }
            goal => Err(self.mismatch(goal, "an array")),
        }
    }

    fn items<'de, A: SeqAccess<'de>>(&mut self, goal: Goal, mut items: A) -> Result<(), A::Error> {
        self.go_deeper()?;
        for index in 0.. {
            self.path.at(index);
            let Some(kind) = self.aim_at_item(goal) else {
                break;
            };
            let goal = Goal::Item(kind);
            if items
                .next_element_seed(Put { reader: self, goal })?
                .is_none()
            {
                break;
            }
        }
        self.path.after_items();
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

    fn enter_list(&mut self, list: AnyArray) {
        self.path.enter(list.item_name());
        self.builder.enter_list(list);
    }

    fn leave_list(&mut self) {
        self.builder.leave();
        self.path.leave();
    }

    fn go_deeper<E: Error>(&mut self) -> Result<(), E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => {
                self.depth_left = depth_left;
                Ok(())
            }
            None => Err(self.fail(DecodeErrorKind::Limit(Limit::Depth))),
        }
    }

    fn go_back(&mut self) {
        self.depth_left += 1;
    }
}

/// Values that are objects in JSON, whatever they are here.
impl ValueReader<'_> {
    /// An object, at the place aimed at.
    pub(super) fn map<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        mut map: A,
    ) -> Result<(), A::Error> {
        self.go_deeper()?;
        if let Goal::Members { keep_unknown } = goal {
            self.members(map, keep_unknown)?;
            self.go_back();
            return Ok(());
        }
        let mut early = Members::new();
        let is_named = self.find_type_name(&mut map, &mut early)?;
        match goal {
            Goal::One(Kind::Any) | Goal::Item(Kind::Any) => self.any(is_named, early, map)?,
            Goal::One(Kind::Reference) | Goal::Item(Kind::Reference) => {
                self.reference(early, map)?
            }
            Goal::One(kind) | Goal::Item(kind) => match kind.declared_type() {
                Some(declared) => self.object(declared, is_named, early, map)?,
                None => self.boxed(goal, early, map)?,
            },
            goal => self.boxed(goal, early, map)?,
        }
        self.go_back();
        Ok(())
    }

    /// Reads up to the name of the type, and keeps what comes before it. Whether there is one.
    fn find_type_name<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        early: &mut Members,
    ) -> Result<bool, A::Error> {
        while let Some(key) = map.next_key_seed(ReadKey)? {
            match key {
                Key::TypeName => {
                    self.type_name.clear();
                    let into = &mut self.type_name;
                    if map.next_value_seed(ReadTypeName { into })? {
                        return Ok(true);
                    }
                }
                Key::Other(name) => early.push((name, map.next_value_seed(self.tree())?)),
            }
        }
        Ok(false)
    }

    /// An object of the declared type or of one that extends it.
    fn object<'de, A: MapAccess<'de>>(
        &mut self,
        declared: &'static TypeInfo,
        is_named: bool,
        early: Members,
        map: A,
    ) -> Result<(), A::Error> {
        let wanted = if is_named {
            names::subtype(self.types, declared, &self.type_name)
        } else {
            Some(declared)
        };
        let Some(entered) = self.builder.enter(wanted.unwrap_or(declared)) else {
            return pass_over(map);
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
            if let Some(extra) = self.builder.extra() {
                let namespace = entered.service().namespace;
                extra.set_type_name(names::parse_qualified(&self.type_name, namespace));
            }
        }
        let keep_unknown = !is_known || self.options.keep_unknown;
        self.members(replay(early), keep_unknown)?;
        self.members(map, keep_unknown)?;
        self.builder.leave();
        Ok(())
    }

    /// The members of the object last entered.
    fn members<'de, A: MapAccess<'de>>(
        &mut self,
        mut map: A,
        keep_unknown: bool,
    ) -> Result<(), A::Error> {
        loop {
            let builder = &mut self.builder;
            let Some(key) = map.next_key_seed(ReadMember { builder })? else {
                return Ok(());
            };
            match key {
                Member::Field(field) => {
                    let goal = Goal::of_field(field);
                    self.path.enter(field.name());
                    map.next_value_seed(Put { reader: self, goal })?;
                    self.path.leave();
                }
                Member::Value => {
                    let goal = Goal::Members { keep_unknown };
                    map.next_value_seed(Put { reader: self, goal })?;
                }
                Member::Unknown(name) if self.options.strict => {
                    return Err(self.fail(DecodeErrorKind::UnknownElement(name)));
                }
                Member::Unknown(name) if keep_unknown => {
                    let value = map.next_value_seed(self.tree())?;
                    self.keep(&name, value);
                }
                Member::TypeName | Member::Unknown(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
    }

    fn keep(&mut self, name: &str, value: Json) {
        let namespace = self.namespace();
        let Some(extra) = self.builder.extra() else {
            return;
        };
        if name == ATTRIBUTES {
            for (name, value) in unknown::attributes_of(value) {
                extra.push_attribute(name, value);
            }
        } else {
            for element in unknown::elements_of_member(name, value, namespace) {
                extra.push_element(element);
            }
        }
    }

    /// A value whose type only the name tells.
    fn any<'de, A: MapAccess<'de>>(
        &mut self,
        is_named: bool,
        early: Members,
        map: A,
    ) -> Result<(), A::Error> {
        if !is_named {
            return self.unknown(early, map);
        }
        match NamedType::of(self.types, &self.type_name) {
            NamedType::Object(info) => self.object(info, true, early, map),
            NamedType::Reference => self.reference(early, map),
            NamedType::Enum(info) => self.boxed(Goal::One(Kind::Enum(info)), early, map),
            NamedType::Scalar(names::Scalar::Of(kind)) => self.boxed(Goal::One(kind), early, map),
            NamedType::Scalar(names::Scalar::Uri) => self.boxed(Goal::Uri, early, map),
            NamedType::List(list) => {
                self.enter_list(list);
                self.boxed(Goal::Items, early, map)?;
                self.leave_list();
                Ok(())
            }
            NamedType::Unknown if self.options.strict => {
                let found = std::mem::take(&mut self.type_name);
                Err(self.fail(DecodeErrorKind::UnknownType {
                    expected: Kind::Any.wire_name(),
                    found,
                }))
            }
            NamedType::Unknown => {
                let mut members = vec![(TYPE_NAME.to_owned(), Json::text(&*self.type_name))];
                members.extend(early);
                self.unknown(members, map)
            }
        }
    }

    /// A value of a type that is not known here, or of none.
    fn unknown<'de, A: MapAccess<'de>>(
        &mut self,
        mut members: Members,
        mut map: A,
    ) -> Result<(), A::Error> {
        while let Some(name) = map.next_key()? {
            members.push((name, map.next_value_seed(self.tree())?));
        }
        let name = self.path.name().unwrap_or(unknown::NAMELESS);
        let tree = unknown::element_of(name, Json::Object(members), self.namespace());
        if let Some(Slot::Any(place)) = self.builder.slot() {
            place.put(Any::Unknown(Box::new(tree)));
        }
        Ok(())
    }

    fn namespace(&self) -> &'static str {
        let info = self.builder.current_type();
        info.map_or(unknown::CORE_NAMESPACE, |info| info.service().namespace)
    }

    fn reference<'de, A: MapAccess<'de>>(
        &mut self,
        early: Members,
        mut map: A,
    ) -> Result<(), A::Error> {
        let mut parts = Parts::default();
        parts.read(&mut replay::<A::Error>(early))?;
        parts.read(&mut map)?;
        let Some(reference) = parts.into_reference() else {
            let goal = Goal::One(Kind::Reference);
            return Err(self.mismatch(goal, "an object without a `value`"));
        };
        match self.builder.slot() {
            Some(Slot::Reference(place)) => place.put(reference),
            Some(Slot::Any(place)) => place.put(Any::Reference(reference)),
            _ => {}
        }
        Ok(())
    }

    /// What is no object, in the member `_value` of one that names its type.
    fn boxed<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        early: Members,
        map: A,
    ) -> Result<(), A::Error> {
        let is_found = self.boxed_value(goal, false, replay::<A::Error>(early))?;
        if self.boxed_value(goal, is_found, map)? {
            Ok(())
        } else {
            Err(self.mismatch(goal, "an object without a `_value`"))
        }
    }

    /// Reads `_value` unless it was found before. Whether it is found now.
    fn boxed_value<'de, A: MapAccess<'de>>(
        &mut self,
        goal: Goal,
        mut is_found: bool,
        mut map: A,
    ) -> Result<bool, A::Error> {
        while let Some(key) = map.next_key_seed(ReadKey)? {
            if key.is_value() && !is_found {
                is_found = true;
                map.next_value_seed(Put { reader: self, goal })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(is_found)
    }
}

fn pass_over<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}
