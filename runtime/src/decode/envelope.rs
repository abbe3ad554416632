//! SOAP envelopes: a response's value, or a fault.

use std::fmt::{self, Write as _};
use std::mem;

use super::error::{DecodeError, DecodeErrorKind};
use super::limits::DecodeOptions;
use super::raw::RawTree;
use super::source::Source;
use super::value::ValueDecoder;
use crate::any::Any;
use crate::budget::scratch;
use crate::element::Element;
use crate::erased::{Kind, Shape, TypeLink};
use crate::fault::{Fault, FaultDetail};
use crate::service::TypeRegistry;
use crate::shown::Name;
use crate::xml::XmlError;
use crate::xml::reader::{Event, Reader};
use crate::xml::start_tag::StartTag;

/// What an envelope holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The value of `returnval`; [`Any::Nil`] where there is none.
    Value(Any),
    /// A fault.
    Fault(Fault),
}

/// Decodes one envelope from bytes that arrive in pieces.
///
/// Only what one tag or text takes is kept of the bytes; the value is built as they come.
pub struct EnvelopeDecoder {
    types: &'static TypeRegistry,
    options: DecodeOptions,
    result: Option<Shape>,
    reader: Reader,
    /// What the last piece left over, with which the next token begins.
    carry: Vec<u8>,
    /// How many bytes came before `carry` or the present piece.
    consumed: u64,
    place: Place,
    /// The name of the element in the body, for paths.
    response: String,
    /// How many `returnval` elements have begun.
    returned: usize,
    value: ValueDecoder,
    fault: FaultText,
    detail: RawTree,
    unknown_detail: FaultDetail,
    /// The error that ended decoding.
    failed: Option<DecodeError>,
}

/// How much of a piece is put behind what is left of the one before at once. A piece may be the whole
/// body, of which no copy is needed.
const LONGEST_CARRIED: usize = 64 << 10;

/// Where in the envelope the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Document,
    Envelope,
    Body,
    Response,
    /// In `returnval`.
    Value,
    Fault,
    /// In `faultcode` or `faultstring`.
    FaultText(FaultField),
    Detail,
    /// In the one element of `detail`.
    TypedDetail,
    RawDetail,
    /// In something that is passed over, with the depth at which it began.
    Skipped(usize, Outer),
}

/// Where a skipped element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outer {
    Envelope,
    Body,
    Response,
    Fault,
    Detail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FaultField {
    Code,
    Message,
}

#[derive(Debug, Default)]
struct FaultText {
    seen: bool,
    detail_seen: bool,
    code: String,
    message: String,
}

impl EnvelopeDecoder {
    /// A decoder for the response of an operation with this result.
    #[must_use]
    pub fn new(
        result: Option<Shape>,
        types: &'static TypeRegistry,
        options: &DecodeOptions,
    ) -> Self {
        let mut value = ValueDecoder::new(types, options);
        if let Some(shape) = result
            && shape.is_list()
        {
            value.expect_list(shape.kind);
        }
        Self {
            types,
            options: options.clone(),
            result,
            reader: Reader::new(options.limits.clone(), options.strict),
            carry: Vec::new(),
            consumed: 0,
            place: Place::Document,
            response: String::new(),
            returned: 0,
            value,
            fault: FaultText::default(),
            detail: RawTree::default(),
            unknown_detail: FaultDetail::Missing,
            failed: None,
        }
    }

    /// Whether the body began as a SOAP envelope does.
    #[must_use]
    pub fn is_in_envelope(&self) -> bool {
        self.place != Place::Document || self.reader.is_complete()
    }

    /// Takes the next piece of the body.
    ///
    /// # Errors
    /// When what has come so far cannot be decoded. Whatever comes after that gives the same error.
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), DecodeError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let mut rest = piece;
        let mut fed = Ok(());
        while fed.is_ok() && !rest.is_empty() {
            fed = if self.carry.is_empty() {
                let ran = self.run(rest);
                let left_over = &rest[self.reader.position()..];
                rest = &[];
                ran.and_then(|()| self.carry(left_over))
            } else {
                let (next, after) = rest.split_at(rest.len().min(LONGEST_CARRIED));
                rest = after;
                self.carry(next).and_then(|()| {
                    let mut input = mem::take(&mut self.carry);
                    let ran = self.run(&input);
                    input.drain(..self.reader.position());
                    self.carry = input;
                    ran
                })
            };
            self.consumed += self.reader.rebase() as u64;
        }
        if let Err(error) = &fed {
            self.failed = Some(error.clone());
        }
        fed
    }

    /// Keeps bytes with which the next token begins.
    fn carry(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let kept = self.value.budget().extend_scratch(&mut self.carry, bytes);
        kept.map_err(|error| self.fail(error.into(), &[]))
    }

    /// The answer, once all pieces were taken.
    ///
    /// # Errors
    /// When the body ended too early, or could not be decoded.
    pub fn finish(mut self) -> Result<Answer, DecodeError> {
        self.take_answer()
    }

    /// As [`Self::finish`], and leaves nothing of the answer, unless it is an error.
    pub(crate) fn take_answer(&mut self) -> Result<Answer, DecodeError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if !self.reader.is_complete() {
            return Err(self.fail(XmlError::UnexpectedEnd.into(), &self.carry));
        }
        if self.response.is_empty() {
            return Err(self.fail(DecodeErrorKind::NoResponse, &self.carry));
        }
        if let Err(error) = self.reader.check_end(&self.carry) {
            return Err(self.fail(error.into(), &self.carry));
        }
        if !self.fault.seen {
            return Ok(Answer::Value(self.value.finish()));
        }
        let detail = match self.value.finish() {
            Any::Object(fault) => FaultDetail::Typed(fault),
            _ => mem::replace(&mut self.unknown_detail, FaultDetail::Missing),
        };
        Ok(Answer::Fault(Fault {
            code: mem::take(&mut self.fault.code),
            message: mem::take(&mut self.fault.message),
            detail,
        }))
    }

    fn run(&mut self, input: &[u8]) -> Result<(), DecodeError> {
        self.read(input).map_err(|kind| self.fail(kind, input))
    }

    /// Reads to the end of the input.
    fn read(&mut self, input: &[u8]) -> Result<(), DecodeErrorKind> {
        loop {
            self.reader.set_room(self.value.budget().left());
            if let Place::Value | Place::TypedDetail = self.place {
                if !self.value.read(&mut self.reader, input)? {
                    return Ok(());
                }
                self.leave_value();
            }
            let event = self.reader.next(input)?;
            let copied = scratch(event.copied());
            match event {
                Event::Start => self.start(&self.reader.tag(input), input)?,
                Event::Text(text) => {
                    self.value.budget().take_exactly(copied)?;
                    self.text(&text)?;
                    self.value.budget().give_back_exactly(copied);
                }
                Event::End => self.end()?,
                Event::Incomplete => return Ok(()),
            }
        }
    }

    /// An error in the input, which begins where a token does.
    fn fail(&self, kind: DecodeErrorKind, input: &[u8]) -> DecodeError {
        let mut path = match &*self.response {
            "" => String::new(),
            response => Name(response).to_string(),
        };
        match self.place {
            Place::Value => {
                path.push_str("/returnval");
                if self.returns_list() {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{}]", self.returned.saturating_sub(1));
                }
            }
            Place::TypedDetail | Place::RawDetail => path.push_str("/detail"),
            _ => {}
        }
        let inner = self.value.path();
        if !inner.is_empty() {
            path.push('/');
            path.push_str(&inner);
        }
        let position = self.reader.position();
        let (consumed, within) = (self.consumed, self.reader.begins_within_section());
        self.value.error(
            kind,
            path,
            consumed,
            if within { &[] } else { input },
            position,
        )
    }

    fn returns_list(&self) -> bool {
        self.result.is_some_and(Shape::is_list)
    }

    fn start(&mut self, tag: &StartTag<'_>, input: &[u8]) -> Result<(), DecodeErrorKind> {
        let skip = |decoder: &mut Self, outer| {
            decoder.place = Place::Skipped(decoder.reader.depth(), outer);
        };
        match (self.place, tag.local()) {
            (Place::Document, b"Envelope") => self.place = Place::Envelope,
            (Place::Document, other) => return Err(expected("Envelope", other)),
            (Place::Envelope, b"Body") => self.place = Place::Body,
            (Place::Envelope, _) => skip(self, Outer::Envelope),
            (Place::Body, name) if self.response.is_empty() => {
                self.response = String::from_utf8_lossy(name).into_owned();
                if name == b"Fault" {
                    self.fault.seen = true;
                    // A list of results may have been expected; a fault is one value.
                    let used = self.options.limits.decoded_bytes - self.value.budget().left();
                    self.value = ValueDecoder::new(self.types, &self.options);
                    self.value.budget().take_exactly(used)?;
                    self.place = Place::Fault;
                } else {
                    self.place = Place::Response;
                }
            }
            (Place::Body, _) => skip(self, Outer::Body),
            (Place::Response, b"returnval") if self.result.is_some() => {
                self.start_result(input)?;
            }
            (Place::Response, name) if self.options.strict => {
                let name = String::from_utf8_lossy(name).into_owned();
                return Err(DecodeErrorKind::UnknownElement(name));
            }
            (Place::Response, _) => skip(self, Outer::Response),
            (Place::Fault, b"faultcode") => self.place = Place::FaultText(FaultField::Code),
            (Place::Fault, b"faultstring") => self.place = Place::FaultText(FaultField::Message),
            (Place::Fault, b"detail") => self.place = Place::Detail,
            (Place::Fault, _) => skip(self, Outer::Fault),
            // Servers send one; whatever follows it adds nothing.
            (Place::Detail, _) if self.fault.detail_seen => skip(self, Outer::Detail),
            (Place::Detail, _) => self.start_detail(tag, input)?,
            (Place::RawDetail, _) => self.start_raw_detail(tag)?,
            // The value itself reads on while its place is one of the first two.
            (Place::Value | Place::TypedDetail | Place::FaultText(_) | Place::Skipped(..), _) => {}
        }
        Ok(())
    }

    fn start_result(&mut self, input: &[u8]) -> Result<(), DecodeErrorKind> {
        if let Some(shape) = self.result {
            if self.options.strict && self.returned > 0 && !shape.is_list() {
                return Err(DecodeErrorKind::Repeated("returnval"));
            }
            self.place = Place::Value;
            self.returned += 1;
            let reader = &mut self.reader;
            self.value
                .start_root(shape.kind, &mut Source { reader, input })?;
        }
        Ok(())
    }

    /// The one element of a fault's detail: typed by `xsi:type`, or by its name.
    fn start_detail(&mut self, tag: &StartTag<'_>, input: &[u8]) -> Result<(), DecodeErrorKind> {
        self.fault.detail_seen = true;
        let known = match tag.type_name {
            // One that is unknown is at least a fault, whose message and cause can be read.
            Some(name) => self
                .named_type(self.reader.resolve(name).1)
                .or_else(|| self.named_type(ANY_FAULT)),
            None => {
                let name = tag.local();
                let without = name.strip_suffix(b"Fault").unwrap_or(name);
                self.named_type(without).or_else(|| self.named_type(name))
            }
        };
        match known {
            Some(kind) => {
                self.place = Place::TypedDetail;
                let reader = &mut self.reader;
                self.value.start_root(kind, &mut Source { reader, input })
            }
            None => {
                self.place = Place::RawDetail;
                self.start_raw_detail(tag)
            }
        }
    }

    fn start_raw_detail(&mut self, tag: &StartTag<'_>) -> Result<(), DecodeErrorKind> {
        let (reader, budget) = (&mut self.reader, self.value.budget());
        self.detail.start(tag, reader, budget)
    }

    fn named_type(&self, name: &[u8]) -> Option<Kind> {
        let info = self.types.data_object(std::str::from_utf8(name).ok()?)?;
        Some(Kind::Dyn(TypeLink::to(info)))
    }

    fn text(&mut self, text: &str) -> Result<(), DecodeErrorKind> {
        match self.place {
            Place::RawDetail => Ok(self.detail.text(text, self.value.budget())?),
            Place::FaultText(field) => {
                let kept = match field {
                    FaultField::Code => &mut self.fault.code,
                    FaultField::Message => &mut self.fault.message,
                };
                Ok(self.value.budget().push_str(kept, text)?)
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), DecodeErrorKind> {
        match self.place {
            Place::RawDetail => {
                if let Some(tree) = self.detail.end(self.value.budget())? {
                    self.value.budget().take(size_of::<Element>())?;
                    self.unknown_detail = FaultDetail::Unknown(Box::new(tree));
                    self.place = Place::Detail;
                }
            }
            Place::FaultText(_) if self.reader.depth() == 3 => self.place = Place::Fault,
            Place::Detail => self.place = Place::Fault,
            Place::Fault | Place::Response => self.place = Place::Body,
            Place::Body => self.place = Place::Envelope,
            Place::Skipped(depth, outer) if self.reader.depth() < depth => {
                self.place = match outer {
                    Outer::Envelope => Place::Envelope,
                    Outer::Body => Place::Body,
                    Outer::Response => Place::Response,
                    Outer::Fault => Place::Fault,
                    Outer::Detail => Place::Detail,
                };
            }
            _ => {}
        }
        Ok(())
    }

    /// Back to the element around the value, when that has ended.
    fn leave_value(&mut self) {
        if self.value.is_idle() {
            self.place = if self.fault.seen {
                Place::Detail
            } else {
                Place::Response
            };
        }
    }
}

impl fmt::Debug for EnvelopeDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvelopeDecoder")
            .field("place", &self.place)
            .field("consumed", &self.consumed)
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

/// What every fault extends.
const ANY_FAULT: &[u8] = b"MethodFault";

fn expected(expected: &'static str, found: &[u8]) -> DecodeErrorKind {
    DecodeErrorKind::Envelope {
        expected,
        found: String::from_utf8_lossy(found).into_owned(),
    }
}
