//! SOAP envelopes: a response's value, or a fault.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::mem;

use super::error::{DecodeError, DecodeErrorKind};
use super::fault::FaultDecoder;
use super::limits::DecodeOptions;
use super::source::Source;
use super::value::ValueDecoder;
use crate::any::Any;
use crate::erased::Shape;
use crate::fault::Fault;
use crate::service::TypeRegistry;
use crate::shown::Name;
use crate::xml::XmlError;
use crate::xml::encoding::{self, Encoding};
use crate::xml::reader::{Event, Reader};
use crate::xml::start_tag::StartTag;
use crate::xml::transcoder::{Then, Transcoder};

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
/// Only what one tag or text takes is kept of the bytes; the value is built as they come. Envelopes
/// of SOAP 1.1 and 1.2 are decoded alike.
///
/// The encoding is what a byte order mark says, else [`Self::with_charset`], else the declaration
/// of the document, else UTF-8. UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252 are decoded
/// (all but UTF-8 with the feature `encodings`), and others refused by name.
pub struct EnvelopeDecoder {
    types: &'static TypeRegistry,
    options: DecodeOptions,
    result: Option<Shape>,
    /// What came with the document about its encoding.
    charset: Option<String>,
    /// The encoding, once it is known.
    encoding: Option<Encoding>,
    /// What decodes it, if it is another than UTF-8.
    transcoder: Option<Transcoder>,
    reader: Reader,
    /// What the last piece left over: all that came as long as the encoding is not known, and then
    /// what the next token begins with.
    carry: Vec<u8>,
    /// How many bytes came before `carry` or the present piece.
    consumed: u64,
    place: Place,
    /// The name of the element in the body, for paths.
    response: String,
    /// How many `returnval` elements have begun.
    returned: usize,
    value: ValueDecoder,
    fault: Option<Box<FaultDecoder>>,
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
    /// In something that is passed over, with the depth at which it began.
    Skipped(usize, Outer),
}

/// Where a skipped element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outer {
    Envelope,
    Body,
    Response,
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
            charset: None,
            encoding: None,
            transcoder: None,
            reader: Reader::new(options.limits.clone(), options.strict),
            carry: Vec::new(),
            consumed: 0,
            place: Place::Document,
            response: String::new(),
            returned: 0,
            value,
            fault: None,
            failed: None,
        }
    }

    /// The same for a document that came with the name of its encoding, as in the `charset` of a
    /// `Content-Type`.
    #[must_use]
    pub fn with_charset(self, charset: &str) -> Self {
        let charset = Some(charset.to_owned());
        Self { charset, ..self }
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
        self.feed_more(piece, false)
    }

    /// The answer, once all pieces were taken.
    ///
    /// An entry in the detail of a fault that cannot be decoded into its type is kept as it came,
    /// with the error as [`Fault::detail_error`].
    ///
    /// # Errors
    /// When the body ended too early, or could not be decoded. In strict decoding also when a
    /// fault deviates from the schema.
    pub fn finish(mut self) -> Result<Answer, DecodeError> {
        self.end_input()?;
        let is_strict = self.options.strict;
        match self.take_whole(None) {
            Answer::Fault(Fault {
                detail_error: Some(error),
                ..
            }) if is_strict => Err(*error),
            answer => Ok(answer),
        }
    }

    /// As [`Self::finish`], but whatever came of a fault is returned: one that deviates from the
    /// schema in strict decoding too, and one that could not be decoded to its end, with the error
    /// as [`Fault::detail_error`].
    ///
    /// # Errors
    /// When the body ended too early, or could not be decoded, before anything of a fault came.
    pub fn finish_with_fault(mut self) -> Result<Answer, DecodeError> {
        self.take_answer()
    }

    /// Whether a fault has begun in the response so far.
    pub(crate) fn has_fault(&self) -> bool {
        self.fault.is_some()
    }

    /// Whether the decoder still owns replaced values after the answer was taken.
    pub(crate) fn has_replaced(&self) -> bool {
        self.value.has_replaced()
    }

    /// As [`Self::finish_with_fault`]. On success, only replaced values are left in the decoder.
    pub(crate) fn take_answer(&mut self) -> Result<Answer, DecodeError> {
        let has_fault = |decoder: &Self| decoder.fault.as_ref().is_some_and(|it| it.has_begun());
        match self.end_input() {
            Ok(()) => Ok(self.take_whole(None)),
            Err(error) if has_fault(self) => Ok(self.take_whole(Some(error))),
            Err(error) => Err(error),
        }
    }

    fn take_whole(&mut self, error: Option<DecodeError>) -> Answer {
        match self.fault.take() {
            Some(fault) => Answer::Fault(fault.finish(error, self.value.budget())),
            None => Answer::Value(self.value.finish()),
        }
    }

    /// Makes sure that all that must come has.
    fn end_input(&mut self) -> Result<(), DecodeError> {
        self.feed_more(&[], true)?;
        let kind = if !self.reader.is_complete() {
            XmlError::UnexpectedEnd.into()
        } else if self.response.is_empty() {
            DecodeErrorKind::NoResponse
        } else if let Err(error) = self.reader.check_end(&self.carry) {
            error.into()
        } else {
            return Ok(());
        };
        Err(self.fail(kind, &self.carry))
    }

    fn feed_more(&mut self, piece: &[u8], is_last: bool) -> Result<(), DecodeError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let fed = match self.encoding {
            Some(Encoding::Utf8) => self.take(piece),
            Some(_) => self.transcode(piece, is_last),
            None => self.begin(piece, is_last),
        };
        if let Err(error) = &fed {
            self.failed = Some(error.clone());
        }
        fed
    }

    /// Takes a piece of a document whose encoding is not known yet.
    fn begin(&mut self, piece: &[u8], is_last: bool) -> Result<(), DecodeError> {
        let held = mem::take(&mut self.carry);
        let input = match held.is_empty() {
            true => Cow::Borrowed(piece),
            false => Cow::Owned([&held, piece].concat()),
        };
        let charset = self.charset.as_deref();
        let found = encoding::recognise(&input, is_last, charset, self.options.strict)
            .and_then(|found| found.map_or(Ok(None), |found| self.enter(found).map(Some)));
        match found {
            Ok(Some(mark)) => {
                self.consumed = mark as u64;
                match self.transcoder {
                    Some(_) => self.transcode(&input[mark..], is_last),
                    None => self.take(&input),
                }
            }
            Ok(None) => {
                self.carry = input.into_owned();
                Ok(())
            }
            Err(error) => Err(DecodeError::new(
                error.into(),
                String::new(),
                0,
                String::new(),
            )),
        }
    }

    /// Prepares for the encoding; returns how many bytes its mark takes.
    fn enter(&mut self, beginning: encoding::Beginning) -> Result<usize, XmlError> {
        if beginning.encoding != Encoding::Utf8 {
            self.transcoder = Some(Transcoder::new(beginning, self.options.strict)?);
        }
        self.encoding = Some(beginning.encoding);
        Ok(beginning.mark)
    }

    /// Takes a piece of a document in another encoding than UTF-8.
    fn transcode(&mut self, mut piece: &[u8], is_last: bool) -> Result<(), DecodeError> {
        let Some(mut transcoder) = self.transcoder.take() else {
            return Ok(());
        };
        let taken = loop {
            let decoded = transcoder.decode(piece, is_last);
            piece = &piece[decoded.read..];
            let taken = self.take(decoded.text);
            match (taken, decoded.then) {
                (Ok(()), Then::More) => {}
                (Ok(()), Then::Malformed(offset)) => {
                    let name = self.encoding.map_or("", Encoding::name);
                    let kind = XmlError::BadEncoding(name).into();
                    break Err(self.fail_at(kind, &self.carry, offset));
                }
                (taken, _) => break taken,
            }
        };
        self.transcoder = Some(transcoder);
        taken
    }

    /// Takes the next of the document in UTF-8.
    fn take(&mut self, mut piece: &[u8]) -> Result<(), DecodeError> {
        let mut taken = Ok(());
        while taken.is_ok() && !piece.is_empty() {
            let read;
            if self.carry.is_empty() {
                taken = self.run(piece);
                let (done, left_over) = piece.split_at(self.reader.position());
                read = self.source_length(done);
                if taken.is_ok() {
                    let kept = self.carry(left_over);
                    taken = kept.map_err(|kind| self.fail(kind, piece));
                }
                piece = &[];
            } else {
                let (next, after) = piece.split_at(piece.len().min(LONGEST_CARRIED));
                piece = after;
                let kept = self.carry(next);
                let mut input = mem::take(&mut self.carry);
                taken = match kept {
                    Ok(()) => self.run(&input),
                    Err(kind) => Err(self.fail(kind, &input)),
                };
                let position = self.reader.position();
                read = self.source_length(&input[..position]);
                input.drain(..position);
                self.carry = input;
            }
            self.reader.rebase();
            self.consumed += read;
        }
        taken
    }

    /// Keeps bytes with which the next token begins.
    fn carry(&mut self, bytes: &[u8]) -> Result<(), DecodeErrorKind> {
        let budget = self.value.budget();
        Ok(budget.extend_scratch(&mut self.carry, bytes)?)
    }

    /// How many bytes of the document this text was decoded from.
    fn source_length(&self, text: &[u8]) -> u64 {
        let encoding = self.encoding.unwrap_or(Encoding::Utf8);
        encoding.source_length(text)
    }

    fn run(&mut self, input: &[u8]) -> Result<(), DecodeError> {
        self.read(input).map_err(|kind| self.fail(kind, input))
    }

    /// Reads to the end of the input.
    fn read(&mut self, input: &[u8]) -> Result<(), DecodeErrorKind> {
        loop {
            if self.place == Place::Value {
                if !self.value.read(&mut self.reader, input)? {
                    return Ok(());
                }
                if self.value.is_idle() {
                    self.place = Place::Response;
                }
            }
            match self.reader.next(input)? {
                Event::Start => self.start(&self.reader.tag(input), input)?,
                Event::Text(text) => self.text(&text)?,
                Event::End => self.end()?,
                Event::Incomplete => return Ok(()),
            }
        }
    }

    /// An error in the input, which begins where a token does.
    fn fail(&self, kind: DecodeErrorKind, input: &[u8]) -> DecodeError {
        let read = self.source_length(&input[..self.reader.position()]);
        self.fail_at(kind, input, self.consumed + read)
    }

    /// An error so far into the document.
    fn fail_at(&self, kind: DecodeErrorKind, input: &[u8], offset: u64) -> DecodeError {
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
            Place::Fault if self.fault.as_ref().is_some_and(|it| it.is_in_detail()) => {
                path.push_str("/detail");
            }
            _ => {}
        }
        let inner = self.value.path();
        if !inner.is_empty() {
            path.push('/');
            path.push_str(&inner);
        }
        let position = self.reader.position();
        // What looks like markup within a section may be none.
        let is_within = self.reader.begins_within_section();
        let shown = if is_within { &[] } else { input };
        self.value.error(kind, path, offset, shown, position)
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
                    let fault = FaultDecoder::new(self.types, &self.options);
                    self.fault = Some(Box::new(fault));
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
            (Place::Fault, _) => {
                let encoding = self.encoding.unwrap_or(Encoding::Utf8);
                let before = &input[..self.reader.position()];
                let consumed = self.consumed;
                let offset = || consumed + encoding.source_length(before);
                if let Some(fault) = &mut self.fault {
                    fault.start(tag, &mut self.reader, self.value.budget(), offset)?;
                }
            }
            // The value itself reads on while that is the place.
            (Place::Value | Place::Skipped(..), _) => {}
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

    fn text(&mut self, text: &str) -> Result<(), DecodeErrorKind> {
        match (&mut self.fault, self.place) {
            (Some(fault), Place::Fault) => Ok(fault.text(text, self.value.budget())?),
            _ => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), DecodeErrorKind> {
        match (&mut self.fault, self.place) {
            (Some(fault), Place::Fault) => {
                self.place = match fault.end(self.value.budget())? {
                    true => Place::Body,
                    false => Place::Fault,
                };
            }
            (_, Place::Response) => self.place = Place::Body,
            (_, Place::Body) => self.place = Place::Envelope,
            (_, Place::Skipped(depth, outer)) if self.reader.depth() < depth => {
                self.place = match outer {
                    Outer::Envelope => Place::Envelope,
                    Outer::Body => Place::Body,
                    Outer::Response => Place::Response,
                };
            }
            _ => {}
        }
        Ok(())
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

fn expected(expected: &'static str, found: &[u8]) -> DecodeErrorKind {
    DecodeErrorKind::Envelope {
        expected,
        found: String::from_utf8_lossy(found).into_owned(),
    }
}
