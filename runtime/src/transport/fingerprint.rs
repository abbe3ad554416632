//! The fingerprint by which a certificate is recognised.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The digest of a server's certificate, as vSphere's own tools show it.
///
/// Parsed from hexadecimal digits in either case, with or without colons between the bytes; the
/// number of digits says which digest it is. Displayed as upper-case bytes joined by colons.
///
/// SHA-1 is accepted because vSphere hands out SHA-1 thumbprints to this day; an attacker who can
/// choose what a server's certificate contains may be able to forge one. Prefer SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fingerprint {
    /// A SHA-1 digest.
    Sha1([u8; 20]),
    /// A SHA-256 digest.
    Sha256([u8; 32]),
}

impl Fingerprint {
    /// The name of the digest.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Sha1(_) => "SHA-1",
            Self::Sha256(_) => "SHA-256",
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha1(digest) => digest,
            Self::Sha256(digest) => digest,
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.bytes().iter().enumerate() {
            let separator = if index == 0 { "" } else { ":" };
            write!(formatter, "{separator}{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {self}", self.algorithm())
    }
}

impl FromStr for Fingerprint {
    type Err = ParseFingerprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits: String = if text.contains(':') {
            if text.split(':').any(|byte| byte.len() != 2) {
                return Err(ParseFingerprintError);
            }
            text.split(':').collect()
        } else {
            text.to_owned()
        };
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ParseFingerprintError);
        }
        // Every character is an ASCII digit from here on, so byte positions are character positions.
        let bytes: Vec<u8> = (0..digits.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
            .collect();
        match digits.len() {
            40 => bytes.try_into().map(Self::Sha1),
            64 => bytes.try_into().map(Self::Sha256),
            _ => return Err(ParseFingerprintError),
        }
        .map_err(|_| ParseFingerprintError)
    }
}

/// A text that is no [`Fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseFingerprintError;

impl fmt::Display for ParseFingerprintError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "a certificate fingerprint is 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, with or \
             without colons between the bytes",
        )
    }
}

impl Error for ParseFingerprintError {}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, ParseFingerprintError};

    #[test]
    fn colons_and_case_do_not_matter() {
        let sha1: Fingerprint = "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:FF"
            .parse()
            .expect("a SHA-1 fingerprint");
        assert_eq!("000102030405060708090a0b0c0d0e0f101112ff".parse(), Ok(sha1));
        assert_eq!(sha1.algorithm(), "SHA-1");
        assert_eq!(sha1.to_string().parse(), Ok(sha1));
        let sha256: Fingerprint = "ab".repeat(32).parse().expect("a SHA-256 fingerprint");
        assert_eq!(sha256, Fingerprint::Sha256([0xab; 32]));
        assert_eq!(sha256.to_string().parse(), Ok(sha256));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "ab",
            ":",
            &"a".repeat(63),
            &"g".repeat(64),
            &"a:b:".repeat(16),
            &"é".repeat(20),
            &"+a".repeat(20),
        ] {
            assert_eq!(
                text.parse::<Fingerprint>(),
                Err(ParseFingerprintError),
                "{text}"
            );
        }
    }
}
