//! The set of picks: one easy win and two that are just right, spread over areas, new before known.

use alloc::string::String;
use alloc::vec::Vec;

use crate::area::Area;
use crate::demand::Band;
use crate::grading::{best, Plan, Refusal, Request};
use crate::repertoire::Repertoire;

/// The parent's dial: how hard today may be. `Wilson 2019`'s 85 % is theory and no optimum is proven, so it is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Dial {
    /// A hard day: more easy wins.
    Easier,
    /// About three times in four.
    #[default]
    JustRight,
    /// A good day: a stretch.
    Stretch,
}

impl Dial {
    /// The band that a pick which is no easy win should lie in.
    pub fn band(self) -> Band {
        match self {
            Dial::Easier => Band::EASY_WIN,
            Dial::JustRight => Band::JUST_RIGHT,
            Dial::Stretch => Band::STRETCH,
        }
    }
}

/// What a pick is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Will very probably go well.
    EasyWin,
    /// In the band of the dial.
    JustRight,
}

/// An activity at a grade, offered to a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// Index into [`Repertoire::activities`].
    pub activity: usize,
    /// What it is there for.
    pub role: Role,
    /// The grade with its reasons.
    pub plan: Plan,
}

/// What is offered, and why the rest is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Picks {
    /// In the order to show: each three begin with an easy win.
    pub picks: Vec<Pick>,
    /// Activities that are not possible now: index and reason, in the order of ids.
    pub refused: Vec<(usize, Refusal)>,
}

/// An activity is not offered again within so many reported picks (fewer where the repertoire is small).
pub const NO_REPEAT: usize = 8;

/// What an area that was just picked costs the next pick that loads it, in probability of lying in the band.
const COST_OF_SAME_AREA: f64 = 0.06;

/// What an activity that was done before costs, each time a little more, up to three times.
const COST_OF_KNOWN: f64 = 0.03;

/// Chooses `count` picks. `done` holds the ids of reported activities, the latest last. The order of the repertoire does
/// not matter: equal values go by id.
pub fn picks(repertoire: &Repertoire, request: &Request, dial: Dial, done: &[String], count: usize) -> Picks {
    let mut order: Vec<usize> = (0..repertoire.activities.len()).collect();
    order.sort_by(|&a, &b| repertoire.activities[a].id.cmp(&repertoire.activities[b].id));
    let resting = &done[done.len().saturating_sub(NO_REPEAT.min(order.len() / 3))..];
    let request = Request { band: dial.band(), ..*request };
    let mut open: Vec<Offer> = Vec::new();
    let mut refused = Vec::new();
    for &index in &order {
        let activity = &repertoire.activities[index];
        if resting.contains(&activity.id) {
            continue;
        }
        let known = done.iter().filter(|&id| *id == activity.id).count().min(3) as f64;
        match best(repertoire, activity, &request) {
            Ok(plan) => open.push(Offer { activity: index, cost: COST_OF_KNOWN * known, plan }),
            Err(refusal) => refused.push((index, refusal)),
        }
    }
    let mut picks: Vec<Pick> = Vec::with_capacity(count);
    while picks.len() < count && !open.is_empty() {
        let wanted = (count - picks.len()).min(3);
        let mut round = Vec::with_capacity(3);
        // The two that are just right choose first: an easy win is found almost everywhere.
        while round.len() + 1 < wanted {
            let Some(offer) = take_best(&mut open, |offer| offer.worth(&picks, &round)) else { break };
            round.push(Pick { activity: offer.activity, role: Role::JustRight, plan: offer.plan });
        }
        if let Some(easy) = take_easy(repertoire, &request, &mut open, &picks, &round) {
            round.insert(0, easy);
        }
        picks.append(&mut round);
    }
    Picks { picks, refused }
}

struct Offer {
    activity: usize,
    cost: f64,
    plan: Plan,
}

impl Offer {
    /// Its chance of lying in the band, less what repeats: areas of the last picks and activities done before.
    fn worth(&self, before: &[Pick], round: &[Pick]) -> f64 {
        let repeated: f64 = before
            .iter()
            .rev()
            .take(3)
            .chain(round)
            .map(|pick| {
                let same_bottleneck = pick.plan.bottleneck() == self.plan.bottleneck();
                let shared = Area::ALL
                    .into_iter()
                    .filter(|&area| self.plan.demands.loads(area) && pick.plan.demands.loads(area))
                    .count() as f64;
                COST_OF_SAME_AREA * (shared + if same_bottleneck { 1.0 } else { 0.0 })
            })
            .sum();
        self.plan.in_band - self.cost - repeated
    }
}

fn take_best(open: &mut Vec<Offer>, worth: impl Fn(&Offer) -> f64) -> Option<Offer> {
    let mut chosen: Option<(usize, f64)> = None;
    for (index, offer) in open.iter().enumerate() {
        let value = worth(offer);
        if chosen.is_none_or(|(_, most)| value > most) {
            chosen = Some((index, value));
        }
    }
    chosen.map(|(index, _)| open.remove(index))
}

/// The easy win: the offer that, graded once more for an easy band, serves it best.
fn take_easy(
    repertoire: &Repertoire,
    request: &Request,
    open: &mut Vec<Offer>,
    before: &[Pick],
    round: &[Pick],
) -> Option<Pick> {
    let easy = Request { band: Band::EASY_WIN, ..*request };
    for offer in open.iter_mut() {
        if let Ok(plan) = best(repertoire, &repertoire.activities[offer.activity], &easy) {
            offer.plan = plan;
        }
    }
    let taken = take_best(open, |offer| offer.worth(before, round));
    for offer in open.iter_mut() {
        if let Ok(plan) = best(repertoire, &repertoire.activities[offer.activity], request) {
            offer.plan = plan;
        }
    }
    taken.map(|offer| Pick { activity: offer.activity, role: Role::EasyWin, plan: offer.plan })
}
