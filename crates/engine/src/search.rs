//! The search over the grades of one activity.
//!
//! An activity of eight rungs with four levers has 200 grades that the engine might propose. Every rung is looked at as
//! authored; a way to adapt it only when it could still win by what it would be worth at most: the same grade is found as
//! by a look at all of them, which `tests/search.rs` holds on random repertoires.

use alloc::vec::Vec;

use crate::area::{Area, Areas, COUNT};
use crate::demand::{Band, Demands, Outlook};
use crate::grading::{first_gate_closed, Refusal, Request};
use crate::math;
use crate::repertoire::{Activity, Grade, Repertoire, Setting};
use crate::safety::danger;
use crate::sight::{Eyes, Reach, REACHES};

/// The most that it may be probable that the child would sooner not succeed.
const MOST_TOO_HARD: f64 = 0.12;

/// Above this expected chance an activity teaches nothing any more.
const TOO_EASY: f64 = 0.965;

/// What one unit of intrusion costs, in probability of lying in the band.
const COST_OF_INTRUSION: f64 = 0.06;

/// Where one group of costs ends and a dearer one begins.
const DEAR: [f64; REACHES - 1] = [0.08, 0.13, 0.2];

/// The group of ways that cost so much.
fn group(cost: f64) -> usize {
    DEAR.iter().filter(|&&dear| cost >= dear).count()
}

/// What is far too easy is worth no more than this.
const WORTH_FAR_OFF: f64 = 0.3;

/// What one wish could find at most, by the areas that are asked.
pub(crate) struct Peaks {
    wish: Wish,
    /// Odds against success: below, a grade is far too easy; above, it takes much help.
    too_easy: f64,
    too_hard: f64,
    /// What so much help costs at least.
    far_cost: f64,
    /// For each set of areas the peak, and the least spread of demands that it was looked for with.
    found: Vec<(f64, f64)>,
}

/// How far outside of the band a grade is far: on the easy side, and on the hard side.
const FAR_EASY: f64 = 1.5;
const FAR_HARD: f64 = 1.0;

/// How much steeper than an area the whole rises at most, near the band.
const STEEPEST: f64 = 1.8;

impl Peaks {
    pub(crate) fn of_wish(repertoire: &Repertoire, wish: Wish) -> Peaks {
        let settings = repertoire.levers.iter().flat_map(|lever| &lever.settings);
        let per_logit = settings
            .map(|setting| {
                let most = setting
                    .shift
                    .iter()
                    .fold(0.0, |most: f64, shift| most.max(-shift));
                COST_OF_INTRUSION * setting.cost() / most
            })
            .fold(f64::INFINITY, f64::min);
        Peaks {
            wish,
            too_easy: libm::exp(-(wish.high + FAR_EASY)),
            too_hard: libm::exp(-(wish.low - FAR_HARD)),
            far_cost: (per_logit * FAR_HARD / STEEPEST).clamp(0.0, 1.0),
            found: alloc::vec![(0.0, f64::INFINITY); 1 << COUNT],
        }
    }

    fn of(&mut self, eyes: &mut Eyes, demands: &Demands) -> f64 {
        let (peak, spread) = &mut self.found[demands.areas().bits()];
        // What is surer can be worth more.
        if demands.spread() < *spread {
            *spread = demands.spread();
            *peak = eyes.peak(demands.areas(), *spread, self.wish.low, self.wish.high);
        }
        *peak
    }
}

/// The grade that a search found.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) grade: Grade,
    pub(crate) demands: Demands,
    /// Chance of lying in the band, less what the adaptations cost.
    pub(crate) value: f64,
}

/// What is sought.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    /// The ends of the band, as logits.
    low: f64,
    high: f64,
    most_too_hard: f64,
}

impl Wish {
    pub(crate) fn of(band: Band) -> Wish {
        Wish {
            low: math::logit(band.low()),
            high: math::logit(band.high()),
            // A stretch is allowed to be harder: its band reaches down to even chances.
            most_too_hard: MOST_TOO_HARD + 2.4 * (0.65 - band.low()).max(0.0),
        }
    }

    /// Whether it is improbable enough that the child would sooner not succeed.
    pub(crate) fn allows(&self, outlook: &Outlook) -> bool {
        outlook.chance_too_hard() <= self.most_too_hard
    }
}

/// One activity for one child: what safety, time and gates leave of it.
pub(crate) struct Search<'a> {
    repertoire: &'a Repertoire,
    activity: &'a Activity,
    request: &'a Request<'a>,
}

impl<'a> Search<'a> {
    /// Asks what is never traded for fit: time, gates, and that at least one rung is safe.
    pub(crate) fn new(
        repertoire: &'a Repertoire,
        activity: &'a Activity,
        request: &'a Request<'a>,
    ) -> Result<Search<'a>, Refusal> {
        if request.minutes.is_some_and(|most| activity.minutes > most) {
            return Err(Refusal::TooLong(activity.minutes));
        }
        if let Some(gate) = first_gate_closed(repertoire, activity, request.profile) {
            return Err(Refusal::Gate(gate));
        }
        let search = Search {
            repertoire,
            activity,
            request,
        };
        if search.open().next().is_some() {
            return Ok(search);
        }
        let first = activity
            .rungs
            .first()
            .and_then(|rung| danger(&rung.safety, request.profile.age(), request.protection));
        Err(first.map_or(Refusal::Empty, Refusal::Unsafe))
    }

    /// The rungs that are safe for this child.
    fn open(&self) -> impl Iterator<Item = (u8, &'a Demands)> + 'a {
        let (request, rungs) = (self.request, &self.activity.rungs);
        (0..=u8::MAX)
            .zip(rungs)
            .filter(|(_, rung)| danger(&rung.safety, request.profile.age(), request.protection).is_none())
            .map(|(index, rung)| (index, &rung.demands))
    }

    /// All areas that any of its open rungs loads.
    pub(crate) fn areas(&self) -> Areas {
        self.open()
            .fold(Areas::EMPTY, |areas, (_, demands)| areas.union(demands.areas()))
    }

    /// An estimate, rather too high than too low, of what a grade of this activity is worth for each wish, by a glance: whether any of its rungs is near the
    /// band, and what a grade of these areas could be worth at most. Also says which areas it loads.
    pub(crate) fn first_glance(&self, eyes: &mut Eyes, peaks: &mut [Peaks]) -> ([f64; 2], Areas) {
        let mut most = [WORTH_FAR_OFF; 2];
        let mut areas = Areas::EMPTY;
        for (_, demands) in self.open() {
            areas = areas.union(demands.areas());
            let against = eyes.against(demands);
            for (most, peaks) in most.iter_mut().zip(peaks.iter_mut()) {
                if against >= peaks.too_easy {
                    let far = if against > peaks.too_hard {
                        peaks.far_cost
                    } else {
                        0.0
                    };
                    *most = most.max(peaks.of(eyes, demands) - far);
                }
            }
        }
        (most, areas)
    }

    /// An estimate of the same, looked at more closely.
    pub(crate) fn likely_value(&self, eyes: &mut Eyes, wish: &Wish) -> f64 {
        let mut most = WORTH_FAR_OFF;
        let reaches = eyes.reaches(&self.activity.levers, || self.reaches(&self.moves()));
        let cost = reaches
            .iter()
            .map(|reach| reach.cost)
            .fold(f64::INFINITY, f64::min);
        for (_, demands) in self.open() {
            let seen = eyes.sketch(demands);
            let plain = eyes.chance_between(&seen, wish.low, wish.high);
            let ease = |reach: &Reach| demands.iter().map(|(area, _)| reach.ease[area.index()]).sum();
            let rise = reaches.iter().map(ease).fold(0.0, f64::max);
            let easier = eyes.likely_when_easier(&seen, rise, wish.low, wish.high) - cost;
            most = most.max(plain).max(easier);
        }
        most
    }

    /// No grade of this activity is worth more than this.
    pub(crate) fn most_value(&self, eyes: &mut Eyes, wish: &Wish) -> f64 {
        let mut most = 0.0;
        let reaches = eyes.reaches(&self.activity.levers, || self.reaches(&self.moves()));
        for (_, demands) in self.open() {
            let seen = eyes.sketch(demands);
            most = f64::max(most, eyes.chance_between(&seen, wish.low, wish.high));
            let easier = eyes.most_when_easier(demands, &seen, &reaches, wish.low, wish.high);
            for (easier, reach) in easier.into_iter().zip(&reaches) {
                most = most.max(easier - reach.cost);
            }
        }
        most
    }

    /// What can be done for so much, in the order of [`DEAR`].
    fn reaches(&self, levers: &[Move]) -> [Reach; REACHES] {
        let mut reaches = [Reach {
            cost: f64::INFINITY,
            ease: [0.0; COUNT],
        }; REACHES];
        for way in ways(levers, Areas::ALL) {
            let cost = COST_OF_INTRUSION * way.intrusion;
            let reach = &mut reaches[group(cost)];
            reach.cost = reach.cost.min(cost);
            for area in Area::ALL {
                let ease = &mut reach.ease[area.index()];
                *ease = ease.max(-way.shift(area));
            }
        }
        reaches
    }

    /// The grade that serves this wish best.
    pub(crate) fn best(&self, eyes: &mut Eyes, wish: &Wish) -> Result<Found, Refusal> {
        let rungs: Vec<(u8, &Demands, Outlook)> = self
            .open()
            .map(|(index, demands)| (index, demands, eyes.sketch(demands)))
            .collect();
        self.too_easy(eyes, &rungs).map_or(Ok(()), Err)?;
        let mut chosen: Option<Candidate> = None;
        for (index, demands, seen) in &rungs {
            wish.consider(eyes, Grade::plain(*index), demands, seen, 0.0, &mut chosen);
        }
        let levers = self.moves();
        let reaches = eyes.reaches(&self.activity.levers, || self.reaches(&levers));
        for (index, demands, seen) in &rungs {
            let most = eyes.most_when_easier(demands, seen, &reaches, wish.low, wish.high);
            let beaten = |cost: f64, known: &Option<Candidate>| {
                known.is_some_and(|known| known.allowed && most[group(cost)] - cost <= known.found.value)
            };
            if reaches.iter().all(|reach| beaten(reach.cost, &chosen)) {
                continue;
            }
            for way in ways(&levers, demands.areas()) {
                let cost = COST_OF_INTRUSION * way.intrusion;
                if !beaten(cost, &chosen) {
                    let moved = way.applied(demands);
                    let seen = eyes.sketch(&moved);
                    wish.consider(eyes, way.grade(*index), &moved, &seen, cost, &mut chosen);
                }
            }
        }
        match chosen {
            Some(known) if known.allowed => Ok(known.found),
            Some(known) => self.too_hard(eyes, &levers).map_or(Ok(known.found), Err),
            None => Err(Refusal::Empty),
        }
    }

    /// Whether even the hardest rung is too easy. Adaptations only make it easier, so it is a rung as authored; and below a
    /// logit of 2 on average none is too easy.
    fn too_easy(&self, eyes: &mut Eyes, rungs: &[(u8, &Demands, Outlook)]) -> Option<Refusal> {
        // Where it is as likely as this that the chance is below .73, success is expected of less than .95.
        const SURELY_NOT: f64 = 0.2;
        let hardest = rungs.iter().min_by(|a, b| a.2.centre.total_cmp(&b.2.centre));
        let (index, demands, seen) = hardest.filter(|(_, _, seen)| seen.centre > 2.0)?;
        if eyes.chance_between(seen, f64::NEG_INFINITY, 1.0) > SURELY_NOT {
            return None;
        }
        let (grade, success) = (Grade::plain(*index), eyes.outlook(demands).success);
        (success > TOO_EASY).then_some(Refusal::TooEasy { grade, success })
    }

    /// Nothing is as likely to go well as it should be: whether even the easiest grade is rather out of reach.
    /// Otherwise the least hard of all may still be offered.
    fn too_hard(&self, eyes: &mut Eyes, levers: &[Move]) -> Option<Refusal> {
        let mut easiest: Option<(Grade, Demands, f64)> = None;
        for (index, demands) in self.open() {
            let mut consider = |grade: Grade, demands: &Demands, eyes: &mut Eyes| {
                let centre = eyes.sketch(demands).centre;
                if easiest.is_none_or(|(_, _, known)| centre > known) {
                    easiest = Some((grade, *demands, centre));
                }
            };
            consider(Grade::plain(index), demands, eyes);
            for way in ways(levers, demands.areas()) {
                consider(way.grade(index), &way.applied(demands), eyes);
            }
        }
        let (grade, demands, _) = easiest?;
        let success = eyes.outlook(&demands).success;
        let area = self.request.profile.bottleneck(&demands)?;
        (success < 0.5).then_some(Refusal::TooHard { grade, area, success })
    }

    /// The lever settings that the engine proposes by itself: those that make it easier. Harder ones are for the
    /// adult to choose.
    fn moves(&self) -> Vec<Move<'a>> {
        let (repertoire, request) = (self.repertoire, self.request);
        let levers = self.activity.levers.iter();
        levers
            .filter_map(|&lever| repertoire.levers.get(lever).map(|found| (lever, found)))
            .flat_map(|(lever, found)| {
                (0..=u8::MAX)
                    .zip(&found.settings)
                    .skip(1)
                    .map(move |(index, setting)| Move {
                        lever,
                        index,
                        setting,
                    })
            })
            .filter(|one| (request.therapist || !one.setting.therapist_only) && !one.setting.is_harder())
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    found: Found,
    too_hard: f64,
    allowed: bool,
}

impl Wish {
    /// Allowed ones first; among them the most valuable, otherwise the least likely to be too hard. The first
    /// found stays where all is equal, and candidates come in a fixed order: the plainest and easiest
    /// first.
    fn consider(
        &self,
        eyes: &Eyes,
        grade: Grade,
        demands: &Demands,
        outlook: &Outlook,
        cost: f64,
        chosen: &mut Option<Candidate>,
    ) {
        let value = eyes.chance_between(outlook, self.low, self.high) - cost;
        if chosen.is_some_and(|known| known.allowed && value <= known.found.value) {
            return;
        }
        let too_hard = eyes.chance_between(outlook, f64::NEG_INFINITY, 0.0);
        let allowed = too_hard <= self.most_too_hard;
        let better = chosen.is_none_or(|known| match (allowed, known.allowed) {
            (true, _) => true,
            (false, true) => false,
            (false, false) => too_hard < known.too_hard,
        });
        if better {
            *chosen = Some(Candidate {
                found: Found {
                    grade,
                    demands: *demands,
                    value,
                },
                too_hard,
                allowed,
            });
        }
    }
}

/// A setting of a lever that makes it easier.
#[derive(Clone, Copy)]
struct Move<'a> {
    lever: usize,
    index: u8,
    setting: &'a Setting,
}

/// One or two levers moved. More would be more than a family can hold in mind.
struct Way<'a> {
    one: Move<'a>,
    other: Option<Move<'a>>,
    intrusion: f64,
}

/// The ways to adapt a rung that loads these areas: with settings that move an area that it loads.
fn ways<'a>(moves: &'a [Move<'a>], areas: Areas) -> impl Iterator<Item = Way<'a>> + 'a {
    let moving = move |one: &Move| areas.iter().any(|area| one.setting.shift[area.index()] < 0.0);
    let firsts = moves.iter().enumerate().filter(move |(_, one)| moving(one));
    firsts.flat_map(move |(place, one)| {
        let seconds = moves[place + 1..]
            .iter()
            .filter(move |other| other.lever != one.lever && moving(other));
        core::iter::once(None).chain(seconds.map(Some)).map(|other| Way {
            one: *one,
            other: other.copied(),
            intrusion: one.setting.cost() + other.map_or(0.0, |other| other.setting.cost()),
        })
    })
}

impl Way<'_> {
    fn grade(&self, rung: u8) -> Grade {
        let grade = Grade::plain(rung).with(self.one.lever, self.one.index);
        match self.other {
            Some(other) => grade.with(other.lever, other.index),
            None => grade,
        }
    }

    fn applied(&self, demands: &Demands) -> Demands {
        demands.shifted(|area| self.shift(area))
    }

    /// By how much it moves the demand of an area.
    fn shift(&self, area: Area) -> f64 {
        let by = |one: &Move| one.setting.shift[area.index()];
        by(&self.one) + self.other.as_ref().map_or(0.0, by)
    }
}
