//! The search over the grades of one activity.
//!
//! An activity of seven rungs with four levers has 300 grades that the engine might propose, and to look at
//! one is to integrate over up to four areas. So the search looks at every rung as authored, and then only at
//! those ways to adapt it that could still win, by bounds that cost nothing: it finds the same grade as a
//! look at all of them.

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::sight::Sight;
use crate::demand::{Band, Demands, Outlook};
use crate::grading::{supports, Refusal, Request};
use crate::repertoire::{Activity, Grade, Repertoire, Setting};
use crate::safety::danger;

/// The most that it may be probable that the child would sooner not succeed.
const MOST_TOO_HARD: f64 = 0.15;

/// Above this expected chance an activity teaches nothing any more.
const TOO_EASY: f64 = 0.965;

/// What one unit of intrusion costs, in probability of lying in the band.
const COST_OF_INTRUSION: f64 = 0.06;

/// Looks at grades of one child, keeping the quadrature nodes for each set of loaded areas.
pub(crate) struct Looker<'a> {
    profile: &'a Profile,
    sights: Vec<Sight>,
}

impl<'a> Looker<'a> {
    pub(crate) fn new(profile: &'a Profile) -> Looker<'a> {
        Looker {
            profile,
            sights: Vec::new(),
        }
    }

    pub(crate) fn outlook(&mut self, demands: &Demands) -> Outlook {
        self.sight(demands).outlook(demands)
    }

    fn sight(&mut self, demands: &Demands) -> &Sight {
        let index = self
            .sights
            .iter()
            .position(|sight| sight.serves(demands))
            .unwrap_or_else(|| {
                self.sights.push(Sight::of(self.profile, demands));
                self.sights.len() - 1
            });
        &self.sights[index]
    }
}

/// The grades of one activity that safety, time and gates allow, for any band.
pub(crate) struct Search<'a> {
    repertoire: &'a Repertoire,
    activity: &'a Activity,
    /// Gates that a support has to meet.
    pub(crate) supports: Vec<usize>,
    pub(crate) looker: Looker<'a>,
    rungs: Vec<OpenRung>,
}

/// A rung that is safe, with the ways to adapt it.
struct OpenRung {
    plain: View,
    ways: Vec<Way>,
}

/// A grade that was looked at.
#[derive(Clone, Copy)]
struct View {
    grade: Grade,
    demands: Demands,
    outlook: Outlook,
    intrusion: f64,
}

/// A rung with one or two levers moved, before anybody looked.
struct Way {
    grade: Grade,
    intrusion: f64,
    /// The logit of success rises by this at least, whoever the child is: the smallest shift of a loaded
    /// area.
    least: f64,
    /// And by this at most: the shifts of all loaded areas together.
    most: f64,
}

/// The grade that a search found.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) grade: Grade,
    pub(crate) demands: Demands,
    pub(crate) in_band: f64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        repertoire: &'a Repertoire,
        activity: &'a Activity,
        request: &Request<'a>,
    ) -> Result<Search<'a>, Refusal> {
        if request.minutes.is_some_and(|most| activity.minutes > most) {
            return Err(Refusal::TooLong(activity.minutes));
        }
        let supports = supports(repertoire, activity, request.profile)?;
        let mut looker = Looker::new(request.profile);
        let mut rungs = Vec::with_capacity(activity.rungs.len());
        let mut first_danger = None;
        for (index, rung) in (0..=u8::MAX).zip(&activity.rungs) {
            if let Some(found) = danger(&rung.safety, request.profile.age(), request.protection) {
                first_danger.get_or_insert(found);
                continue;
            }
            let outlook = looker.outlook(&rung.demands);
            rungs.push(OpenRung {
                plain: View {
                    grade: Grade::plain(index),
                    demands: rung.demands,
                    outlook,
                    intrusion: 0.0,
                },
                ways: ways(repertoire, activity, index, &rung.demands, request.therapist),
            });
        }
        let hardest = rungs
            .iter()
            .map(|rung| rung.plain)
            .min_by(|a, b| a.outlook.centre.total_cmp(&b.outlook.centre));
        let Some(hardest) = hardest else {
            return Err(first_danger.map_or(Refusal::Empty, Refusal::Unsafe));
        };
        // Adaptations only make it easier, so the hardest is a rung as authored.
        let success = hardest.outlook.success;
        if success > TOO_EASY {
            let grade = hardest.grade;
            return Err(Refusal::TooEasy { grade, success });
        }
        Ok(Search {
            repertoire,
            activity,
            supports,
            looker,
            rungs,
        })
    }

    /// The grade that serves this band best.
    pub(crate) fn best(&mut self, band: Band) -> Result<Found, Refusal> {
        let wish = Wish::of(band);
        let rungs = core::mem::take(&mut self.rungs);
        let found = self.choose(&rungs, &wish);
        self.rungs = rungs;
        found
    }

    fn choose(&mut self, rungs: &[OpenRung], wish: &Wish) -> Result<Found, Refusal> {
        let mut chosen: Option<Candidate> = None;
        for rung in rungs {
            wish.consider(&rung.plain, &mut chosen);
        }
        for rung in rungs {
            for way in &rung.ways {
                wish.consider(&self.look(way), &mut chosen);
            }
        }
        if chosen.is_some_and(|known| !known.allowed) {
            if let Some(easiest) = self.easiest(rungs) {
                let success = self.looker.outlook(&easiest.demands).success;
                let bottleneck = self.looker.profile.bottleneck(&easiest.demands);
                if success < 0.5 {
                    let grade = easiest.grade;
                    let too_hard = |area| Refusal::TooHard { grade, area, success };
                    return Err(bottleneck.map_or(Refusal::Empty, too_hard));
                }
            }
            // Nothing is as likely to go well as it should be, and yet it may: the least hard of all is
            // taken.
            for way in rungs.iter().flat_map(|rung| &rung.ways) {
                wish.consider(&self.look(way), &mut chosen);
            }
        }
        chosen.map(|known| known.found).ok_or(Refusal::Empty)
    }

    fn look(&mut self, way: &Way) -> View {
        let Way { grade, intrusion, .. } = *way;
        // A way was made from the activity's own rungs and levers, so its demands exist.
        let demands = self.repertoire.demands(self.activity, &grade).unwrap_or_default();
        let outlook = self.looker.outlook(&demands);
        View {
            grade,
            demands,
            outlook,
            intrusion,
        }
    }

    /// The easiest grade of all. What asks no less in any area than another need not be looked at.
    fn easiest(&mut self, rungs: &[OpenRung]) -> Option<View> {
        let mut easiest: Option<View> = None;
        for rung in rungs {
            let mut ways: Vec<&Way> = rung.ways.iter().collect();
            ways.sort_by(|a, b| b.most.total_cmp(&a.most));
            let mut seen: Vec<Demands> = Vec::new();
            let mut consider = |view: View| {
                if easiest.is_none_or(|known| view.outlook.centre > known.outlook.centre) {
                    easiest = Some(view);
                }
            };
            consider(rung.plain);
            for way in ways {
                let asked = self
                    .repertoire
                    .demands(self.activity, &way.grade)
                    .unwrap_or_default();
                if !seen.iter().any(|known| known.ask_no_more_than(&asked)) {
                    seen.push(asked);
                    consider(self.look(way));
                }
            }
        }
        easiest
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    found: Found,
    value: f64,
    too_hard: f64,
    allowed: bool,
}

impl Candidate {
    /// Allowed ones first; among them the most valuable, otherwise the least likely to be too hard. The first
    /// found stays where all is equal, and candidates come in a fixed order: the plainest and easiest
    /// first.
    fn beats(&self, known: &Candidate) -> bool {
        match (self.allowed, known.allowed) {
            (true, false) => true,
            (false, true) => false,
            (true, true) => self.value > known.value,
            (false, false) => self.too_hard < known.too_hard,
        }
    }
}

/// What is sought.
struct Wish {
    band: Band,
    most_too_hard: f64,
}

impl Wish {
    fn of(band: Band) -> Wish {
        // A stretch is allowed to be harder: its band reaches down to even chances.
        Wish {
            band,
            most_too_hard: MOST_TOO_HARD.max(0.5 - (band.low() - 0.5) * 2.4),
        }
    }

    fn consider(&self, view: &View, chosen: &mut Option<Candidate>) {
        let outlook = &view.outlook;
        let in_band = outlook.chance_in(self.band);
        let too_hard = outlook.chance_too_hard();
        let candidate = Candidate {
            found: Found {
                grade: view.grade,
                demands: view.demands,
                in_band,
            },
            value: in_band - COST_OF_INTRUSION * view.intrusion,
            too_hard,
            allowed: too_hard <= self.most_too_hard,
        };
        if chosen.is_none_or(|known| candidate.beats(&known)) {
            *chosen = Some(candidate);
        }
    }
}

/// The grades of one rung that the engine proposes by itself besides the rung as authored: with one or two
/// levers moved to make it easier. More would be more than a family can hold in mind. Harder settings are for
/// the adult to choose.
fn ways(
    repertoire: &Repertoire,
    activity: &Activity,
    rung: u8,
    demands: &Demands,
    therapist: bool,
) -> Vec<Way> {
    let moves: Vec<Move> = activity
        .levers
        .iter()
        .filter_map(|&lever| repertoire.levers.get(lever).map(|found| (lever, found)))
        .flat_map(|(lever, found)| {
            (0..=u8::MAX)
                .zip(&found.settings)
                .skip(1)
                .map(move |(index, one)| (lever, index, one))
        })
        .filter(|(_, _, setting)| (therapist || !setting.therapist_only) && !setting.is_harder())
        .filter(|(_, _, setting)| demands.iter().any(|(area, _)| setting.shift[area.index()] < 0.0))
        .map(|(lever, index, setting)| Move {
            lever,
            index,
            setting,
        })
        .collect();
    let plain = Grade::plain(rung);
    let mut ways = Vec::with_capacity(moves.len() * (moves.len() + 1) / 2);
    for (first, one) in moves.iter().enumerate() {
        let grade = plain.with(one.lever, one.index);
        ways.push(Way::of(grade, demands, &[one]));
        for other in moves[first + 1..].iter().filter(|other| other.lever != one.lever) {
            ways.push(Way::of(
                grade.with(other.lever, other.index),
                demands,
                &[one, other],
            ));
        }
    }
    ways
}

struct Move<'a> {
    lever: usize,
    index: u8,
    setting: &'a Setting,
}

impl Way {
    fn of(grade: Grade, demands: &Demands, moves: &[&Move]) -> Way {
        let (mut least, mut most) = (f64::INFINITY, 0.0);
        for &(area, _) in demands.raw() {
            let rise: f64 = moves.iter().map(|one| -one.setting.shift[area.index()]).sum();
            least = rise.min(least);
            most += rise;
        }
        Way {
            grade,
            intrusion: moves.iter().map(|one| one.setting.cost()).sum(),
            least,
            most,
        }
    }
}
