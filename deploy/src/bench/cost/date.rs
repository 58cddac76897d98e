//! A day of the calendar, as far as weekly tables need one.
//! Always holds: a `Date` exists; its text is the ISO form that the tables use.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

/// A day of the Gregorian calendar, from year 1 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date: expected YYYY-MM-DD")]
pub struct NotADate(String);

impl Date {
    /// The day of that year, month and day, for dates that are written into the program.
    pub(super) const fn known(year: i32, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        // years begin in March, so that a leap day is a year's last
        let (month, year) = match i64::from(self.month) {
            month @ 3.. => (month - 3, i64::from(self.year)),
            month => (month + 9, i64::from(self.year) - 1),
        };
        let leaps = year / 4 - year / 100 + year / 400;
        365 * year + leaps + (153 * month + 2) / 5 + i64::from(self.day) - 1 - 719_468
    }

    fn exists(self) -> bool {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let longest = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        self.year > 0 && (1..=longest).contains(&self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parse = || {
            let mut parts = text.split('-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let whole = parts.next().is_none() && [year, month, day].map(str::len) == [4, 2, 2];
            let date = Self {
                year: year.parse().ok()?,
                month: month.parse().ok()?,
                day: day.parse().ok()?,
            };
            (whole && date.exists()).then_some(date)
        };
        parse().ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970_over_leap_years() {
        let days = |text: &str| text.parse::<Date>().expect("a date").days();
        assert_eq!(days("1970-01-01"), 0);
        assert_eq!(days("2000-03-01"), 11_017);
        assert_eq!(days("2024-02-29") + 1, days("2024-03-01"));
        assert_eq!(days("2022-02-14"), 19_037);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2022",
            "2022-2-14",
            "2022-02-30",
            "2023-02-29",
            "2022-13-01",
            "2022-02-14x",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
        assert_eq!(
            "2024-02-29".parse::<Date>().expect("leap").to_string(),
            "2024-02-29"
        );
    }
}
