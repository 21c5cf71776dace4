//! The set of picks: one easy win and two that are just right, spread over areas, new before known.

use alloc::collections::{BTreeMap, BinaryHeap};
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::ability::Profile;
use crate::area::{Area, Areas, PerArea, COUNT};
use crate::demand::{Band, Demands};
use crate::grading::{at, Plan, Refusal, Request};
use crate::repertoire::{Grade, Repertoire};
use crate::search::{Found, Peaks, Search, Wish};
use crate::sight::Eyes;

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
    /// How long it rests.
    pub rest: Rest,
}

/// How long an activity rests after it was done. Where it was done several times, the last one decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Rest {
    /// Half as long as usual.
    Half,
    /// For [`Wanted::no_repeat`] reported picks.
    #[default]
    Usual,
    /// Twice as long as usual.
    Double,
}

impl Rest {
    /// For so many reported picks, where so many are usual.
    fn of(self, usual: usize) -> usize {
        match self {
            Rest::Half => usual / 2,
            Rest::Usual => usual,
            Rest::Double => usual.saturating_mul(2),
        }
    }
}

/// How a set is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounds {
    /// Each three begin with an easy win.
    WithEasyWin,
    /// All in the wanted band, the best first.
    AllJustRight,
}

impl Rounds {
    /// How many of the roles there are picks for, the first being [`Role::JustRight`].
    fn roles(self) -> usize {
        match self {
            Rounds::WithEasyWin => 2,
            Rounds::AllJustRight => 1,
        }
    }
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
    /// An activity rests for so many reported picks (see [`Rest`]); fewer where the repertoire is small.
    pub no_repeat: usize,
    /// How much variety over areas is worth beside fit: 0 is none, 1 what the app asks for.
    pub variety: f64,
    /// Marks of activities that do not come into question today, at their indices: they are passed over as if they were not
    /// there. What lies beyond the end has no mark.
    pub left_out: &'a [bool],
}

impl<'a> Wanted<'a> {
    /// What the app asks for, of so many activities in all.
    pub fn in_the_app(count: usize, done: &'a [Done], activities: usize) -> Wanted<'a> {
        Wanted {
            count,
            rounds: Rounds::WithEasyWin,
            done,
            no_repeat: NO_REPEAT.min(activities / 3),
            variety: 1.0,
            left_out: &[],
        }
    }

    /// Whether the activity at this place is passed over.
    fn leaves_out(&self, index: usize) -> bool {
        self.left_out.get(index) == Some(&true)
    }
}

/// What a pick is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// In the band of the dial.
    JustRight,
    /// Will very probably go well.
    EasyWin,
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
    /// Activities that are not possible now: index and reason, in the order of ids. Those that were not looked at
    /// because others were surely better are not among them.
    pub refused: Vec<(usize, Refusal)>,
}

/// An activity is not offered again within so many reported picks (fewer where the repertoire is small).
pub const NO_REPEAT: usize = 8;

/// So many picks are offered even where none is as it should be.
const FEWEST: usize = 3;

/// The chance of success that is wanted where there is no choice of bands left.
const WANTED: f64 = 0.75;

/// What an area that was just picked costs the next pick that loads it, in probability of lying in the band.
const COST_OF_SAME_AREA: f64 = 0.13;

/// What an activity that was done before costs, each time a little more, up to three times.
const COST_OF_KNOWN: f64 = 0.03;

/// Chooses a set of picks. The order of the repertoire does not matter: equal values go by id.
pub fn picks(repertoire: &Repertoire, request: &Request, wanted: &Wanted) -> Picks {
    let mut table = Table::laid(repertoire, request, wanted);
    let mut chosen: Vec<Choice> = Vec::new();
    while chosen.len() < wanted.count {
        let before = chosen.len();
        match wanted.rounds {
            Rounds::AllJustRight => chosen.extend(table.take(Role::JustRight)),
            Rounds::WithEasyWin => {
                let size = (wanted.count - chosen.len()).min(3);
                // The two that are just right choose first: an easy win is found almost everywhere.
                for _ in 1..size {
                    chosen.extend(table.take(Role::JustRight));
                }
                let easy = table.take(Role::EasyWin).or_else(|| table.take(Role::JustRight));
                if let Some(easy) = easy {
                    chosen.insert(before, easy);
                }
            }
        }
        if chosen.len() == before {
            break;
        }
    }
    let mut picks: Vec<Pick> = chosen
        .into_iter()
        .filter_map(|choice| choice.explained(repertoire, request))
        .collect();
    let refused = table.refused();
    let missing = wanted.count.min(FEWEST).saturating_sub(picks.len());
    picks.extend(nearest(repertoire, request, &refused, missing));
    Picks { picks, refused }
}

/// Which activities would be picked if all were asked for that are as they should be, whether as an easy win or just right:
/// their indices, rising. It is what [`picks`] finds, without its order and its reasons.
pub fn possible(repertoire: &Repertoire, request: &Request, wanted: &Wanted) -> Vec<usize> {
    let mut table = Table::laid(repertoire, request, wanted);
    let roles = [Role::JustRight, Role::EasyWin];
    let roles = &roles[..wanted.rounds.roles()];
    let mut found: Vec<usize> = (0..table.open.len())
        .filter(|&place| {
            let mut seen = roles.iter().map(|&role| table.look(place, role).is_some());
            seen.any(|is_possible| is_possible)
        })
        .collect();
    for place in &mut found {
        *place = table.open[*place].activity;
    }
    found.sort_unstable();
    found
}

/// Among so few activities an offer is passed over only when it surely could not win. Among more a glance has to do, which is
/// hardly ever wrong, and if so there are others as good: see `tests/search.rs`.
const FEW: usize = 200;

/// The activities that may be offered, each looked at only when it could win.
struct Table<'a> {
    repertoire: &'a Repertoire,
    request: &'a Request<'a>,
    eyes: Eyes<'a>,
    wishes: [Wish; 2],
    variety: f64,
    /// Whether no offer may be passed over on an estimate.
    few: bool,
    practised: Practised,
    open: Vec<Offer>,
    refused: Vec<(usize, Refusal)>,
}

impl<'a> Table<'a> {
    fn laid(repertoire: &'a Repertoire, request: &'a Request<'a>, wanted: &Wanted) -> Table<'a> {
        let done = wanted.done;
        let mut resting: BTreeMap<&str, bool> = BTreeMap::new();
        let longest = Rest::Double.of(wanted.no_repeat);
        for (before, one) in done.iter().rev().take(longest).enumerate() {
            let still = before < one.rest.of(wanted.no_repeat);
            resting.entry(one.activity.as_str()).or_insert(still);
        }
        let mut known: BTreeMap<&str, u8> = BTreeMap::new();
        for one in done {
            let times = known.entry(one.activity.as_str()).or_default();
            *times = times.saturating_add(1).min(3);
        }
        let marks = wanted.left_out.iter().take(repertoire.activities.len());
        let left_out = marks.filter(|&&mark| mark).count();
        let mut table = Table {
            repertoire,
            request,
            eyes: Eyes::of(request.profile),
            wishes: [Wish::of(request.band), Wish::of(Band::EASY_WIN)],
            variety: wanted.variety,
            few: repertoire.activities.len() - left_out <= FEW,
            practised: Practised::of(request.profile, done),
            open: Vec::with_capacity(repertoire.activities.len()),
            refused: Vec::new(),
        };
        let wishes = table.wishes.iter().take(wanted.rounds.roles());
        let mut peaks: Vec<Peaks> = wishes.map(|&wish| Peaks::of_wish(repertoire, wish)).collect();
        for (index, activity) in repertoire.activities.iter().enumerate() {
            if wanted.leaves_out(index) || resting.get(activity.id.as_str()) == Some(&true) {
                continue;
            }
            let search = match Search::new(repertoire, activity, request) {
                Ok(search) => search,
                Err(refusal) => {
                    table.refused.push((index, refusal));
                    continue;
                }
            };
            let (most, areas) = if table.few {
                ([1.0; 2], search.areas())
            } else {
                search.first_glance(&mut table.eyes, &mut peaks)
            };
            let times = known.get(activity.id.as_str()).copied().unwrap_or(0);
            table.open.push(Offer {
                activity: index,
                areas,
                cost: COST_OF_KNOWN * f64::from(times),
                sight: most.map(Seen::Far),
            });
        }
        table
    }

    /// Takes the offer that is worth most in this role: its chance of lying in the band less what its adaptations cost,
    /// less what repeats, which are areas of the last picks and activities done before. Equal ones go by id.
    ///
    /// What could be worth most is looked at first, and when nothing that was not looked at could still win, the best is
    /// found.
    fn take(&mut self, role: Role) -> Option<Choice> {
        let mut hopes: BinaryHeap<Hope<'a>> = self
            .open
            .iter()
            .enumerate()
            .filter_map(|(place, offer)| self.hope(place, offer, role))
            .collect();
        let mut best: Option<(Hope<'a>, Glance)> = None;
        while let Some(hope) = hopes.pop() {
            if best.as_ref().is_some_and(|(known, _)| hope.worth < known.worth) {
                break;
            }
            if self.came_nearer(hope.place, role) {
                hopes.extend(self.hope(hope.place, &self.open[hope.place], role));
                continue;
            }
            let Some(glance) = self.look(hope.place, role) else {
                continue;
            };
            let worth = self.worth(&self.open[hope.place], &glance);
            let found = Hope { worth, ..hope };
            let beats = |known: &Hope<'_>| worth > known.worth || worth == known.worth && found.id < known.id;
            if best.as_ref().is_none_or(|(known, _)| beats(known)) {
                best = Some((found, glance));
            }
        }
        let (found, glance) = best?;
        self.practised.add(&glance.found.demands, glance.bottleneck);
        Some(Choice {
            activity: self.open.swap_remove(found.place).activity,
            role,
            glance,
        })
    }

    /// What an offer could be worth at most.
    fn hope(&self, place: usize, offer: &Offer, role: Role) -> Option<Hope<'a>> {
        let worth = match &offer.sight[role as usize] {
            Seen::Nothing => return None,
            Seen::All(glance) => self.worth(offer, glance),
            Seen::Far(most) | Seen::AtMost(most) => {
                let repeats = self.variety * COST_OF_SAME_AREA * self.practised.least(offer.areas);
                most - offer.cost - repeats
            }
        };
        let id = &self.repertoire.activities[offer.activity].id;
        Some(Hope { worth, place, id })
    }

    fn worth(&self, offer: &Offer, glance: &Glance) -> f64 {
        let repeats = self.variety * COST_OF_SAME_AREA * self.practised.repeats(glance);
        glance.found.value - offer.cost - repeats
    }

    /// Looks more closely at what was only seen from far: whether there was anything to see more closely.
    fn came_nearer(&mut self, place: usize, role: Role) -> bool {
        let offer = &mut self.open[place];
        let seen = &mut offer.sight[role as usize];
        let Seen::Far(most) = seen else {
            return false;
        };
        let activity = &self.repertoire.activities[offer.activity];
        let wish = &self.wishes[role as usize];
        let closer = Search::new(self.repertoire, activity, self.request).map_or(f64::INFINITY, |search| {
            if self.few {
                search.most_value(&mut self.eyes, wish)
            } else {
                search.likely_value(&mut self.eyes, wish)
            }
        });
        *seen = Seen::AtMost(closer.min(*most));
        true
    }

    fn look(&mut self, place: usize, role: Role) -> Option<Glance> {
        let offer = &mut self.open[place];
        let seen = &mut offer.sight[role as usize];
        if let Seen::Far(_) | Seen::AtMost(_) = seen {
            let activity = &self.repertoire.activities[offer.activity];
            let wish = &self.wishes[role as usize];
            let found = Search::new(self.repertoire, activity, self.request)
                .and_then(|search| search.best(&mut self.eyes, wish));
            *seen = match found {
                Ok(found) => Seen::All(Glance {
                    found,
                    bottleneck: self.request.profile.bottleneck(&found.demands),
                }),
                Err(refusal) => {
                    if role == Role::JustRight {
                        self.refused.push((offer.activity, refusal));
                    }
                    Seen::Nothing
                }
            };
        }
        match seen {
            Seen::All(glance) => Some(*glance),
            _ => None,
        }
    }

    /// Why activities are not offered, in the order of ids.
    fn refused(self) -> Vec<(usize, Refusal)> {
        let mut refused = self.refused;
        let id = |index: usize| &self.repertoire.activities[index].id;
        refused.sort_by(|a, b| id(a.0).cmp(id(b.0)));
        refused
    }
}

/// An activity that may be picked.
struct Offer {
    activity: usize,
    /// All areas that any of its open rungs loads.
    areas: Areas,
    /// What it costs that it was done before.
    cost: f64,
    /// For each [`Role`].
    sight: [Seen; 2],
}

/// What is known of an activity in a role.
enum Seen {
    /// It was seen from far, and is worth no more than this.
    Far(f64),
    /// It was looked at closely, and is worth no more than this.
    AtMost(f64),
    /// It was looked at.
    All(Glance),
    /// It was looked at, and there is no grade for this role.
    Nothing,
}

/// What an offer is, or could be, worth.
struct Hope<'a> {
    worth: f64,
    place: usize,
    id: &'a str,
}

impl Ord for Hope<'_> {
    /// Of equal ones the first by id is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth
            .total_cmp(&other.worth)
            .then_with(|| other.id.cmp(self.id))
    }
}

impl PartialOrd for Hope<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Hope<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Hope<'_> {}

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

    /// How much anything that loads no other than these areas would repeat at least.
    fn least(&self, areas: Areas) -> f64 {
        let shares = areas.iter().map(|area| self.share[area.index()]);
        let least = shares.fold(f64::INFINITY, f64::min);
        if least.is_finite() {
            least
        } else {
            0.0
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
    let most = if bottleneck == Some(area) {
        FOR_BOTTLENECK
    } else {
        0.0
    };
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

/// What it needs to know of a grade.
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
