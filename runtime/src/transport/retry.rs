//! Whether, and when, something that failed may be tried again: the one place that says so.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

/// Whether a status reports a condition that passes: the server or what stands in front of it is
/// busy, restarting or out of reach, and the same request may be answered later.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

/// When a server, or a proxy, asks to be called again: the header `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this time has passed, which is given in whole seconds.
    Delay(Duration),
    /// At this time.
    Time(SystemTime),
}

impl RetryAfter {
    /// What the headers of an answer ask for, if they do.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(RETRY_AFTER)?.to_str().ok()?)
    }

    /// The value of the header: seconds, or a date in any of the three forms that HTTP has.
    pub fn parse(value: &str) -> Option<Self> {
        /// Longer than any date.
        const MAX_LENGTH: usize = 64;
        const DATES: [&str; 3] = [
            "%a, %d %b %Y %H:%M:%S GMT",
            "%A, %d-%b-%y %H:%M:%S GMT",
            "%a %b %e %H:%M:%S %Y",
        ];
        let value = value.trim();
        if value.len() > MAX_LENGTH || value.is_empty() {
            return None;
        }
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            return value.parse().ok().map(Duration::from_secs).map(Self::Delay);
        }
        let parse = |form| chrono::NaiveDateTime::parse_from_str(value, form).ok();
        let seconds = DATES.into_iter().find_map(parse)?.and_utc().timestamp();
        let since_epoch = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        SystemTime::UNIX_EPOCH
            .checked_add(since_epoch)
            .map(Self::Time)
    }

    /// How long that is from a point in time on; zero if it has passed.
    #[must_use]
    pub fn delay_from(self, now: SystemTime) -> Duration {
        match self {
            Self::Delay(delay) => delay,
            Self::Time(time) => time.duration_since(now).unwrap_or_default(),
        }
    }
}

impl fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(delay) => write!(f, "{} s", delay.as_secs()),
            Self::Time(time) => {
                let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH);
                let seconds = since_epoch.unwrap_or_default().as_secs();
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                match chrono::DateTime::from_timestamp(seconds, 0) {
                    Some(time) => write!(f, "{}", time.format("%F %T UTC")),
                    None => f.write_str("a time out of range"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn at(seconds: u64) -> Option<RetryAfter> {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Some(RetryAfter::Time(time))
    }

    fn after(seconds: u64) -> Option<RetryAfter> {
        Some(RetryAfter::Delay(Duration::from_secs(seconds)))
    }

    #[test]
    fn it_is_seconds_or_a_date() {
        for (value, expected) in [
            ("120", after(120)),
            (" 0 ", after(0)),
            ("18446744073709551615", after(u64::MAX)),
            ("18446744073709551616", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", at(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", at(784_111_777)),
            ("Sun Nov  6 08:49:37 1994", at(784_111_777)),
            ("Thu, 01 Jan 1960 00:00:00 GMT", None),
            ("Fri, 01 Jan 1960 00:00:00 GMT", at(0)),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("soon", None),
            (&"1".repeat(100), None),
        ] {
            assert_eq!(RetryAfter::parse(value), expected, "{value:?}");
        }
        let mut headers = HeaderMap::new();
        assert_eq!(RetryAfter::from_headers(&headers), None);
        headers.insert(RETRY_AFTER, HeaderValue::from_static("3"));
        assert_eq!(RetryAfter::from_headers(&headers), after(3));
        headers.insert(RETRY_AFTER, HeaderValue::from_bytes(b"\xFF").expect("one"));
        assert_eq!(RetryAfter::from_headers(&headers), None);
    }

    #[test]
    fn it_is_a_delay_from_now_on() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770);
        for (value, delay, shown) in [
            ("120", 120, "120 s"),
            (
                "Sun, 06 Nov 1994 08:49:37 GMT",
                7,
                "1994-11-06 08:49:37 UTC",
            ),
            (
                "Sun, 06 Nov 1994 08:49:00 GMT",
                0,
                "1994-11-06 08:49:00 UTC",
            ),
        ] {
            let retry_after = RetryAfter::parse(value).expect(value);
            assert_eq!(retry_after.delay_from(now), Duration::from_secs(delay));
            assert_eq!(retry_after.to_string(), shown);
        }
    }
}
