//! The steps in which a value is made, chosen by the bytes of an input: what the tests of
//! `vmomi-runtime` leave to chance, in a form that a fuzzer can change bit by bit.

use vmomi_runtime::{Element, Node, QualifiedName};

use crate::arbitrary::{Scalar, Step, time_at};

/// The steps that the input stands for, any input.
#[must_use]
pub fn steps(input: &[u8]) -> Vec<Step> {
    const MOST: usize = 200;
    let mut choices = Choices(input);
    let mut steps = Vec::new();
    while !choices.0.is_empty() && steps.len() < MOST {
        steps.push(choices.step());
    }
    steps
}

/// What is left of the input; zeros from there on.
struct Choices<'i>(&'i [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        byte
    }

    fn below(&mut self, limit: u8) -> u8 {
        self.byte() % limit
    }

    fn number(&mut self) -> i64 {
        let length = self.below(9);
        (0..length).fold(0, |number, _| number << 8 | i64::from(self.byte()))
    }

    fn step(&mut self) -> Step {
        match self.below(26) {
            0..=7 => Step::Aim(self.byte().into()),
            8..=10 => Step::AimAtItem,
            11..=16 => Step::Put(self.scalar()),
            17..=19 => Step::Enter(self.byte().into()),
            20 => Step::EnterList(self.byte().into()),
            21..=22 => Step::Leave,
            23 => Step::KeepElement(self.element(3)),
            24 => Step::NameType(format!("X{}", self.name())),
            _ => Step::Move,
        }
    }

    fn scalar(&mut self) -> Scalar {
        let text = self.text();
        let number = self.number();
        let seconds = number % 60_000_000_000;
        let nanoseconds = u32::from(self.byte()) * 3_921_568;
        let minutes = i32::from(self.byte()) * 6 - 768;
        let fraction = f64::from_bits(u64::from_ne_bytes(number.to_ne_bytes()));
        Scalar {
            number,
            // One that is equal to itself.
            fraction: if fraction.is_nan() { 0.5 } else { fraction },
            word: text.trim_ascii().to_owned(),
            text,
            bytes: (0..self.below(6)).map(|_| self.byte()).collect(),
            time: time_at(seconds, nanoseconds, minutes).unwrap_or_default(),
            choice: self.byte(),
        }
    }

    fn text(&mut self) -> String {
        const BEYOND_ASCII: [char; 8] = [
            '\u{85}',
            'ü',
            '\u{2028}',
            '\u{D7FF}',
            '\u{E000}',
            '\u{FFFD}',
            '\u{10000}',
            '\u{10FFFF}',
        ];
        let length = self.below(12);
        let character = |byte: u8| match byte {
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => byte.into(),
            other => BEYOND_ASCII[usize::from(other) % BEYOND_ASCII.len()],
        };
        (0..length).map(|_| character(self.byte())).collect()
    }

    fn name(&mut self) -> String {
        let length = self.below(4);
        let letters = (0..length).map(|_| char::from(b'a' + self.below(26)));
        std::iter::once('x').chain(letters).collect()
    }

    fn namespace(&mut self) -> std::sync::Arc<str> {
        ["urn:vim25", "urn:f", "urn:<&>", ""][usize::from(self.below(4))].into()
    }

    fn element(&mut self, depth: u8) -> Element {
        let mut element = Element {
            name: QualifiedName {
                namespace: self.namespace(),
                local: self.name().into(),
            },
            ..Element::default()
        };
        let choice = self.byte();
        if choice & 1 != 0 {
            element.type_name = Some(QualifiedName {
                namespace: "urn:f".into(),
                local: self.name().into(),
            });
        }
        if choice & 2 != 0 {
            let name = QualifiedName {
                namespace: self.namespace(),
                local: self.name().into(),
            };
            element.attributes.push((name, self.text().into()));
        }
        if choice & 4 != 0 && depth > 0 {
            for _ in 0..=self.below(3) {
                let child = self.element(depth - 1);
                element.children.push(Node::Element(child));
            }
        } else {
            let text = self.text();
            if !text.is_empty() {
                element.children.push(Node::Text(text.into()));
            }
        }
        element
    }
}
