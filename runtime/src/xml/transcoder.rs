//! From other encodings to UTF-8, while the bytes arrive.

use std::borrow::Cow;

use super::encoding::{self, Beginning, Encoding};
use super::error::XmlError;
use super::reader::ReadError;
use crate::budget::Budget;
use crate::decode::Limit;

#[cfg(feature = "encodings")]
pub(crate) use decoding::Transcoder;
#[cfg(not(feature = "encodings"))]
pub(crate) use refusing::Transcoder;

/// What was decoded of some bytes.
#[derive(Debug)]
pub(crate) struct Decoded<'t> {
    /// The next of the text, in UTF-8.
    pub(crate) text: &'t [u8],
    /// How many of the bytes are used up.
    pub(crate) read: usize,
    /// What comes after that.
    pub(crate) then: Then,
}

/// What comes after a text that was decoded.
#[cfg_attr(
    not(feature = "encodings"),
    expect(dead_code, reason = "nothing is decoded without the feature")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// More text from the rest of the bytes.
    More,
    /// Nothing: all of the bytes are used up.
    End,
    /// Bytes that are none of the encoding, so far into the document; only in strict decoding.
    Malformed(u64),
}

/// Why a document cannot be had as UTF-8, and where in it.
pub(crate) type Refusal = (ReadError, u64);

/// A whole document as UTF-8, and what its encoding was.
pub(crate) fn to_utf8<'d>(
    document: &'d [u8],
    strict: bool,
    budget: &mut Budget,
) -> Result<(Cow<'d, [u8]>, Beginning), Refusal> {
    let at_begin = |error: XmlError| (error.into(), 0);
    let beginning = encoding::recognise(document, true, None, strict).map_err(at_begin)?;
    let beginning = beginning.unwrap_or_default();
    if beginning.encoding == Encoding::Utf8 {
        return Ok((Cow::Borrowed(document), beginning));
    }
    let mut transcoder = Transcoder::new(beginning, strict).map_err(at_begin)?;
    let mut rest = &document[beginning.mark..];
    let mut text = Vec::new();
    loop {
        let decoded = transcoder.decode(rest, true);
        let offset = (document.len() - rest.len()) as u64;
        budget
            .extend_scratch(&mut text, decoded.text)
            .map_err(|_| (ReadError::Limit(Limit::DecodedBytes), offset))?;
        rest = &rest[decoded.read..];
        match decoded.then {
            Then::More => {}
            Then::End => return Ok((Cow::Owned(text), beginning)),
            Then::Malformed(offset) => {
                let error = XmlError::BadEncoding(beginning.encoding.name());
                return Err((error.into(), offset));
            }
        }
    }
}

#[cfg(feature = "encodings")]
mod decoding {
    use std::fmt;

    use encoding_rs::{CoderResult, Decoder, DecoderResult};
    use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

    use super::super::encoding::{Beginning, Encoding};
    use super::super::error::XmlError;
    use super::{Decoded, Then};

    /// How much text is decoded at a time.
    const SLICE: usize = 8 << 10;

    /// Decodes a document from another encoding than UTF-8.
    pub(crate) struct Transcoder {
        encoding: Encoding,
        strict: bool,
        /// For the encodings that take more than widening bytes.
        decoder: Option<Box<Decoder>>,
        buffer: Box<[u8]>,
        /// How many bytes of the document were used up, its mark included.
        taken: u64,
    }

    impl Transcoder {
        /// Fails where nothing decodes the encoding.
        pub(crate) fn new(beginning: Beginning, strict: bool) -> Result<Self, XmlError> {
            let decoder = match beginning.encoding {
                // What encoding_rs has under the names of these two is windows-1252, as browsers
                // want it. Programs that declare them mean what they say.
                Encoding::UsAscii | Encoding::Latin1 => None,
                Encoding::Windows1252 => Some(WINDOWS_1252),
                Encoding::Utf16Le => Some(UTF_16LE),
                Encoding::Utf16Be => Some(UTF_16BE),
                // Read as it is.
                Encoding::Utf8 => None,
            };
            let decoder = decoder.map(|encoding| encoding.new_decoder_without_bom_handling());
            Ok(Self {
                encoding: beginning.encoding,
                strict,
                decoder: decoder.map(Box::new),
                buffer: vec![0; SLICE].into_boxed_slice(),
                taken: beginning.mark as u64,
            })
        }

        /// Decodes some of the next bytes of the document, which may be its last.
        pub(crate) fn decode(&mut self, input: &[u8], is_last: bool) -> Decoded<'_> {
            let (read, written, then) = match &mut self.decoder {
                Some(decoder) if self.strict => {
                    let decode = Decoder::decode_to_utf8_without_replacement;
                    let (result, read, written) = decode(decoder, input, &mut self.buffer, is_last);
                    let then = match result {
                        DecoderResult::InputEmpty => Then::End,
                        DecoderResult::OutputFull => Then::More,
                        DecoderResult::Malformed(bytes, after) => {
                            let behind = u64::from(bytes) + u64::from(after);
                            Then::Malformed(self.taken + read as u64 - behind)
                        }
                    };
                    (read, written, then)
                }
                Some(decoder) => {
                    let (result, read, written, _) =
                        decoder.decode_to_utf8(input, &mut self.buffer, is_last);
                    (read, written, end_at(result == CoderResult::InputEmpty))
                }
                None => {
                    let valid = match self.encoding {
                        Encoding::UsAscii => encoding_rs::Encoding::ascii_valid_up_to(input),
                        _ => input.len(),
                    };
                    let (read, written) = encoding_rs::mem::convert_latin1_to_utf8_partial(
                        &input[..valid],
                        &mut self.buffer,
                    );
                    let then = if read == valid && valid < input.len() {
                        Then::Malformed(self.taken + valid as u64)
                    } else {
                        end_at(read == input.len())
                    };
                    (read, written, then)
                }
            };
            self.taken += read as u64;
            Decoded {
                text: &self.buffer[..written],
                read,
                then,
            }
        }
    }

    fn end_at(is_end: bool) -> Then {
        if is_end { Then::End } else { Then::More }
    }

    impl fmt::Debug for Transcoder {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "Transcoder({})", self.encoding.name())
        }
    }
}

#[cfg(not(feature = "encodings"))]
mod refusing {
    use super::super::encoding::Beginning;
    use super::super::error::XmlError;
    use super::Decoded;

    /// What would decode other encodings than UTF-8: there is none without the feature.
    #[derive(Debug)]
    pub(crate) enum Transcoder {}

    impl Transcoder {
        /// Fails.
        pub(crate) fn new(beginning: Beginning, _strict: bool) -> Result<Self, XmlError> {
            Err(XmlError::Encoding(beginning.encoding.name().to_owned()))
        }

        pub(crate) fn decode(&mut self, _input: &[u8], _is_last: bool) -> Decoded<'_> {
            match *self {}
        }
    }
}
