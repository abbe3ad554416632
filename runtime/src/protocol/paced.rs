//! Decoding so that other tasks have their turn: envelopes in steps, JSON on another thread.

use std::mem;

use crate::decode::{Answer, DecodeError, DecodeOptions, EnvelopeDecoder};
use crate::erased::Shape;
use crate::error::ErrorKind;
use crate::pace::{self, Pace, SLICE, drop_apart};
use crate::service::TypeRegistry;
use crate::transport::{TransportError, TransportErrorKind};

/// An [`EnvelopeDecoder`] for a task that shares its thread with others.
#[derive(Debug)]
pub(super) struct PacedDecoder<'a> {
    decoder: EnvelopeDecoder,
    types: &'static TypeRegistry,
    options: &'a DecodeOptions,
    pace: Pace,
    /// How many bytes the value in the decoder was made of.
    bytes: usize,
}

impl<'a> PacedDecoder<'a> {
    /// A decoder for a document that came with this `charset`, if any.
    pub(super) fn new(
        result: Option<Shape>,
        types: &'static TypeRegistry,
        options: &'a DecodeOptions,
        charset: Option<&str>,
    ) -> Self {
        let decoder = EnvelopeDecoder::new(result, types, options);
        Self {
            decoder: match charset {
                Some(charset) => decoder.with_charset(charset),
                None => decoder,
            },
            types,
            options,
            pace: Pace::default(),
            bytes: 0,
        }
    }

    /// As [`EnvelopeDecoder::is_in_envelope`].
    pub(super) fn is_in_envelope(&self) -> bool {
        self.decoder.is_in_envelope()
    }

    /// As [`EnvelopeDecoder::feed`]. Once its future is dropped, part of the piece may be lost.
    pub(super) async fn feed(&mut self, piece: &[u8]) -> Result<(), DecodeError> {
        for slice in piece.chunks(SLICE) {
            self.pace.turn().await;
            self.bytes = self.bytes.saturating_add(slice.len());
            self.pace.step(|| self.decoder.feed(slice))?;
        }
        Ok(())
    }

    /// As [`EnvelopeDecoder::finish_with_fault`], which gives the inner result. The outer one fails
    /// if the runtime shuts down.
    pub(super) async fn finish(mut self) -> Result<Result<Answer, DecodeError>, ErrorKind> {
        if self.decoder.has_fault() {
            // The details of a fault are decoded into types only now.
            let bytes = mem::take(&mut self.bytes);
            let mut decoder = self.detach();
            return apart(bytes, move || decoder.take_answer()).await;
        }
        let answer = self.decoder.take_answer();
        if answer.is_ok() && !self.decoder.has_replaced() {
            self.bytes = 0;
        }
        Ok(answer)
    }

    /// Takes the decoder out, leaving an empty one.
    fn detach(&mut self) -> EnvelopeDecoder {
        let empty = EnvelopeDecoder::new(None, self.types, self.options);
        mem::replace(&mut self.decoder, empty)
    }
}

impl Drop for PacedDecoder<'_> {
    /// Whether it fails or is no longer wanted, dropping a value can take as long as decoding it.
    fn drop(&mut self) {
        if self.bytes > 0 {
            drop_apart(self.bytes, self.detach());
        }
    }
}

/// Decodes so many bytes that cannot be decoded in steps, by [`pace::apart`].
pub(super) async fn apart<R: Send + 'static>(
    bytes: usize,
    decode: impl FnOnce() -> R + Send + 'static,
) -> Result<R, ErrorKind> {
    pace::apart(bytes, decode).await.ok_or_else(|| {
        let reason = "the response was not decoded: the runtime is shutting down".to_owned();
        ErrorKind::Transport(TransportError::new(TransportErrorKind::Other { reason }))
    })
}
