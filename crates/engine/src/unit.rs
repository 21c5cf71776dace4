//! Units as types: a number that has been checked once and says what it is.

/// A place on the developmental scale, in logits. Always finite, between −40 and 40.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Logit(f64);

impl Logit {
    /// `None` for anything that is not a finite number between −40 and 40: further out no child has ever
    /// been.
    pub fn new(value: f64) -> Option<Logit> {
        (value.is_finite() && value.abs() <= 40.0).then_some(Logit(value))
    }

    /// The same, with what lies outside moved to the nearest end and what is no number at 0.
    pub fn saturating(value: f64) -> Logit {
        Logit(if value.is_nan() {
            0.0
        } else {
            value.clamp(-40.0, 40.0)
        })
    }

    /// The bare number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// An age in months. Always between 1 and 240.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Months(f64);

impl Months {
    /// `None` for anything that is not a number of months between 1 and 240.
    pub fn new(value: f64) -> Option<Months> {
        (1.0..=240.0).contains(&value).then_some(Months(value))
    }

    /// The same, with what lies outside moved to the nearest end and what is no number at 1.
    pub fn saturating(value: f64) -> Months {
        Months(if value.is_nan() {
            1.0
        } else {
            value.clamp(1.0, 240.0)
        })
    }

    /// The bare number.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// In years.
    pub fn years(self) -> f64 {
        self.0 / 12.0
    }
}

/// A length of time on the clock, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Minutes(pub u16);
