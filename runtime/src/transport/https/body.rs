//! The body of an answer: decompressed, within its limits, as it arrives.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use hyper::body::{Body as _, Incoming};
use tokio::time::Sleep;

use super::super::error::{TimeoutPhase, TransportError, TransportErrorKind};
use super::failure;
use super::gzip::{Gunzip, Step};
use crate::pace::Pace;

/// What a body may take.
#[derive(Clone, Copy)]
pub(super) struct BodyLimits {
    /// How long nothing may come.
    pub(super) silence: Duration,
    /// How long the whole exchange may take.
    pub(super) exchange: Duration,
    /// When that time is over; `None` for never.
    pub(super) exchange_end: Option<Instant>,
    /// How many bytes may come, as received and as decompressed.
    pub(super) bytes: u64,
}

/// The pieces of a body. It ends after an error.
pub(super) struct Body {
    incoming: Incoming,
    gunzip: Option<Gunzip>,
    limits: BodyLimits,
    address: String,
    received: u64,
    delivered: u64,
    /// Set while nothing comes: what runs out first, and when.
    waiting: Option<(TimeoutPhase, Pin<Box<Sleep>>)>,
    received_all: bool,
    ended: bool,
    /// Decompressing may go on for long without anything from the network.
    pace: Pace,
}

impl Body {
    /// Removes from `headers` what is not true of the body any more once it is decompressed.
    pub(super) fn new(
        incoming: Incoming,
        headers: &mut HeaderMap,
        address: String,
        limits: BodyLimits,
    ) -> Result<Self, TransportError> {
        let gunzip = if is_gzip(headers)? {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
            Some(Gunzip::new())
        } else {
            None
        };
        Ok(Self {
            incoming,
            gunzip,
            limits,
            address,
            received: 0,
            delivered: 0,
            waiting: None,
            received_all: false,
            ended: false,
            pace: Pace::default(),
        })
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            ready!(self.pace.poll_turn(context));
            self.check_time()?;
            if let Some(gunzip) = &mut self.gunzip {
                let step = self.pace.step(|| {
                    if self.received_all {
                        gunzip.finish()
                    } else {
                        gunzip.step()
                    }
                });
                match step.map_err(corrupt)? {
                    Step::Output(piece) => return Poll::Ready(Ok(Some(piece))),
                    Step::Unfinished => continue,
                    Step::NeedsInput => {}
                }
            }
            if self.received_all {
                return Poll::Ready(Ok(None));
            }
            let data = ready!(self.poll_received(context))?;
            match (data, &mut self.gunzip) {
                (None, _) => self.received_all = true,
                (Some(data), Some(gunzip)) => gunzip.feed(data),
                (Some(data), None) => return Poll::Ready(Ok(Some(data))),
            }
        }
    }

    /// The next piece as it comes from the network.
    fn poll_received(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) else {
                return self.poll_patience(context).map(Err);
            };
            self.waiting = None;
            let frame = match frame {
                None => return Poll::Ready(Ok(None)),
                Some(Err(error)) => {
                    return Poll::Ready(Err(failure::of_body(&self.address, error)));
                }
                Some(Ok(frame)) => frame,
            };
            // Trailers say nothing that vSphere uses.
            if let Ok(data) = frame.into_data() {
                self.received += data.len() as u64;
                self.check_limit(self.received)?;
                return Poll::Ready(Ok(Some(data)));
            }
        }
    }

    /// Ready when nothing has come for too long.
    fn poll_patience(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        let limits = self.limits;
        let (phase, sleep) = self.waiting.get_or_insert_with(|| {
            let now = Instant::now();
            let left = limits
                .exchange_end
                .map_or(Duration::MAX, |end| end.saturating_duration_since(now));
            if left < limits.silence {
                (TimeoutPhase::Exchange, Box::pin(tokio::time::sleep(left)))
            } else {
                let sleep = tokio::time::sleep(limits.silence);
                (TimeoutPhase::Body, Box::pin(sleep))
            }
        });
        ready!(sleep.as_mut().poll(context));
        let limit = match phase {
            TimeoutPhase::Exchange => limits.exchange,
            _ => limits.silence,
        };
        let phase = *phase;
        Poll::Ready(TransportError::new(TransportErrorKind::Timeout {
            phase,
            limit,
        }))
    }

    /// Checked whatever else happens: data may be at hand all the time.
    fn check_time(&self) -> Result<(), TransportError> {
        if self
            .limits
            .exchange_end
            .is_none_or(|end| Instant::now() < end)
        {
            return Ok(());
        }
        Err(TransportError::new(TransportErrorKind::Timeout {
            phase: TimeoutPhase::Exchange,
            limit: self.limits.exchange,
        }))
    }

    fn check_limit(&self, bytes: u64) -> Result<(), TransportError> {
        let limit = self.limits.bytes;
        if bytes <= limit {
            return Ok(());
        }
        Err(TransportError::new(TransportErrorKind::BodyOverLimit {
            limit,
        }))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(self.poll_piece(context)).and_then(|piece| {
            self.delivered += piece.as_ref().map_or(0, |piece| piece.len() as u64);
            self.check_limit(self.delivered)?;
            Ok(piece)
        });
        self.ended = !matches!(piece, Ok(Some(_)));
        Poll::Ready(piece.transpose())
    }
}

/// Whether a body is gzip; any other encoding is an error, as none was offered.
fn is_gzip(headers: &HeaderMap) -> Result<bool, TransportError> {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let encoding = match (encodings.next(), encodings.next()) {
        (None, _) => return Ok(false),
        (Some(one), None) => one.to_str().unwrap_or("unreadable").trim(),
        (Some(_), Some(_)) => "several at once",
    };
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        Ok(false)
    } else if encoding.eq_ignore_ascii_case("gzip") || encoding.eq_ignore_ascii_case("x-gzip") {
        Ok(true)
    } else {
        let reason = format!("its content encoding ({encoding}) was not offered");
        Err(TransportError::new(TransportErrorKind::InvalidResponse {
            reason,
        }))
    }
}

fn corrupt(error: std::io::Error) -> TransportError {
    let reason = "it is not valid gzip".to_owned();
    TransportError::new(TransportErrorKind::InvalidResponse { reason }).with_source(error)
}
