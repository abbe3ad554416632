//! Why TLS with a server could not be established.

use std::fmt;

use super::fingerprint::Fingerprint;

/// What was wrong with the server's certificate or with the handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsFailure {
    /// The certificate comes from nobody that is trusted, as with a server that has kept the
    /// certificate it was installed with.
    UnknownIssuer {
        /// The fingerprint of the certificate, to compare with the server's console and then pin.
        found: Fingerprint,
    },
    /// The certificate was valid once.
    Expired {
        /// The end of its validity, in seconds since 1970, where known.
        not_after: Option<u64>,
    },
    /// The certificate is not valid yet; often it is the local clock that is wrong.
    NotYetValid {
        /// The start of its validity, in seconds since 1970, where known.
        not_before: Option<u64>,
    },
    /// The certificate is for another name.
    NameMismatch {
        /// The host that was connected to.
        expected: String,
        /// The names in the certificate, where known.
        presented: Vec<String>,
    },
    /// The certificate is not the one that was pinned.
    FingerprintMismatch {
        /// The fingerprint that was asked for.
        expected: Fingerprint,
        /// The fingerprint of the certificate that came.
        found: Fingerprint,
    },
    /// The certificate is refused for another reason.
    BadCertificate {
        /// The reason.
        reason: String,
        /// The fingerprint of the certificate.
        found: Fingerprint,
    },
    /// The server answers with something that is not TLS, as a plain HTTP port does.
    NotTls,
    /// The handshake failed before or beside the check of the certificate: no common version or
    /// cipher suite, or the server refused the client.
    Handshake {
        /// The reason.
        reason: String,
    },
}

impl fmt::Display for TlsFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownIssuer { found } => write!(
                formatter,
                "its certificate is signed by no trusted issuer ({} fingerprint {found})",
                found.algorithm()
            ),
            Self::Expired { not_after } => {
                formatter.write_str("its certificate has expired")?;
                write_day(formatter, "valid until", *not_after)
            }
            Self::NotYetValid { not_before } => {
                formatter.write_str("its certificate is not valid yet")?;
                write_day(formatter, "valid from", *not_before)
            }
            Self::NameMismatch {
                expected,
                presented,
            } => {
                write!(formatter, "its certificate is not for {expected}")?;
                if presented.is_empty() {
                    return Ok(());
                }
                write!(formatter, " but for {}", presented.join(", "))
            }
            Self::FingerprintMismatch { expected, found } => write!(
                formatter,
                "its certificate has the {} fingerprint {found}, not the pinned {expected}",
                found.algorithm()
            ),
            Self::BadCertificate { reason, found } => write!(
                formatter,
                "its certificate is refused: {reason} ({} fingerprint {found})",
                found.algorithm()
            ),
            Self::NotTls => formatter.write_str("it does not speak TLS on this port"),
            Self::Handshake { reason } => write!(formatter, "the handshake failed: {reason}"),
        }
    }
}

/// Writes the day an instant falls on, where it is known.
fn write_day(formatter: &mut fmt::Formatter<'_>, label: &str, instant: Option<u64>) -> fmt::Result {
    let Some(seconds) = instant else {
        return Ok(());
    };
    let (year, month, day) = civil_day(seconds / 86_400);
    write!(formatter, " ({label} {year:04}-{month:02}-{day:02})")
}

/// The year, month and day of the Gregorian calendar, `days` after 1970-01-01.
///
/// Counted in years that begin in March, so that a leap day is the last day of its year.
fn civil_day(days: u64) -> (u64, u64, u64) {
    const DAYS_FROM_MARCH_0000_TO_1970: u64 = 719_468;
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let days = days + DAYS_FROM_MARCH_0000_TO_1970;
    let day_of_cycle = days % DAYS_IN_400_YEARS;
    let leap_days_before =
        day_of_cycle / 1_460 + day_of_cycle / (DAYS_IN_400_YEARS - 1) - day_of_cycle / 36_524;
    let year_of_cycle = (day_of_cycle - leap_days_before) / 365;
    let first_day_of_year = 365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100;
    let day_of_year = day_of_cycle - first_day_of_year;
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = 400 * (days / DAYS_IN_400_YEARS) + year_of_cycle + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{TlsFailure, civil_day};

    #[test]
    fn days_fall_on_their_dates() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (58, (1970, 2, 28)),
            (59, (1970, 3, 1)),
            (789, (1972, 2, 29)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (20_453, (2025, 12, 31)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
        ] {
            assert_eq!(civil_day(days), date);
        }
    }

    #[test]
    fn an_expired_certificate_says_since_when() {
        let failure = TlsFailure::Expired {
            not_after: Some(1_577_880_000),
        };
        let message = "its certificate has expired (valid until 2020-01-01)";
        assert_eq!(failure.to_string(), message);
    }
}
