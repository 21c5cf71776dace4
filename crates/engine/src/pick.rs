//! The set of picks: one easy win and two that are just right, spread over areas, new before known.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::{Area, PerArea, COUNT};
use crate::demand::{Band, Demands};
use crate::grading::{at, Plan, Refusal, Request};
use crate::repertoire::{Grade, Repertoire};
use crate::search::{Found, Search};

/// The parent's dial: how hard today may be. `Wilson 2019`'s 85 % is theory and no optimum is proven, so it
/// is a choice.
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

/// Something that was done before: what it asked then.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Id of the activity.
    pub activity: String,
    /// What its grade asked.
    pub demands: Demands,
}

/// How a set is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounds {
    /// Each three begin with an easy win.
    WithEasyWin,
    /// All in the wanted band, the best first.
    AllJustRight,
}

/// How many picks are wanted, and what came before them.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// How many.
    pub count: usize,
    /// How the set is put together.
    pub rounds: Rounds,
    /// What was done and reported, the latest last.
    pub done: &'a [Done],
    /// An activity rests for so many reported picks; fewer where the repertoire is small.
    pub no_repeat: usize,
}

impl<'a> Wanted<'a> {
    /// What the app asks for.
    pub fn in_the_app(count: usize, done: &'a [Done]) -> Wanted<'a> {
        Wanted {
            count,
            rounds: Rounds::WithEasyWin,
            done,
            no_repeat: NO_REPEAT,
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

/// So many picks are offered even where none is as it should be.
const FEWEST: usize = 3;

/// The chance of success that is wanted where there is no choice of bands left.
const WANTED: f64 = 0.75;

/// What an area that was just picked costs the next pick that loads it, in probability of lying in the band.
const COST_OF_SAME_AREA: f64 = 0.1;

/// What an activity that was done before costs, each time a little more, up to three times.
const COST_OF_KNOWN: f64 = 0.03;

/// Chooses a set of picks. The order of the repertoire does not matter: equal values go by id.
pub fn picks(repertoire: &Repertoire, request: &Request, wanted: &Wanted) -> Picks {
    let mut order: Vec<usize> = (0..repertoire.activities.len()).collect();
    order.sort_by(|&a, &b| repertoire.activities[a].id.cmp(&repertoire.activities[b].id));
    let done = wanted.done;
    let resting = &done[done.len().saturating_sub(wanted.no_repeat.min(order.len() / 3))..];
    let mut open: Vec<Offer> = Vec::new();
    let mut refused = Vec::new();
    for &index in &order {
        let activity = &repertoire.activities[index];
        if resting.iter().any(|one| one.activity == activity.id) {
            continue;
        }
        let known = done.iter().filter(|one| one.activity == activity.id).count().min(3) as f64;
        match Offer::of(repertoire, index, request, COST_OF_KNOWN * known) {
            Ok(offer) => open.push(offer),
            Err(refusal) => refused.push((index, refusal)),
        }
    }
    let mut practised = Practised::of(request.profile, done);
    let mut chosen: Vec<Choice> = Vec::with_capacity(wanted.count);
    while chosen.len() < wanted.count && !open.is_empty() {
        if wanted.rounds == Rounds::AllJustRight {
            let Some(choice) = take_best(&mut open, Role::JustRight, &mut practised) else {
                break;
            };
            chosen.push(choice);
            continue;
        }
        let size = (wanted.count - chosen.len()).min(3);
        let mut round = Vec::with_capacity(3);
        // The two that are just right choose first: an easy win is found almost everywhere.
        for _ in 1..size {
            round.extend(take_best(&mut open, Role::JustRight, &mut practised));
        }
        let easy = take_best(&mut open, Role::EasyWin, &mut practised);
        if let Some(easy) = easy.or_else(|| take_best(&mut open, Role::JustRight, &mut practised)) {
            round.insert(0, easy);
        }
        chosen.append(&mut round);
    }
    let mut picks: Vec<Pick> = chosen
        .into_iter()
        .filter_map(|choice| choice.explained(repertoire, request))
        .collect();
    let missing = wanted.count.min(FEWEST).saturating_sub(picks.len());
    picks.extend(nearest(repertoire, request, &refused, missing));
    Picks { picks, refused }
}

/// How much each area was practised lately: the areas that asked most of the child, recent ones more.
struct Practised {
    share: PerArea<f64>,
}

/// What is left of the weight of a pick after one more.
const FORGOTTEN: f64 = 0.9;

/// How much of a pick counts for its bottleneck; the rest is shared by all areas that it loads.
const FOR_BOTTLENECK: f64 = 0.7;

impl Practised {
    fn of(profile: &Profile, done: &[Done]) -> Practised {
        let mut practised = Practised { share: [0.0; COUNT] };
        for one in done.iter().skip(done.len().saturating_sub(60)) {
            practised.add(&one.demands, profile.bottleneck(&one.demands));
        }
        practised
    }

    fn add(&mut self, demands: &Demands, bottleneck: Option<Area>) {
        for share in &mut self.share {
            *share *= FORGOTTEN;
        }
        for area in Area::ALL {
            self.share[area.index()] += part_of(area, demands, bottleneck);
        }
    }

    /// How much this would repeat, from 0.
    fn repeats(&self, glance: &Glance) -> f64 {
        Area::ALL
            .into_iter()
            .map(|area| self.share[area.index()] * part_of(area, &glance.found.demands, glance.bottleneck))
            .sum()
    }
}

fn part_of(area: Area, demands: &Demands, bottleneck: Option<Area>) -> f64 {
    let most = if bottleneck == Some(area) { FOR_BOTTLENECK } else { 0.0 };
    let some = if demands.loads(area) {
        (1.0 - FOR_BOTTLENECK) / demands.raw().len() as f64
    } else {
        0.0
    };
    most + some
}

/// Where a child has outgrown almost everything, or is not there yet: the activities that come nearest, so that a
/// family never stands before an empty page. What safety or time forbids stays forbidden.
fn nearest(
    repertoire: &Repertoire,
    request: &Request,
    refused: &[(usize, Refusal)],
    count: usize,
) -> Vec<Pick> {
    let mut near: Vec<(usize, Grade, f64)> = refused
        .iter()
        .filter_map(|&(activity, refusal)| match refusal {
            Refusal::TooEasy { grade, success } | Refusal::TooHard { grade, success, .. } => {
                Some((activity, grade, (success - WANTED).abs()))
            }
            _ => None,
        })
        .collect();
    near.sort_by(|a, b| a.2.total_cmp(&b.2));
    near.into_iter()
        .take(count)
        .filter_map(|(activity, grade, _)| {
            let plan = at(repertoire, &repertoire.activities[activity], grade, request).ok()?;
            let role = Role::JustRight;
            Some(Pick { activity, role, plan })
        })
        .collect()
}

/// An activity that may be picked, graded for both roles.
struct Offer {
    activity: usize,
    /// What was done before costs.
    cost: f64,
    just_right: Glance,
    /// None where the activity cannot be an easy win.
    easy_win: Option<Glance>,
}

/// What choosing between offers has to know of a grade.
#[derive(Clone, Copy)]
struct Glance {
    found: Found,
    bottleneck: Option<Area>,
}

/// An offer that was taken, in its role.
struct Choice {
    activity: usize,
    role: Role,
    glance: Glance,
}

impl Offer {
    fn of(repertoire: &Repertoire, activity: usize, request: &Request, cost: f64) -> Result<Offer, Refusal> {
        let mut search = Search::new(repertoire, &repertoire.activities[activity], request)?;
        let glance = |found: Found| Glance {
            found,
            bottleneck: request.profile.bottleneck(&found.demands),
        };
        let just_right = search.best(request.band).map(glance)?;
        let easy_win = search.best(Band::EASY_WIN).map(glance).ok();
        Ok(Offer {
            activity,
            cost,
            just_right,
            easy_win,
        })
    }

    fn glance(&self, role: Role) -> Option<Glance> {
        match role {
            Role::EasyWin => self.easy_win,
            Role::JustRight => Some(self.just_right),
        }
    }
}

impl Choice {
    fn explained(self, repertoire: &Repertoire, request: &Request) -> Option<Pick> {
        let Choice {
            activity,
            role,
            glance,
        } = self;
        let band = match role {
            Role::EasyWin => Band::EASY_WIN,
            Role::JustRight => request.band,
        };
        let request = Request { band, ..*request };
        let plan = at(
            repertoire,
            &repertoire.activities[activity],
            glance.found.grade,
            &request,
        )
        .ok()?;
        Some(Pick { activity, role, plan })
    }
}

/// Takes the offer that is worth most in this role: its chance of lying in the band, less what repeats, which
/// are areas of the last picks and activities done before. Equal ones stand in the order of their ids.
fn take_best(open: &mut Vec<Offer>, role: Role, practised: &mut Practised) -> Option<Choice> {
    let mut best: Option<(usize, Glance, f64)> = None;
    for (index, offer) in open.iter().enumerate() {
        let Some(glance) = offer.glance(role) else {
            continue;
        };
        let worth = glance.found.in_band - offer.cost - COST_OF_SAME_AREA * practised.repeats(&glance);
        if best.is_none_or(|(_, _, most)| worth > most) {
            best = Some((index, glance, worth));
        }
    }
    let (index, glance, _) = best?;
    practised.add(&glance.found.demands, glance.bottleneck);
    Some(Choice {
        activity: open.remove(index).activity,
        role,
        glance,
    })
}
