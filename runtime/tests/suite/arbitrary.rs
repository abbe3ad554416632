//! Values of any type that the sample API has, made as a decoder makes them: by random calls of a
//! builder. So every field of every type takes part without being listed here.

use proptest::prelude::*;
use vmomi_runtime::chrono::{DateTime as Instant, FixedOffset};
use vmomi_runtime::erased::{Budget, Kind, ObjectBuilder, Slot};
use vmomi_runtime::{
    Any, AnyArray, AnyEnum, Children, DateTime, Element, ManagedObjectReference, Node,
    QualifiedName,
};

use crate::support::*;
use vmomi_runtime::erased::OpenEnum;

/// What can be done to a builder.
#[derive(Clone, Debug)]
pub enum Step {
    /// Aim at the field with this number, of those that the object has.
    Aim(usize),
    AimAtItem,
    Put(Scalar),
    Enter(usize),
    EnterList(usize),
    Leave,
    KeepElement(Element),
    NameType(String),
    /// Bring the builder to another address.
    Move,
}

/// A value of each kind that has no parts, of which the place aimed at takes the one it can hold.
#[derive(Clone, Debug)]
pub struct Scalar {
    pub number: i64,
    pub fraction: f64,
    /// Of characters that XML has.
    pub text: String,
    /// As `text`, without white space at its ends.
    pub word: String,
    pub bytes: Vec<u8>,
    pub time: DateTime,
    /// Of an `Any`, which kind.
    pub choice: u8,
}

fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        8 => prop::char::range(' ', '~'),
        1 => prop::sample::select(vec!['\t', '\n', '\r', '<', '>', '&', '"', '\'', ']', ' ']),
        1 => prop::sample::select(vec!['\u{85}', 'ü', '\u{D7FF}', '\u{E000}', '\u{FFFD}', '\u{10000}', '\u{10FFFF}']),
    ]
}

/// `PROPTEST_CASES` in the environment sets how many cases are tried.
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(character(), 0..12).prop_map(String::from_iter)
}

fn time() -> impl Strategy<Value = DateTime> {
    let seconds = -62_000_000_000_i64..253_000_000_000;
    (seconds, 0..1_000_000_000_u32, -14 * 60..=14 * 60).prop_filter_map(
        "a time",
        |(seconds, nanoseconds, minutes)| {
            let nanoseconds = if nanoseconds % 3 == 0 { 0 } else { nanoseconds };
            time_at(seconds, nanoseconds, minutes)
        },
    )
}

/// So many seconds after 1970, in a zone so many minutes east of Greenwich.
pub fn time_at(seconds: i64, nanoseconds: u32, minutes: i32) -> Option<DateTime> {
    let offset = FixedOffset::east_opt(minutes * 60)?;
    Some(Instant::from_timestamp(seconds, nanoseconds)?.with_timezone(&offset))
}

fn scalar() -> impl Strategy<Value = Scalar> {
    let number = prop_oneof![Just(0), any::<i64>(), -300..300_i64];
    let fraction = prop_oneof![
        Just(0.0),
        Just(f64::INFINITY),
        prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
    ];
    let bytes = prop::collection::vec(any::<u8>(), 0..8);
    (number, fraction, text(), bytes, time(), any::<u8>()).prop_map(
        |(number, fraction, text, bytes, time, choice)| Scalar {
            number,
            fraction,
            word: text.trim_ascii().to_owned(),
            text,
            bytes,
            time,
            choice,
        },
    )
}

/// An element without layout, as decoding keeps it.
fn element() -> impl Strategy<Value = Element> {
    let name = (
        prop::sample::select(vec!["", "urn:vim25", "urn:f", "urn:<&>"]),
        "[a-zü_][a-z0-9.-]{0,4}",
    )
        .prop_map(|(namespace, local)| QualifiedName {
            namespace: namespace.into(),
            local: local.into(),
        });
    let type_name = prop::option::of(("(urn:vim25|urn:f)", "[A-Z][a-z]{0,4}X")).prop_map(|name| {
        name.map(|(namespace, local)| QualifiedName {
            namespace: namespace.into(),
            local: local.into(),
        })
    });
    let attributes =
        prop::collection::btree_map("(|urn:vim25|urn:f)", ("[a-z]{1,3}", text()), 0..3).prop_map(
            |map| {
                let entries = map.into_iter().map(|(namespace, (local, value))| {
                    (
                        QualifiedName {
                            namespace: namespace.into(),
                            local: local.into(),
                        },
                        value.into(),
                    )
                });
                entries
                    .filter(|(name, _): &(QualifiedName, Box<str>)| &*name.local != "xmlns")
                    .collect()
            },
        );
    let empty = (name, type_name, attributes).prop_map(|(name, type_name, attributes)| Element {
        name,
        type_name,
        attributes,
        children: Children::new(),
    });
    let leaf = (empty, text()).prop_map(|(element, text)| {
        let children = if text.is_empty() {
            Children::new()
        } else {
            vec![Node::Text(text.into())].into()
        };
        Element {
            children,
            ..element
        }
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 1..3)).prop_map(|(element, children)| {
            let children = children.into_iter().map(Node::Element).collect();
            Element {
                children,
                ..element
            }
        })
    })
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (0..80_usize).prop_map(Step::Aim),
        3 => Just(Step::AimAtItem),
        8 => scalar().prop_map(Step::Put),
        5 => (0..80_usize).prop_map(Step::Enter),
        2 => (0..16_usize).prop_map(Step::EnterList),
        3 => Just(Step::Leave),
        1 => element().prop_map(Step::KeepElement),
        1 => "[A-Z][a-z]{0,4}X".prop_map(Step::NameType),
        1 => Just(Step::Move),
    ];
    prop::collection::vec(step, 0..80)
}

/// Why nothing is over the budget.
const NO_LIMIT: &str = "the budget has no limit";

/// The value that the steps make, those that cannot be taken passed over.
pub fn build(steps: &[Step]) -> Any {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    let mut aimed = None;
    // Of every place that was entered, whether it holds just what the schema declares.
    let mut is_declared = Vec::new();
    for step in steps {
        match step {
            Step::Aim(index) => {
                if let Some(info) = builder.current_type() {
                    let fields = info.ancestry().flat_map(|level| level.own_fields());
                    let fields: Vec<_> = fields.collect();
                    if let Some(field) = fields.get(index % (fields.len() + 1)) {
                        builder.aim_at_field(field.name().as_bytes());
                        aimed = field.shape().kind.declared_type();
                    }
                }
            }
            Step::AimAtItem => aimed = builder.aim_at_item().and_then(Kind::declared_type),
            Step::Enter(index) => {
                let info = TYPES.data_objects[index % TYPES.data_objects.len()].get();
                if let Some(entered) = builder.enter(info).expect(NO_LIMIT) {
                    is_declared.push(
                        aimed
                            .take()
                            .is_some_and(|aimed| std::ptr::eq(aimed, entered)),
                    );
                }
            }
            Step::EnterList(index) => {
                if builder.enter_list(list(*index)).expect(NO_LIMIT).is_some() {
                    is_declared.push(false);
                }
            }
            Step::Leave => {
                builder.leave();
                is_declared.pop();
                aimed = None;
            }
            Step::Put(scalar) => {
                if let Some(slot) = builder.slot() {
                    scalar.put(slot);
                }
            }
            Step::KeepElement(element) => {
                let is_known = builder
                    .aim_at_field(element.name.local.as_bytes())
                    .is_some();
                aimed = None;
                if !is_known {
                    builder.keep_element(element.clone()).expect(NO_LIMIT);
                }
            }
            // To a decoder an unknown type is the declared one, and none of those within `Any`.
            Step::NameType(local) if is_declared.last() == Some(&true) => {
                let (namespace, local) = ("urn:vim25".into(), local.as_str().into());
                let name = QualifiedName { namespace, local };
                builder.keep_type_name(name).expect(NO_LIMIT);
            }
            Step::NameType(_) => {}
            Step::Move => builder = moved(builder),
        }
    }
    builder.finish()
}

fn list(index: usize) -> AnyArray {
    let info = TYPES.data_objects[index % TYPES.data_objects.len()];
    match index % 6 {
        0 => AnyArray::with_kind(Kind::Any),
        1 => AnyArray::with_kind(Kind::String),
        2 => AnyArray::with_kind(Kind::Reference),
        3 => AnyArray::with_kind(Kind::Enum(PowerState::TYPE.info())),
        4 => AnyArray::Uri(vec!["urn:x".into()]),
        _ => AnyArray::with_kind(Kind::Dyn(info)),
    }
}

/// The builder at another address.
pub fn moved(builder: ObjectBuilder) -> ObjectBuilder {
    *std::hint::black_box(Box::new(builder))
}

impl Scalar {
    #[expect(clippy::cast_possible_truncation, reason = "any number will do")]
    fn put(&self, slot: Slot<'_>) {
        let put = match slot {
            Slot::Bool(place) => place.put(self.number % 2 == 0),
            Slot::Byte(place) => place.put(self.number as i8),
            Slot::Short(place) => place.put(self.number as i16),
            Slot::Int(place) => place.put(self.number as i32),
            Slot::Long(place) => place.put(self.number),
            Slot::Float(place) => place.put(self.fraction as f32),
            Slot::Double(place) => place.put(self.fraction),
            // Also what keeps the values of an enum known only at run time.
            Slot::String(place) => place.put(self.word.clone()),
            Slot::DateTime(place) => place.put(self.time),
            Slot::Binary(place) => place.put(self.bytes.clone().into()),
            Slot::Reference(place) => place.put(self.reference()),
            Slot::Enum(place) => place.put(self.enum_value()),
            Slot::Any(place) => place.put(self.any()),
            Slot::Object => Ok(()),
        };
        put.expect(NO_LIMIT);
    }

    fn reference(&self) -> ManagedObjectReference {
        let guid = self.choice.is_multiple_of(2).then_some(&*self.text);
        ManagedObjectReference::with_server_guid("VirtualMachine", &self.word, guid)
    }

    fn enum_value(&self) -> &str {
        let known = PowerState::TYPE
            .info()
            .values()
            .get(usize::from(self.choice % 8));
        known.unwrap_or(&&*self.word)
    }

    #[expect(clippy::cast_possible_truncation, reason = "any number will do")]
    fn any(&self) -> Any {
        match self.choice % 13 {
            0 => Any::Bool(self.number % 2 == 0),
            1 => Any::Byte(self.number as i8),
            2 => Any::Short(self.number as i16),
            3 => Any::Int(self.number as i32),
            4 => Any::Long(self.number),
            5 => Any::Float(self.fraction as f32),
            6 => Any::Double(self.fraction),
            7 => Any::Uri(self.text.clone()),
            8 => Any::DateTime(self.time),
            9 => Any::Binary(self.bytes.clone().into()),
            10 => Any::Reference(self.reference()),
            11 => Any::Enum(AnyEnum {
                info: PowerState::TYPE.info(),
                value: self.enum_value().to_owned().into(),
            }),
            _ => Any::String(self.text.clone()),
        }
    }
}
