//! How old a child is, as it was told.

/// A child's age in whole months, from 12 (one year) to 155 (twelve years, eleven months).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgeMonths(u16);

impl AgeMonths {
    /// The youngest, in months.
    pub const YOUNGEST: u16 = 12;
    /// The oldest, in months.
    pub const OLDEST: u16 = 155;

    /// `None` outside 1 to 12 years.
    pub fn new(months: u16) -> Option<AgeMonths> {
        (AgeMonths::YOUNGEST..=AgeMonths::OLDEST)
            .contains(&months)
            .then_some(AgeMonths(months))
    }

    /// The bare number.
    pub fn get(self) -> u16 {
        self.0
    }
}

/// Which field of the age is wrong, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeProblem {
    /// Nothing was typed.
    Empty,
    /// The years are no whole number.
    Years,
    /// The months are no whole number from 0 to 11.
    Months,
    /// Younger than one year.
    TooYoung,
    /// Older than twelve.
    TooOld,
}

impl AgeMonths {
    /// From the two fields as typed. Months may be left empty; so may years when there are months.
    ///
    /// # Errors
    /// The field that is wrong, and how.
    pub fn parse(years: &str, months: &str) -> Result<AgeMonths, AgeProblem> {
        let (years, months) = (years.trim(), months.trim());
        if years.is_empty() && months.is_empty() {
            return Err(AgeProblem::Empty);
        }
        let whole = |text: &str| {
            if text.is_empty() {
                Some(0)
            } else {
                text.parse::<u64>().ok()
            }
        };
        let years = whole(years).ok_or(AgeProblem::Years)?;
        let months = whole(months)
            .filter(|&months| months < 12)
            .ok_or(AgeProblem::Months)?;
        let all =
            u16::try_from(years.saturating_mul(12).saturating_add(months)).map_err(|_| AgeProblem::TooOld)?;
        if all < AgeMonths::YOUNGEST {
            return Err(AgeProblem::TooYoung);
        }
        AgeMonths::new(all).ok_or(AgeProblem::TooOld)
    }
}
