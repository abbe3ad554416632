//! Undoing gzip piece by piece.

use std::io::{self, Write};
use std::mem;

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;

/// A piece of output is handed on once it is this long. The decoder writes at most 64 KiB at a
/// time, so a piece is never longer than the two together, whatever the ratio of the compression.
const PIECE: usize = 32 * 1024;

/// So many bytes of input are taken at a time. Most that can be done with them is to begin as many
/// members or blocks as they hold, which may all be empty.
const INPUT: usize = 4 * 1024;

/// Decompresses a stream of gzip members, holding one piece of input and one of output.
pub(super) struct Gunzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    input: Bytes,
    begun: bool,
}

/// What a step of decompressing comes to.
#[derive(Debug)]
pub(super) enum Step {
    /// A piece of output.
    Output(Bytes),
    /// There is more to do with the input.
    Unfinished,
    /// All of the input is used up.
    NeedsInput,
}

impl Gunzip {
    pub(super) fn new() -> Self {
        Self {
            decoder: MultiGzDecoder::new(Vec::new()),
            input: Bytes::new(),
            begun: false,
        }
    }

    /// Takes the next piece of input, once [`Gunzip::step`] has used up the one before.
    pub(super) fn feed(&mut self, input: Bytes) {
        self.begun |= !input.is_empty();
        self.input = input;
    }

    /// Decompresses a little of the input.
    pub(super) fn step(&mut self) -> io::Result<Step> {
        if !self.input.is_empty() {
            let some = &self.input[..self.input.len().min(INPUT)];
            let consumed = self.decoder.write(some)?;
            if consumed == 0 {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.input.advance(consumed);
            if self.decoder.get_ref().len() < PIECE && !self.input.is_empty() {
                return Ok(Step::Unfinished);
            }
        }
        if self.input.is_empty() && self.begun {
            // What has arrived is handed on, also when the server pauses within a block.
            self.decoder.flush()?;
        }
        Ok(self.take_output().map_or(Step::NeedsInput, Step::Output))
    }

    /// The last piece of output after the last of the input, checked against the checksum. A body
    /// without a single byte is taken for an empty one.
    pub(super) fn finish(&mut self) -> io::Result<Step> {
        if mem::take(&mut self.begun) {
            self.decoder.try_finish()?;
        }
        Ok(self.take_output().map_or(Step::NeedsInput, Step::Output))
    }

    fn take_output(&mut self) -> Option<Bytes> {
        let output = mem::take(self.decoder.get_mut());
        (!output.is_empty()).then(|| output.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use bytes::Bytes;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{Gunzip, INPUT, PIECE, Step};

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    /// Decompresses `input` given in pieces of `step` bytes, and the length of the longest piece
    /// that came out.
    fn gunzip(input: &[u8], step: usize) -> std::io::Result<(Vec<u8>, usize)> {
        let (mut gunzip, mut output, mut longest) = (Gunzip::new(), Vec::new(), 0);
        for piece in input.chunks(step) {
            gunzip.feed(Bytes::copy_from_slice(piece));
            loop {
                let before = gunzip.input.len();
                match gunzip.step()? {
                    Step::Output(piece) => {
                        longest = longest.max(piece.len());
                        output.extend_from_slice(&piece);
                    }
                    Step::Unfinished => {}
                    Step::NeedsInput => break,
                }
                assert!(
                    before - gunzip.input.len() <= INPUT,
                    "a step is a small one"
                );
            }
        }
        if let Step::Output(piece) = gunzip.finish()? {
            output.extend_from_slice(&piece);
        }
        Ok((output, longest))
    }

    #[test]
    fn content_comes_back_however_it_is_cut() {
        let content: Vec<u8> = (0..200_000u32)
            .flat_map(|n| (n / 7).to_le_bytes())
            .collect();
        let mut members = gzip(&content);
        members.extend_from_slice(&gzip(b""));
        members.extend_from_slice(&gzip(b"and more"));
        let expected = [&content[..], b"and more"].concat();
        for step in [1, 2, 7, 1000, usize::MAX] {
            let (output, _) = gunzip(&members, step).expect("valid gzip");
            assert!(output == expected, "in steps of {step}");
        }
        assert_eq!(gunzip(b"", 1).expect("empty").0, b"");
    }

    #[test]
    fn a_bomb_comes_out_in_small_pieces() {
        let bomb = gzip(&vec![0; 64 << 20]);
        assert!(bomb.len() < 100_000);
        let (output, longest) = gunzip(&bomb, usize::MAX).expect("valid gzip");
        assert_eq!(output.len(), 64 << 20);
        assert!(longest <= PIECE + (64 << 10), "{longest}");
    }

    #[test]
    fn damage_is_an_error() {
        let whole = gzip(b"some content that is long enough to be damaged");
        for length in 1..whole.len() {
            gunzip(&whole[..length], 5).expect_err("truncated");
        }
        for position in [0, 1, 2, 15, whole.len() - 8, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[position] ^= 0x55;
            gunzip(&damaged, 5).expect_err("damaged");
        }
        let trailing = [&whole[..], b"<html>"].concat();
        gunzip(&trailing, 5).expect_err("not gzip after the end");
    }
}
