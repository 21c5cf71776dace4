//! Days as people and calendars write them. A [`Day`] is a number; which date that is, is arithmetic of the Gregorian calendar and
//! needs no browser.

use crate::family::Day;

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

/// Days of 400 years: after these the calendar repeats.
const ERA: i32 = 146_097;

/// The date of a day. Years are counted from 1 March, so that a leap day is the last of its year (Howard Hinnant's `civil_from_days`).
pub fn date(day: Day) -> Date {
    let days = day.0.saturating_add(719_468);
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    Date {
        year: year_of_era + era * 400 + i32::from(month <= 2),
        month: month.unsigned_abs(),
        day: (of_year - (153 * from_march + 2) / 5 + 1).unsigned_abs(),
    }
}

/// As calendars write it: 20261124.
pub fn compact(day: Day) -> String {
    let Date { year, month, day } = date(day);
    let mut said = String::new();
    digits(&mut said, year.unsigned_abs(), 4);
    digits(&mut said, month, 2);
    digits(&mut said, day, 2);
    said
}

/// A number in at least so many digits.
pub fn digits(said: &mut String, number: u32, width: usize) {
    let number = number.to_string();
    (number.len()..width).for_each(|_| said.push('0'));
    said.push_str(&number);
}

/// From Monday, 0, to Sunday, 6.
pub fn weekday(day: Day) -> usize {
    day.0.saturating_add(3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{self, DateStyle};

    #[test]
    fn known_days_have_their_known_dates() {
        for (day, written, weekday) in [
            (0, "19700101", "Thursday"),
            (11_016, "20000229", "Tuesday"),
            (11_017, "20000301", "Wednesday"),
            (19_782, "20240229", "Thursday"),
            (20_780, "20261123", "Monday"),
            (-1, "19691231", "Wednesday"),
            (-25_567, "19000101", "Monday"),
            (-25_509, "19000228", "Wednesday"),
            (-25_508, "19000301", "Thursday"),
        ] {
            let said = words::date(Day(day), DateStyle::Weekday);
            assert_eq!((compact(Day(day)).as_str(), said.as_str()), (written, weekday));
        }
    }

    /// Day by day over 800 years: the next date is the day after, with the months as long as they are.
    #[test]
    fn each_day_is_followed_by_the_next() {
        let mut before = date(Day(-146_097));
        for day in -146_096..146_097 {
            let now = date(Day(day));
            let leap = before.year % 4 == 0 && before.year % 100 != 0 || before.year % 400 == 0;
            let length = match before.month {
                2 => 28 + u32::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            let next = match before {
                Date {
                    year,
                    month: 12,
                    day: 31,
                } => Date {
                    year: year + 1,
                    month: 1,
                    day: 1,
                },
                Date { year, month, day } if day == length => Date {
                    year,
                    month: month + 1,
                    day: 1,
                },
                Date { year, month, day } => Date {
                    year,
                    month,
                    day: day + 1,
                },
            };
            assert_eq!(now, next);
            before = now;
        }
    }

    #[test]
    fn a_clock_that_is_far_off_breaks_nothing() {
        for day in [i32::MIN, -100_000_000, 100_000_000, i32::MAX] {
            assert!(!compact(Day(day)).is_empty());
            assert!(weekday(Day(day)) < 7);
        }
    }
}
