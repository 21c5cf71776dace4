//! Looking back: how often what should have gone well did.

use std::ops::RangeInclusive;

use super::Present;
use crate::family::{Child, Report};
use crate::words::key;

/// Reports are counted whose expected chance of success lay here, whatever kind of day it was.
const COUNTED: RangeInclusive<f64> = 0.65..=0.85;

/// With fewer of them nothing is said: chance alone would speak.
const FEWEST: usize = 8;

/// What is said, when there is enough to look back on.
#[derive(Clone, Debug, PartialEq)]
pub struct LookingBack {
    /// "Of 20 picks that we expected to go well three times in four, 15 did."
    pub said: String,
    /// Where we were further off than chance explains, that.
    pub off: Option<String>,
}

/// What was expected of this child's picks, beside what happened.
pub fn looking_back(present: &Present, child: &Child) -> Option<LookingBack> {
    let record = Record::of(child.reports());
    if record.count < FEWEST {
        return None;
    }
    let said = key::BACK_SAID.with(&[
        ("count", &record.count.to_string()),
        ("times", &times(record.expected / record.count as f64)),
        ("n", &record.well.to_string()),
    ]);
    let off = record.off().map(|off| match off {
        Off::TooHard => key::BACK_TOO_HARD.with(&present.places()),
        Off::TooEasy => key::BACK_TOO_EASY.with(&present.places()),
    });
    Some(LookingBack { said, off })
}

/// How often something should go well, as people say it.
fn times(chance: f64) -> String {
    if (0.725..0.775).contains(&chance) {
        key::BACK_THREE_IN_FOUR.say().to_owned()
    } else {
        key::BACK_IN_TEN.with(&[("n", &((chance * 10.0).round() as u8).to_string())])
    }
}

/// What was expected and what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Record {
    count: usize,
    well: usize,
    /// How many should have gone well.
    expected: f64,
    /// How far the number of those that did strays from it by chance: variance.
    variance: f64,
}

/// In which way picks were not what they should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Off {
    TooHard,
    TooEasy,
}

impl Record {
    fn of<'a>(reports: impl Iterator<Item = &'a Report>) -> Record {
        reports.filter(|report| COUNTED.contains(&report.expected)).fold(
            Record::default(),
            |record, report| Record {
                count: record.count + 1,
                well: record.well + usize::from(report.level.0.is_success()),
                expected: record.expected + report.expected,
                variance: record.variance + report.expected * (1.0 - report.expected),
            },
        )
    }

    /// Off by more than two binomial standard errors: chance alone is so far off about once in twenty times.
    fn off(&self) -> Option<Off> {
        let off = self.well as f64 - self.expected;
        (off * off > 4.0 * self.variance).then_some(if off < 0.0 { Off::TooHard } else { Off::TooEasy })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use just_right_catalogue::Id;
    use just_right_engine::report::Level;

    use super::*;
    use crate::child_model::Memory;
    use crate::family::{AgeMonths, Change, Day, Family, Happening, Nickname};

    /// What is said to a family with so many reports, of which so many went well.
    fn said(expected: f64, reports: usize, well: usize) -> Option<LookingBack> {
        let levels = [
            [Level::NotThisTime, Level::LotOfHelp],
            [Level::LittleHelp, Level::Easily],
        ];
        let mut family = Family::default().apply(&Change::ChildAdded {
            nickname: Nickname::parse("Mia"),
            age: AgeMonths::new(50).unwrap(),
            on: Day(0),
        });
        let id = family.children[0].id;
        for turn in 0..reports {
            let report = Report {
                activity: "hopscotch".into(),
                grade: "2".into(),
                asked: Vec::new(),
                spread: 1.0,
                expected,
                level: Id(levels[usize::from(turn < well)][turn % 2]),
                enjoyed: None,
                note: None,
                on: Day(0),
            };
            family = family.apply(&Change::Happened(id, Happening::Reported(report)));
        }
        let child = family.child(id).unwrap();
        let present = Present::of(&family, child, Day(0), &mut Memory::default());
        looking_back(&present, child)
    }

    #[test]
    fn what_was_expected_stands_beside_what_happened() {
        let back = said(0.75, 20, 15).unwrap();
        assert_eq!(
            back.said,
            "Of 20 picks that we expected to go well three times in four, 15 did."
        );
        assert_eq!(back.off, None);
        assert!(said(0.68, 10, 7)
            .unwrap()
            .said
            .contains(" well 7 times in 10, 7 did"));
        assert!(said(0.82, 10, 8)
            .unwrap()
            .said
            .contains(" well 8 times in 10, 8 did"));
    }

    #[test]
    fn seven_reports_are_too_few_to_look_back_on() {
        assert_eq!(said(0.75, 7, 7), None);
        assert!(said(0.75, 8, 6).is_some());
        assert!(said(0.65, 8, 5).is_some() && said(0.85, 8, 7).is_some());
    }

    #[test]
    fn what_should_have_been_harder_or_easier_is_not_counted() {
        assert_eq!(said(0.64, 30, 20), None);
        assert_eq!(said(0.86, 30, 26), None);
    }

    #[test]
    fn what_chance_does_not_explain_is_said_of_ourselves() {
        // 15 of 20 should have gone well, and twice the standard error is 3.9.
        for (well, off) in [
            (0, Some("too hard for Mia")),
            (11, Some("too hard for Mia")),
            (12, None),
            (18, None),
            (19, Some("too easy for Mia")),
        ] {
            let said = said(0.75, 20, well).unwrap().off;
            let fits = match off {
                Some(off) => said.as_ref().is_some_and(|said| said.contains(off)),
                None => said.is_none(),
            };
            assert!(fits, "{well} of 20: {said:?}");
        }
    }
}
