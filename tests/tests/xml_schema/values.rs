//! Values of any type, as a version of the API has them.

use std::collections::HashMap;

use vmomi::runtime::chrono::{Datelike, FixedOffset, NaiveDateTime, TimeDelta, Timelike};
use vmomi::runtime::erased::{Arity, Budget, Kind, ObjectBuilder, Shape, Slot, TypeInfo, TypeLink};
use vmomi::runtime::{AnyArray, AnyEnum, DateTime, TypeRegistry};
use vmomi::{Any, AnyObject, ManagedObjectReference};

use super::random::Random;
use super::set::{Element, Set};

/// The kinds that all services share.
pub const SCALARS: [Kind; 12] = [
    Kind::Bool,
    Kind::Byte,
    Kind::Short,
    Kind::Int,
    Kind::Long,
    Kind::Float,
    Kind::Double,
    Kind::String,
    Kind::DateTime,
    Kind::Binary,
    Kind::Any,
    Kind::Reference,
];

/// How deep objects are put into each other, unless the schema requires more.
const DEEPEST: usize = 2;

/// Makes values.
pub struct Values<'s> {
    types: &'static TypeRegistry,
    set: &'s Set,
    random: Random,
    /// Whether each field of the outermost object has a value.
    is_full: bool,
    /// The types that may be in place of one, by its name.
    subtypes: HashMap<&'static str, Vec<&'static TypeInfo>>,
}

impl<'s> Values<'s> {
    pub fn new(types: &'static TypeRegistry, set: &'s Set) -> Self {
        Self {
            types,
            set,
            random: Random::new(()),
            is_full: false,
            subtypes: HashMap::new(),
        }
    }

    /// From here on values depend on nothing but the seed. In round 0 an object has all of its
    /// fields.
    pub fn begin(&mut self, name: &str, round: u64) {
        self.random = Random::new((name, round));
        self.is_full = round == 0;
    }

    /// An object of the type.
    pub fn object(&mut self, info: &'static TypeInfo, depth: usize) -> AnyObject {
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        self.fill(&mut builder, info, depth);
        match builder.finish() {
            Any::Object(object) => object,
            other => panic!("{other:?}"),
        }
    }

    /// Puts an object of the type into the place aimed at.
    fn fill(&mut self, builder: &mut ObjectBuilder, info: &'static TypeInfo, depth: usize) {
        let entered = builder.enter(info).unwrap().unwrap();
        assert!(
            std::ptr::eq(entered, info),
            "{} in {}",
            info.name(),
            entered.name()
        );
        for level in info.ancestry() {
            for field in level.own_fields() {
                let Some(element) = self.set.element(level, field) else {
                    continue;
                };
                let count = self.count(element, field.shape(), depth);
                for _ in 0..count {
                    builder.aim_at_field(field.name().as_bytes()).unwrap();
                    let put = self.put(builder, field.shape().kind, element, depth);
                    assert!(
                        put.is_some() || !element.is_required,
                        "the set has no value for {}.{}",
                        level.name(),
                        field.name()
                    );
                }
            }
        }
        builder.leave();
    }

    /// How many values a field has.
    fn count(&mut self, element: &Element, shape: Shape, depth: usize) -> usize {
        let most = match (shape.is_list(), depth) {
            (true, ..DEEPEST) => 3,
            (_, DEEPEST..) if shape.kind.declared_type().is_some() => 0,
            _ => 1,
        };
        // An object holds what the newest version requires, whether or not an older one does.
        let is_required = element.is_required || matches!(shape.arity, Arity::One);
        let is_set = is_required || (self.is_full && depth == 0);
        self.random.below(most + 1).max(usize::from(is_set))
    }

    /// Puts a value of the kind into the place aimed at, unless the set has none.
    fn put(
        &mut self,
        builder: &mut ObjectBuilder,
        kind: Kind,
        element: &Element,
        depth: usize,
    ) -> Option<()> {
        if let Some(declared) = kind.declared_type() {
            let info = match kind {
                Kind::Dyn(_) => self.subtype(declared, depth),
                _ => declared,
            };
            self.fill(builder, info, depth + 1);
            return Some(());
        }
        let slot = builder.slot().unwrap();
        let put = match slot {
            Slot::Bool(place) => place.put(self.random.one_in(2)),
            Slot::Byte(place) => place.put(self.integer()),
            Slot::Short(place) => place.put(self.integer()),
            Slot::Int(place) => place.put(self.integer()),
            Slot::Long(place) => place.put(self.integer()),
            Slot::Float(place) => place.put(self.float()),
            Slot::Double(place) => place.put(self.double()),
            Slot::DateTime(place) => place.put(self.time()),
            Slot::Binary(place) => place.put(self.bytes().into()),
            Slot::Any(place) => place.put(self.any(depth + 1)),
            Slot::Reference(place) => place.put(self.reference()),
            Slot::Enum(place) => {
                let values = self.set.values(place.info());
                place.put(self.random.pick(&values)?)
            }
            Slot::String(place) => place.put(match kind {
                Kind::Enum(info) => (*self.random.pick(&self.set.values(info))?).to_owned(),
                _ if element.type_name == "xsd:anyURI" => self.uri(),
                _ => self.text(),
            }),
            Slot::Object => panic!("an object that declares no type"),
        };
        put.unwrap();
        Some(())
    }

    /// The type or one that extends it.
    fn subtype(&mut self, declared: &'static TypeInfo, depth: usize) -> &'static TypeInfo {
        if depth >= DEEPEST {
            return declared;
        }
        let (types, set) = (self.types, self.set);
        let subtypes = self.subtypes.entry(declared.name()).or_insert_with(|| {
            let all = types.data_objects.iter().map(|link| link.get());
            all.filter(|info| info.is_a(declared) && set.has_type(info))
                .collect()
        });
        self.random.pick(subtypes).copied().unwrap_or(declared)
    }

    /// A value of any type.
    pub fn any(&mut self, depth: usize) -> Any {
        let kinds = if depth < DEEPEST { 15 } else { 12 };
        match self.random.below(kinds) {
            0 => Any::Bool(self.random.one_in(2)),
            1 => Any::Byte(self.integer()),
            2 => Any::Short(self.integer()),
            3 => Any::Int(self.integer()),
            4 => Any::Long(self.integer()),
            5 => Any::Float(self.float()),
            6 => Any::Double(self.double()),
            7 => Any::String(self.text()),
            8 => Any::Uri(self.uri()),
            9 => Any::DateTime(self.time()),
            10 => Any::Binary(self.bytes().into()),
            11 => Any::Reference(self.reference()),
            12 => {
                let info = self.random.pick(self.types.enums).copied().unwrap();
                match self.random.pick(&self.set.values(info)) {
                    Some(value) => Any::Enum(AnyEnum {
                        info,
                        value: (*value).into(),
                    }),
                    None => self.any(depth),
                }
            }
            13 => {
                let info = self.random.pick(self.types.data_objects).unwrap().get();
                if self.set.has_type(info) {
                    Any::Object(self.object(info, depth + 1))
                } else {
                    self.any(depth)
                }
            }
            _ => self.array(depth + 1),
        }
    }

    fn array(&mut self, depth: usize) -> Any {
        loop {
            let array = AnyArray::with_kind(self.item_kind());
            if self.set.has_array(&array.type_name()) {
                return self.array_like(array, 0, depth);
            }
        }
    }

    /// An array of the type of this one, which has none, with at least so many items.
    pub fn array_like(&mut self, array: AnyArray, least: usize, depth: usize) -> Any {
        let element = Element {
            type_name: array.item_name().to_owned(),
            is_required: false,
        };
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        builder.enter_list(array).unwrap().unwrap();
        for _ in 0..least + self.random.below(4) {
            let kind = builder.aim_at_item().unwrap();
            // What is not put is not an item.
            let _ = self.put(&mut builder, kind, &element, depth);
        }
        builder.leave();
        builder.finish()
    }

    fn item_kind(&mut self) -> Kind {
        match self.random.below(3) {
            0 => *self.random.pick(&SCALARS).unwrap(),
            1 => Kind::Enum(self.random.pick(self.types.enums).unwrap()),
            _ => {
                let info = self.random.pick(self.types.data_objects).unwrap().get();
                Kind::Dyn(TypeLink::to(info))
            }
        }
    }

    /// Any number of the type, and often one of its edges.
    fn integer<T: TryFrom<i64>>(&mut self) -> T {
        let shift = self.random.below(64);
        let number = i64::from_le_bytes(self.random.next().to_le_bytes()) >> shift;
        T::try_from(number).unwrap_or_else(|_| self.integer())
    }

    /// Any bits.
    fn float(&mut self) -> f32 {
        let bits = self.random.next().to_le_bytes();
        let any = f32::from_bits(u32::from_le_bytes([bits[0], bits[1], bits[2], bits[3]]));
        let special = [
            0.0,
            -0.0,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NAN,
            f32::MAX,
            any,
            any,
        ];
        *self.random.pick(&special).unwrap()
    }

    /// Any bits.
    fn double(&mut self) -> f64 {
        let any = f64::from_bits(self.random.next());
        let special = [
            0.0,
            -0.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            f64::MAX,
            any,
            any,
        ];
        *self.random.pick(&special).unwrap()
    }

    fn bytes(&mut self) -> Vec<u8> {
        let count = self.random.below(12);
        (0..count)
            .map(|_| self.random.next().to_le_bytes()[0])
            .collect()
    }

    fn text(&mut self) -> String {
        const CHARACTERS: [&str; 22] = [
            "a",
            "B",
            "7",
            " ",
            "\t",
            "\n",
            "\r",
            "<",
            ">",
            "&",
            "\"",
            "'",
            "]]>",
            "%",
            "\u{7F}",
            "\u{85}",
            "ü",
            "\u{D7FF}",
            "\u{E000}",
            "\u{FFFD}",
            "\u{10000}",
            "\u{10FFFF}",
        ];
        let count = self.random.below(8);
        (0..count)
            .filter_map(|_| self.random.pick(&CHARACTERS))
            .copied()
            .collect()
    }

    /// A URI.
    pub fn uri(&mut self) -> String {
        let path = self
            .text()
            .replace(|letter: char| !letter.is_ascii_alphanumeric(), "/");
        format!("https://host.example:443/sdk{path}?a=b&c=%20#d")
    }

    fn reference(&mut self) -> ManagedObjectReference {
        // One without a value is unset, and not sent.
        let value = format!("vm-{}", self.text());
        ManagedObjectReference::new(&self.text(), &value)
    }

    /// Any that there is, and often one of these centuries.
    fn time(&mut self) -> DateTime {
        let all = (NaiveDateTime::MAX - NaiveDateTime::MIN).num_seconds();
        let (from, seconds) = match self.random.below(3) {
            0 => (NaiveDateTime::MIN, all),
            _ => (NaiveDateTime::default(), 200 * 365 * 86_400),
        };
        let seconds = self.random.below(usize::try_from(seconds).unwrap());
        let utc = from + TimeDelta::seconds(i64::try_from(seconds).unwrap());
        let nanoseconds = [0, 500_000_000, 123_456_789][self.random.below(3)];
        let minutes = match self.random.below(3) {
            0 => 0,
            1 => i32::try_from(self.random.below(2 * 840 + 1)).unwrap() - 840,
            // Which the schema does not have.
            _ => i32::try_from(self.random.below(2 * 1439 + 1)).unwrap() - 1439,
        };
        let seconds = if self.random.one_in(10) { 1 } else { 0 };
        let offset = FixedOffset::east_opt(minutes * 60 + seconds).unwrap();
        // XML Schema 1.0 has no year 0.
        if (-1..=1).contains(&utc.year()) {
            return self.time();
        }
        let utc = utc.with_nanosecond(nanoseconds).unwrap();
        DateTime::from_naive_utc_and_offset(utc, offset)
    }
}
