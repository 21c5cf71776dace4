//! What authors want to know of the whole catalogue and the app does not: shares, holes, reading level.

use just_right_engine::area::Area;
use just_right_engine::unit::Months;

pub use super::entry::ChangeOf;
pub use crate::content::{Mess, Movement, Noise, Place};

use super::entry::{ActivityFile, RungEntry};
use super::problem::Problems;
use super::{reading, File};
use crate::content::{Kitchen, Occupation, Sense, Source, Suit};

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
    /// Dangers that its words name and that do not apply, each with the reason.
    pub not: Vec<String>,
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
            not: entry
                .rungs
                .iter()
                .flat_map(|rung| &rung.not)
                .chain(&entry.safety.not)
                .cloned()
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
    /// The age at which half of the children manage it: that of the area that asks most.
    pub fn months(&self) -> f64 {
        self.demands.iter().map(|&(_, months)| months).fold(0.0, f64::max)
    }

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

/// Of how many activities something is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What is true of them.
    pub name: String,
    /// Of how many.
    pub count: usize,
    /// Of how many it should be.
    pub least: usize,
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
    /// How many activities are promised.
    pub const FEWEST_ACTIVITIES: usize = 200;
    /// How many rungs are promised.
    pub const FEWEST_RUNGS: usize = 1000;
    /// How many rungs are promised that rest on data.
    pub const FEWEST_ANCHORED: usize = 120;

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

    /// Cells of the map with too few activities, each with how many there are.
    pub fn holes(&self) -> Vec<(Area, Band, usize)> {
        let cells = Area::ALL
            .into_iter()
            .flat_map(|area| Band::ALL.map(|band| (area, band)));
        cells
            .map(|(area, band)| (area, band, self.cell(area, band)))
            .filter(|&(_, _, count)| count < Survey::FEWEST_IN_A_CELL)
            .collect()
    }

    /// Of how many activities something is true, and of how many it should be.
    pub fn shares(&self) -> Vec<Share> {
        let third = self.activities.len().div_ceil(3);
        let share = |name: &str, least: usize, holds: &dyn Fn(&Facts) -> bool| Share {
            name: name.to_owned(),
            count: self.activities.iter().filter(|facts| holds(facts)).count(),
            least,
        };
        let mut shares = vec![
            share("nothing bought", third, &|facts| !facts.bought),
            share("at most ten minutes", third, &|facts| facts.minutes <= 10),
            share("outdoors", 1, &|facts| facts.place == Place::Outdoors),
            share("two or more children", 1, &|facts| facts.partners > 0),
        ];
        shares.extend(Suit::ALL.map(|suit| {
            share(&format!("suits {}", suit.id()), 1, &|facts| {
                facts.suits.contains(&suit)
            })
        }));
        shares.extend(Kitchen::ALL.map(|kitchen| {
            share(&format!("kitchen {}", kitchen.id()), 1, &|facts| {
                facts.kitchens.contains(&kitchen)
            })
        }));
        shares
    }

    /// Rungs whose numbers come from data.
    pub fn anchored(&self) -> usize {
        let rungs = self.activities.iter().flat_map(|facts| &facts.rungs);
        rungs
            .filter(|rung| matches!(rung.source, Source::Data(_)))
            .count()
    }

    /// What is promised of the whole and not yet there, in words.
    pub fn missing(&self) -> Vec<String> {
        let rungs: usize = self.activities.iter().map(|facts| facts.rungs.len()).sum();
        let mut missing = Vec::new();
        for (what, there, promised) in [
            ("activities", self.activities.len(), Survey::FEWEST_ACTIVITIES),
            ("rungs", rungs, Survey::FEWEST_RUNGS),
            ("rungs from data", self.anchored(), Survey::FEWEST_ANCHORED),
        ] {
            if there < promised {
                missing.push(format!("{there} {what} of {promised}"));
            }
        }
        for share in self.shares().iter().filter(|share| share.count < share.least) {
            missing.push(format!("{}: {} of {}", share.name, share.count, share.least));
        }
        for (area, band, count) in self.holes() {
            missing.push(format!(
                "{} at {} years: {count} of {}",
                area.id(),
                band.name,
                Survey::FEWEST_IN_A_CELL
            ));
        }
        missing
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
