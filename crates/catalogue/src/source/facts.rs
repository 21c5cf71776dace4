//! What authors want to know of the whole catalogue and the app does not: shares, holes, reading level.

use just_right_engine::area::Area;
use just_right_engine::unit::Months;

pub use super::entry::{ChangeOf, Mess, Movement, Noise, Place, Sense};

use super::entry::{ActivityFile, RungEntry};
use super::problem::Problems;
use super::{reading, File};
use crate::content::{Kitchen, Occupation, Source, Suit};

/// Facts about one activity.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its id.
    pub id: String,
    /// Its file, below the project's root.
    pub file: String,
    /// What the family calls it.
    pub title: String,
    /// Its occupation.
    pub occupation: Occupation,
    /// Whether a usual home lacks something of it.
    pub bought: bool,
    /// From getting it ready to having cleared it away.
    pub minutes: u32,
    /// Where it takes place.
    pub place: Place,
    /// Children needed besides this one.
    pub partners: u8,
    /// How loud it is.
    pub noise: Noise,
    /// How much there is to clean.
    pub mess: Mess,
    /// How much the child moves.
    pub movement: Movement,
    /// Channels of the senses that it stirs.
    pub senses: Vec<Sense>,
    /// Children for whom it works.
    pub suits: Vec<Suit>,
    /// Kitchens in which what it uses is at home.
    pub kitchens: Vec<Kitchen>,
    /// Things that it needs.
    pub materials: Vec<String>,
    /// Levers that do not apply.
    pub levers_off: Vec<String>,
    /// Of each rung.
    pub rungs: Vec<RungFacts>,
    /// Characters that a family may read.
    pub characters: usize,
    /// School year in which it is read without trouble.
    pub grade: f64,
}

/// Facts about one rung.
#[derive(Clone, Debug)]
pub struct RungFacts {
    /// What changes, in a parent's words.
    pub name: String,
    /// What changes from the rung before.
    pub change: ChangeOf,
    /// What it asks: area, and age in months.
    pub demands: Vec<(Area, f64)>,
    /// Where its numbers come from.
    pub source: Source,
    /// Why it lies away from its anchor.
    pub because: Option<String>,
}

impl Facts {
    pub(super) fn of(file: &File, occupation: Occupation, entry: &ActivityFile) -> Facts {
        let minutes = entry.needs.minutes;
        Facts {
            id: file.stem.clone(),
            file: file.path.clone(),
            title: entry.title.clone(),
            occupation,
            bought: entry.needs.bought,
            minutes: [minutes.prepare, minutes.r#do, minutes.clear]
                .into_iter()
                .map(u32::from)
                .sum(),
            place: entry.needs.place.0,
            partners: entry.needs.partners,
            noise: entry.needs.noise.0,
            mess: entry.needs.mess.0,
            movement: entry.needs.movement.0,
            senses: entry.needs.senses.iter().map(|sense| sense.0).collect(),
            suits: entry.suits.iter().map(|suit| suit.0).collect(),
            kitchens: entry.kitchen.iter().map(|kitchen| kitchen.0).collect(),
            materials: entry
                .needs
                .materials
                .iter()
                .map(|thing| thing.what.clone())
                .collect(),
            levers_off: entry.levers.off.clone(),
            rungs: entry.rungs.iter().map(RungFacts::of).collect(),
            characters: entry.texts().iter().map(|text| text.chars().count()).sum(),
            grade: reading::grade(entry.prose().into_iter().map(String::as_str)).unwrap_or_default(),
        }
    }

    /// Whether a rung asks something of this area at an age within the band.
    pub fn reaches(&self, area: Area, band: Band) -> bool {
        let mut demands = self.rungs.iter().flat_map(|rung| &rung.demands);
        demands.any(|&(asked, months)| asked == area && band.holds(months))
    }
}

impl RungFacts {
    fn of(rung: &RungEntry) -> RungFacts {
        RungFacts {
            name: rung.name.clone(),
            change: rung.change.0,
            demands: rung
                .demands
                .iter()
                .map(|(area, &months)| (area.0, months.into()))
                .collect(),
            source: super::activity::source(&rung.source).unwrap_or(Source::Judgement),
            because: rung.because.clone(),
        }
    }
}

/// An age band of the coverage map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its name in years.
    pub name: &'static str,
    from: u16,
    before: u16,
}

impl Band {
    /// All of them, youngest first.
    pub const ALL: [Band; 7] = [
        Band::new("1", 12, 24),
        Band::new("2", 24, 36),
        Band::new("3", 36, 48),
        Band::new("4-5", 48, 72),
        Band::new("6-7", 72, 96),
        Band::new("8-9", 96, 120),
        Band::new("10-12", 120, 156),
    ];

    const fn new(name: &'static str, from: u16, before: u16) -> Band {
        Band { name, from, before }
    }

    /// Whether an age in months lies in it.
    pub fn holds(self, months: f64) -> bool {
        let months = Months::saturating(months).get();
        (f64::from(self.from)..f64::from(self.before)).contains(&months)
    }
}

/// Facts about all content.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Of each activity, in the order of the catalogue.
    pub activities: Vec<Facts>,
    /// School year of each question and page of advice, by its id.
    pub grades: Vec<(String, f64)>,
}

impl Survey {
    /// How many activities a cell of the map should have.
    pub const FEWEST_IN_A_CELL: usize = 6;

    /// How many activities ask something of this area in this band.
    pub fn cell(&self, area: Area, band: Band) -> usize {
        self.activities
            .iter()
            .filter(|facts| facts.reaches(area, band))
            .count()
    }

    /// The school year that half of all texts stay at or below.
    pub fn median_grade(&self) -> f64 {
        let mut grades: Vec<f64> = self.activities.iter().map(|facts| facts.grade).collect();
        grades.extend(self.grades.iter().map(|&(_, grade)| grade));
        grades.sort_by(f64::total_cmp);
        grades.get(grades.len() / 2).copied().unwrap_or_default()
    }

    pub(super) fn check_reading(&self, problems: &mut Problems) {
        let median = self.median_grade();
        if median > reading::MEDIAN {
            let mut hardest: Vec<&Facts> = self.activities.iter().collect();
            hardest.sort_by(|a, b| b.grade.total_cmp(&a.grade));
            let names: Vec<&str> = hardest.iter().take(5).map(|facts| facts.id.as_str()).collect();
            problems.add(
                "assets",
                None,
                format!("half of all texts read at school year {median:.1} or above"),
                "many families read at that of a child of eleven",
                format!(
                    "the median is at most {:.0}; begin with {}",
                    reading::MEDIAN,
                    names.join(", ")
                ),
            );
        }
    }
}
