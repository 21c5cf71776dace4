//! The search over the grades of one activity.
//!
//! An activity of eight rungs with four levers has 300 grades that the engine might propose, and to look at one is to
//! integrate over up to four areas. So every rung and every way to adapt it is first bounded by what it could be worth
//! at most, which costs little, and is looked at only when it could still win: the same grade is found as by a look at
//! all of them.

use alloc::vec::Vec;

use crate::area::Areas;
use crate::demand::{Band, Demands, Outlook, MAX_LOADED};
use crate::grading::{first_gate_closed, Refusal, Request};
use crate::math;
use crate::repertoire::{Activity, Grade, Repertoire, Setting};
use crate::safety::danger;
use crate::sight::{Eyes, Windows};

/// The most that it may be probable that the child would sooner not succeed.
const MOST_TOO_HARD: f64 = 0.15;

/// Above this expected chance an activity teaches nothing any more.
const TOO_EASY: f64 = 0.965;

/// What one unit of intrusion costs, in probability of lying in the band.
const COST_OF_INTRUSION: f64 = 0.06;

/// The least that an adaptation costs: that something is changed at all. See [`Setting::cost`].
const LEAST_COST: f64 = 0.5 * COST_OF_INTRUSION;

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
            most_too_hard: MOST_TOO_HARD.max(0.5 - (band.low() - 0.5) * 2.4),
        }
    }

    pub(crate) fn windows(&self) -> Windows {
        Windows::of(self.low, self.high)
    }

    fn in_band(&self, outlook: &Outlook) -> f64 {
        outlook.chance_between(self.low, self.high)
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
        let first = activity.rungs.first().and_then(|rung| {
            danger(&rung.safety, request.profile.age(), request.protection)
        });
        Err(first.map_or(Refusal::Empty, Refusal::Unsafe))
    }

    /// The rungs that are safe for this child.
    fn open(&self) -> impl Iterator<Item = (u8, &'a Demands)> + 'a {
        let (request, rungs) = (self.request, &self.activity.rungs);
        (0..=u8::MAX)
            .zip(rungs)
            .filter(|(_, rung)| {
                danger(&rung.safety, request.profile.age(), request.protection).is_none()
            })
            .map(|(index, rung)| (index, &rung.demands))
    }

    /// No grade of this activity is worth more than this. Also says which areas it loads.
    pub(crate) fn most_value(&self, eyes: &mut Eyes, windows: &mut Windows) -> (f64, Areas) {
        let mut most = f64::NEG_INFINITY;
        let mut areas = Areas::EMPTY;
        let mut rise = (Areas::EMPTY, 0.0);
        for (_, demands) in self.open() {
            if rise.0 != demands.areas() {
                rise = (demands.areas(), self.most_rise(demands.areas()));
                areas = areas.union(demands.areas());
            }
            most = most.max(windows.most_chance(eyes, demands, 0.0));
            if rise.1 > 0.0 {
                most = most.max(windows.most_chance(eyes, demands, rise.1) - LEAST_COST);
            }
        }
        (most, areas)
    }

    /// Two levers lift the logit of success by this at most: the sum of their shifts over the loaded areas, each having
    /// a slope of 1 at most.
    fn most_rise(&self, areas: Areas) -> f64 {
        let (mut first, mut second) = (0.0, 0.0);
        for &lever in &self.activity.levers {
            let Some(lever) = self.repertoire.levers.get(lever) else {
                continue;
            };
            let lift = |setting: &Setting| areas.iter().map(|area| -setting.shift[area.index()]).sum::<f64>();
            let most = lever.settings.iter().map(lift).fold(0.0, f64::max);
            if most > first {
                (first, second) = (most, first);
            } else if most > second {
                second = most;
            }
        }
        first + second
    }

    /// The grade that serves this wish best.
    pub(crate) fn best(&self, eyes: &mut Eyes, wish: &Wish) -> Result<Found, Refusal> {
        let mut chosen: Option<Candidate> = None;
        let beaten = |most: f64, known: &Option<Candidate>| {
            known.is_some_and(|known| known.allowed && most <= known.value)
        };
        // What could be worth most is looked at first, so that most of the rest need not be.
        let mut rungs: Vec<OpenRung> = self
            .open()
            .map(|(index, demands)| {
                let sight = eyes.on(demands.areas());
                OpenRung {
                    index,
                    demands,
                    most: sight.most_chance(demands, 0.0, wish.low, wish.high),
                    outlook: None,
                }
            })
            .collect();
        self.too_easy(eyes, &rungs).map_or(Ok(()), Err)?;
        rungs.sort_by(|a, b| b.most.total_cmp(&a.most).then(a.index.cmp(&b.index)));
        for rung in &mut rungs {
            if !beaten(rung.most, &chosen) {
                let outlook = rung.looked_at(eyes);
                wish.consider(Grade::plain(rung.index), rung.demands, &outlook, 0.0, &mut chosen);
            }
        }
        let levers = self.moves();
        for rung in &mut rungs {
            let (demands, spread) = (rung.demands, rung.demands.spread());
            let rise = self.most_rise(demands.areas());
            let sight = eyes.on(demands.areas());
            let most = sight.most_chance(demands, rise, wish.low, wish.high) - LEAST_COST;
            if rise <= 0.0 || beaten(most, &chosen) {
                continue;
            }
            let outlook = rung.looked_at(eyes);
            let sight = eyes.on(demands.areas());
            let most = sight.most_chance_from(&outlook, spread, 0.0, |_| rise, wish.low, wish.high);
            if beaten(most - LEAST_COST, &chosen) {
                continue;
            }
            let slopes = sight.slopes(demands);
            for way in ways(&levers, demands) {
                let cost = COST_OF_INTRUSION * way.intrusion;
                let (least, lifts) = way.lifts(demands);
                let most_lift = |hump: usize| lifts.iter().zip(&slopes[hump]).map(|(by, slope)| by * slope).sum();
                let most = sight.most_chance_from(&outlook, spread, least, most_lift, wish.low, wish.high);
                if beaten(most - cost, &chosen) {
                    continue;
                }
                let moved = way.applied(demands);
                let outlook = sight.glimpse(&moved);
                wish.consider(way.grade(rung.index), &moved, &outlook, cost, &mut chosen);
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
    fn too_easy(&self, eyes: &mut Eyes, rungs: &[OpenRung]) -> Option<Refusal> {
        let mut hardest: Option<(&OpenRung, f64)> = None;
        for rung in rungs {
            let at = eyes.on(rung.demands.areas()).middle(rung.demands);
            if hardest.is_none_or(|(_, least)| at < least) {
                hardest = Some((rung, at));
            }
        }
        let (rung, _) = hardest.filter(|(_, at)| *at > 2.0)?;
        let (grade, success) = (Grade::plain(rung.index), eyes.outlook(rung.demands).success);
        (success > TOO_EASY).then_some(Refusal::TooEasy { grade, success })
    }

    /// Nothing is as likely to go well as it should be: whether even the easiest grade is rather out of reach.
    /// Otherwise the least hard of all may still be offered.
    fn too_hard(&self, eyes: &mut Eyes, levers: &[Move]) -> Option<Refusal> {
        let mut easiest: Option<(Grade, Demands, f64)> = None;
        for (index, demands) in self.open() {
            let mut consider = |grade: Grade, demands: &Demands, eyes: &mut Eyes| {
                let centre = eyes.on(demands.areas()).glimpse(demands).centre;
                if easiest.is_none_or(|(_, _, known)| centre > known) {
                    easiest = Some((grade, *demands, centre));
                }
            };
            consider(Grade::plain(index), demands, eyes);
            for way in ways(levers, demands) {
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

/// A rung that is safe for this child, and what is known of it.
struct OpenRung<'a> {
    index: u8,
    demands: &'a Demands,
    /// It lies in the band with this chance at most.
    most: f64,
    outlook: Option<Outlook>,
}

impl OpenRung<'_> {
    fn looked_at(&mut self, eyes: &mut Eyes) -> Outlook {
        let demands = self.demands;
        *self
            .outlook
            .get_or_insert_with(|| eyes.on(demands.areas()).glimpse(demands))
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    found: Found,
    value: f64,
    too_hard: f64,
    allowed: bool,
}

impl Wish {
    /// Allowed ones first; among them the most valuable, otherwise the least likely to be too hard. The first
    /// found stays where all is equal, and candidates come in a fixed order: the plainest and easiest
    /// first.
    fn consider(
        &self,
        grade: Grade,
        demands: &Demands,
        outlook: &Outlook,
        cost: f64,
        chosen: &mut Option<Candidate>,
    ) {
        let value = self.in_band(outlook) - cost;
        if chosen.is_some_and(|known| known.allowed && value <= known.value) {
            return;
        }
        let too_hard = outlook.chance_too_hard();
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
                value,
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

/// The ways to adapt a rung with these demands: with settings that move an area that it loads.
fn ways<'a>(moves: &'a [Move<'a>], demands: &'a Demands) -> impl Iterator<Item = Way<'a>> + 'a {
    let moving = move |one: &Move| demands.raw().iter().any(|(area, _)| one.setting.shift[area.index()] < 0.0);
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

    /// By how much each loaded area becomes easier, and the least of them.
    fn lifts(&self, demands: &Demands) -> (f64, [f64; MAX_LOADED]) {
        let mut lifts = [0.0; MAX_LOADED];
        let mut least = f64::INFINITY;
        for (lift, &(area, _)) in lifts.iter_mut().zip(demands.raw()) {
            let by = |one: &Move| -one.setting.shift[area.index()];
            *lift = by(&self.one) + self.other.as_ref().map_or(0.0, by);
            least = lift.min(least);
        }
        (least, lifts)
    }

    fn applied(&self, demands: &Demands) -> Demands {
        demands.shifted(|area| {
            let by = |one: &Move| one.setting.shift[area.index()];
            by(&self.one) + self.other.as_ref().map_or(0.0, by)
        })
    }
}
