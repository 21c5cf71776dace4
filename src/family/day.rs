//! Days, as the family's own calendar counts them.

/// A day, counted from 1 January 1970 in the family's own time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Day(pub i32);

impl Day {
    /// Days from an earlier day to this one; 0 when the clock went back.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}
