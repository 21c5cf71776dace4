//! Today: what fits into what a family said of it, how many that are, and what to relax where it is few.
//!
//! Time is the engine's own condition; the rest marks activities as left out, and the engine passes them over. So nothing
//! that does not fit is ever offered, and a number is found by asking the engine, never by guessing.

use just_right_catalogue::content::{Activity, Mess, Movement, Noise, Place, Thing};
use just_right_engine::demand::Band;
use just_right_engine::grading::{self, Plan, Request};
use just_right_engine::pick::{self, Wanted};
use just_right_engine::unit::Minutes;

use super::picks::ROUND;
use super::Present;
use crate::family::{Circumstances, Company, Day, Energy, MessAllowed, Response, Whereabouts};
use crate::knowledge::Knowledge;
use crate::words::{self, key, Key};

/// The minutes that one can choose from.
const MINUTES: [u16; 4] = [5, 10, 15, 30];

/// So many ways to relax are offered at most.
const MOST_WAYS: usize = 4;

/// Whether an activity fits into today.
pub fn fits(knowledge: &Knowledge, activity: &Activity, today: &Circumstances) -> bool {
    let in_time = today
        .minutes
        .is_none_or(|most| activity.total_minutes() <= Minutes(most));
    let here = match today.place {
        None => true,
        Some(Whereabouts::Inside) => activity.place.0 != Place::Outdoors,
        Some(Whereabouts::Outside) => {
            matches!(
                activity.place.0,
                Place::Outdoors | Place::OpenSpace | Place::Anywhere
            )
        }
        Some(Whereabouts::OnTheWay) => activity.place.0 == Place::Anywhere,
    };
    let with_us = today.company != Some(Company::TheTwoOfUs) || activity.partners == 0;
    let clean = match today.mess {
        None => true,
        Some(MessAllowed::None) => activity.mess.0 == Mess::None,
        Some(MessAllowed::Some) => activity.mess.0 != Mess::Messy,
    };
    let (noise, movement) = (activity.noise.0, activity.movement.0);
    let suits = match today.energy.map(|(energy, _)| energy) {
        None => true,
        Some(Energy::NeedsToMove) => movement == Movement::Lots,
        Some(Energy::Calm) => movement != Movement::Lots && noise == Noise::Quiet,
        Some(Energy::Overloaded) => {
            movement == Movement::Still && noise == Noise::Quiet && activity.mess.0 == Mess::None
        }
    };
    let kinds = &knowledge.catalogue.things;
    let lacks = activity
        .things
        .iter()
        .filter_map(|&thing| kinds.get(usize::from(thing)))
        .any(|thing| today.missing.contains(&thing.id));
    in_time && here && with_us && clean && suits && !lacks
}

/// What the engine is asked for under circumstances.
pub struct Asked<'a> {
    knowledge: &'a Knowledge,
    present: &'a Present,
    request: Request<'a>,
    left_out: Vec<bool>,
    no_repeat: usize,
    /// How many are as they should be, those that rest because they were just done not counted; nothing where that was not
    /// asked yet.
    possible: Option<usize>,
}

impl<'a> Asked<'a> {
    /// Under these circumstances.
    pub fn under(knowledge: &'a Knowledge, present: &'a Present, today: &Circumstances) -> Asked<'a> {
        let activities = &knowledge.catalogue.activities;
        let left_out = activities
            .iter()
            .map(|one| present.declined.contains(&one.id) || !fits(knowledge, one, today));
        let mut asked = Asked {
            knowledge,
            present,
            request: Request {
                minutes: today.minutes.map(Minutes),
                band: band(present, today),
                ..present.request()
            },
            left_out: left_out.collect(),
            no_repeat: 0,
            possible: None,
        };
        // Where little fits, less of it rests. Where all does, that need not be counted.
        if asked.left_out.contains(&true) {
            let possible = asked.possible();
            asked.no_repeat = asked.wanted(ROUND, possible.len()).no_repeat;
            let resting = present.done.iter().rev().take(asked.no_repeat);
            let resting: Vec<&str> = resting.map(|done| done.activity.as_str()).collect();
            let awake = |index: &&usize| {
                let activity = activities.get(**index);
                !activity.is_some_and(|one| resting.contains(&one.id.as_str()))
            };
            asked.possible = Some(possible.iter().filter(awake).count());
        } else {
            asked.no_repeat = asked.wanted(ROUND, activities.len()).no_repeat;
        }
        asked
    }

    fn possible(&self) -> Vec<usize> {
        pick::possible(&self.knowledge.repertoire, &self.request, &self.asking(ROUND))
    }

    fn wanted(&self, count: usize, among: usize) -> Wanted<'_> {
        Wanted::in_the_app(count, &self.present.done, among)
    }

    fn asking(&self, count: usize) -> Wanted<'_> {
        Wanted {
            no_repeat: self.no_repeat,
            left_out: &self.left_out,
            ..self.wanted(count, 0)
        }
    }

    /// The picks, each with what the family wishes for put on.
    pub fn picks(&self, count: usize) -> Vec<pick::Pick> {
        let repertoire = &self.knowledge.repertoire;
        let found = pick::picks(repertoire, &self.request, &self.asking(count)).picks;
        let with_wishes = found.into_iter().map(|pick| {
            let band = match pick.role {
                pick::Role::EasyWin => Band::EASY_WIN,
                pick::Role::JustRight => self.request.band,
            };
            let request = Request { band, ..self.request };
            let plan = with_wishes(self.knowledge, self.present, pick.activity, pick.plan, &request);
            pick::Pick { plan, ..pick }
        });
        with_wishes.collect()
    }

    /// How many would be offered, one round after the other.
    fn count(&self) -> usize {
        let possible = self.possible.unwrap_or_else(|| self.possible().len());
        if possible >= ROUND {
            return possible;
        }
        let repertoire = &self.knowledge.repertoire;
        let found = pick::picks(repertoire, &self.request, &self.asking(ROUND));
        found.picks.len()
    }
}

/// A child to whom everything is too much gets what will surely go well.
fn band(present: &Present, today: &Circumstances) -> Band {
    match today.energy {
        Some((Energy::Overloaded, _)) => Band::EASY_WIN,
        _ => present.request().band,
    }
}

/// A plan with the settings that help this child with what the activity stirs, and on a day on which everything is too much
/// with a quiet corner.
pub fn with_wishes(
    knowledge: &Knowledge,
    present: &Present,
    index: usize,
    plan: Plan,
    request: &Request,
) -> Plan {
    let catalogue = &knowledge.catalogue;
    let (Some(content), Some(activity)) = (
        catalogue.activities.get(index),
        knowledge.repertoire.activities.get(index),
    ) else {
        return plan;
    };
    let mut wishes: Vec<(usize, u8)> = Vec::new();
    if matches!(present.circumstances.energy, Some((Energy::Overloaded, _))) {
        wishes.extend(quiet_corner(knowledge));
    }
    for sense in &content.senses {
        let avoids = present.senses.contains(&(*sense, Response::Avoids));
        let helps = catalogue.eases.get(sense.0 as usize).filter(|_| avoids);
        let possible = |(lever, _): &&(u8, u8)| content.levers.contains(lever);
        let best = helps.and_then(|helps| helps.iter().find(possible));
        wishes.extend(best.map(|&(lever, setting)| (usize::from(lever), setting)));
    }
    if wishes.is_empty() {
        return plan;
    }
    grading::with_wishes(&knowledge.repertoire, activity, plan, &wishes, request)
}

fn quiet_corner(knowledge: &Knowledge) -> Option<(usize, u8)> {
    let levers = &knowledge.catalogue.levers;
    let place = levers.iter().position(|lever| lever.id == "place")?;
    let settings = &levers.get(place)?.settings;
    let quiet = settings.iter().position(|setting| setting.id == "quiet")?;
    Some((place, u8::try_from(quiet).ok()?))
}

/// The questions about today, in their order on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// How much time there is.
    Minutes,
    /// Where.
    Place,
    /// Who is there.
    Company,
    /// How much there may be to clean.
    Mess,
    /// How the child is.
    Energy,
}

impl Asks {
    /// All of them.
    pub const ALL: [Asks; 5] = [
        Asks::Minutes,
        Asks::Place,
        Asks::Company,
        Asks::Mess,
        Asks::Energy,
    ];

    /// The question.
    pub fn said(self, present: &Present) -> String {
        let said = match self {
            Asks::Minutes => key::ASKS_MINUTES,
            Asks::Place => key::ASKS_PLACE,
            Asks::Company => key::ASKS_COMPANY,
            Asks::Mess => key::ASKS_MESS,
            Asks::Energy => key::ASKS_ENERGY,
        };
        said.with(&present.places())
    }

    /// What can be answered; the last says nothing.
    fn answers(self) -> &'static [Key] {
        match self {
            // Before it stand the minutes, which are numbers.
            Asks::Minutes => &[key::CIRCUMSTANCES_ANY_TIME; MINUTES.len() + 1],
            Asks::Place => &[
                key::CIRCUMSTANCES_INSIDE,
                key::CIRCUMSTANCES_OUTSIDE,
                key::CIRCUMSTANCES_ON_THE_WAY,
                key::CIRCUMSTANCES_ANYWHERE,
            ],
            Asks::Company => &[
                key::CIRCUMSTANCES_TWO_OF_US,
                key::CIRCUMSTANCES_OTHERS,
                key::CIRCUMSTANCES_ANYBODY,
            ],
            Asks::Mess => &[
                key::CIRCUMSTANCES_NO_MESS,
                key::CIRCUMSTANCES_SOME_MESS,
                key::CIRCUMSTANCES_ANY_MESS,
            ],
            Asks::Energy => &[
                key::CIRCUMSTANCES_NEEDS_TO_MOVE,
                key::CIRCUMSTANCES_CALM,
                key::CIRCUMSTANCES_OVERLOADED,
                key::CIRCUMSTANCES_AS_EVER,
            ],
        }
    }

    /// How many answers there are.
    pub fn count(self) -> usize {
        self.answers().len()
    }

    /// An answer in words.
    pub fn answer(self, answer: usize) -> String {
        match (self, MINUTES.get(answer)) {
            (Asks::Minutes, Some(&minutes)) => key::CIRCUMSTANCES_MINUTES.of(minutes.into()),
            _ => self.answers().get(answer).map_or("", |key| key.say()).to_owned(),
        }
    }

    /// Today with this answer.
    #[must_use]
    pub fn answered(self, answer: usize, today: &Circumstances, on: Day) -> Circumstances {
        let mut then = today.clone();
        match self {
            Asks::Minutes => then.minutes = MINUTES.get(answer).copied(),
            Asks::Place => then.place = Whereabouts::ALL.get(answer).copied(),
            Asks::Company => then.company = Company::ALL.get(answer).copied(),
            Asks::Mess => then.mess = MessAllowed::ALL.get(answer).copied(),
            Asks::Energy => then.energy = Energy::ALL.get(answer).map(|&energy| (energy, on)),
        }
        then
    }

    /// The answer that holds; nothing where a number was kept that is no choice here.
    pub fn holding(self, present: &Present) -> Option<usize> {
        let today = &present.circumstances;
        (0..self.count()).find(|&answer| self.answered(answer, today, present.today) == *today)
    }

    /// The answer that was given, where one was.
    fn given(self, present: &Present) -> Option<usize> {
        self.holding(present).filter(|&answer| answer + 1 < self.count())
    }

    /// To give this answer in the stead of what was said, as a thing to do.
    fn relaxed(self, answer: usize, given: usize, present: &Present) -> String {
        let number = |of: usize| MINUTES.get(of).map(|&minutes| words::number(minutes.into()));
        let said = match (self, number(answer), number(given)) {
            (Asks::Minutes, Some(minutes), Some(now)) => {
                return key::RELAX_MINUTES.with(&[("minutes", &minutes), ("now", &now)]);
            }
            (Asks::Minutes, ..) => key::RELAX_ANY_TIME,
            (Asks::Place, ..) => key::RELAX_PLACE,
            (Asks::Company, ..) => key::RELAX_COMPANY,
            (Asks::Mess, ..) if answer == 1 => key::RELAX_SOME_MESS,
            (Asks::Mess, ..) => key::RELAX_ANY_MESS,
            (Asks::Energy, ..) => key::RELAX_ENERGY,
        };
        said.with(&present.places())
    }
}

/// Today with a thing at hand that was missing, or missing that was at hand.
pub fn switched(thing: &Thing, today: &Circumstances) -> Circumstances {
    let mut then = today.clone();
    then.missing.retain(|id| *id != thing.id);
    if then.missing.len() == today.missing.len() {
        then.missing.push(thing.id.clone());
    }
    then
}

/// How many fit now, and what to relax where these are few.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// How many activities are offered under today's circumstances.
    pub count: usize,
    /// What would make them more, the most first.
    pub ways: Vec<Way>,
}

/// One condition relaxed.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// “Allow 15 minutes: 12 more fit”
    pub said: String,
    /// The circumstances without it.
    pub then: Circumstances,
    /// How many more fit then.
    pub more: usize,
}

impl Fit {
    /// Of today.
    pub fn of(knowledge: &Knowledge, present: &Present) -> Fit {
        let count = |today: &Circumstances| Asked::under(knowledge, present, today).count();
        let mut fit = Fit {
            count: count(&present.circumstances),
            ways: Vec::new(),
        };
        if fit.count < ROUND {
            fit.look_for_ways(knowledge, present, &count);
        }
        fit
    }

    /// “4 activities fit now.”
    pub fn said(&self, present: &Present) -> String {
        match self.count {
            0 => key::TODAY_FIT_NONE.with(&present.places()),
            count => key::TODAY_FIT.of(count),
        }
    }

    /// Asks again without each condition: step by step where there are steps, and without all where no single one helps.
    fn look_for_ways(
        &mut self,
        knowledge: &Knowledge,
        present: &Present,
        count: &dyn Fn(&Circumstances) -> usize,
    ) {
        let today = &present.circumstances;
        for asks in Asks::ALL {
            let Some(given) = asks.given(present) else {
                continue;
            };
            let last = asks.count() - 1;
            let first = match asks {
                Asks::Minutes | Asks::Mess => given + 1,
                _ => last,
            };
            for answer in first..=last {
                let then = asks.answered(answer, today, present.today);
                if self.add(asks.relaxed(answer, given, present), then, count) {
                    break;
                }
            }
        }
        for thing in &knowledge.catalogue.things {
            if today.missing.contains(&thing.id) {
                let said = key::RELAX_THING.with(&[("thing", &thing.name)]);
                self.add(said, switched(thing, today), count);
            }
        }
        if self.ways.is_empty() {
            self.add(key::RELAX_ALL.say().to_owned(), Circumstances::default(), count);
        }
        self.ways.sort_by_key(|way| std::cmp::Reverse(way.more));
        self.ways.truncate(MOST_WAYS);
    }

    /// Adds a way where more fit then: whether that is so.
    fn add(&mut self, way: String, then: Circumstances, count: &dyn Fn(&Circumstances) -> usize) -> bool {
        let more = count(&then).saturating_sub(self.count);
        if more > 0 {
            let said = key::RELAX_MORE.with(&[("way", &way), ("more", &key::RELAX_COUNT.of(more))]);
            self.ways.push(Way { said, then, more });
        }
        more > 0
    }
}

/// What was said of today, one by one, as it stands inside a sentence.
fn conditions(knowledge: &Knowledge, present: &Present) -> Vec<String> {
    let mut all = Vec::new();
    for asks in Asks::ALL {
        all.extend(asks.given(present).map(|answer| asks.answer(answer)));
    }
    let things = &knowledge.catalogue.things;
    let missing = &present.circumstances.missing;
    let missing = things.iter().filter(|thing| missing.contains(&thing.id)).count();
    if missing > 0 {
        all.push(key::CIRCUMSTANCES_WITHOUT.of(missing));
    }
    all
}

/// All of today in one line: “15 minutes · inside · no mess”, or that anything goes.
pub fn summary(knowledge: &Knowledge, present: &Present) -> String {
    let all = conditions(knowledge, present);
    if all.is_empty() {
        key::TODAY_ANYTHING.say().to_owned()
    } else {
        words::capital(&all.join(key::TODAY_BETWEEN.say()))
    }
}

/// Whether an activity fits into today, as its page says it; nothing where nothing was said.
pub fn why(knowledge: &Knowledge, present: &Present, activity: &Activity) -> Option<String> {
    let all = conditions(knowledge, present);
    let said = if fits(knowledge, activity, &present.circumstances) {
        key::TODAY_WHY_FITS
    } else {
        key::TODAY_WHY_NOT
    };
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    (!all.is_empty()).then(|| said.with(&[("conditions", &words::list(&all))]))
}
