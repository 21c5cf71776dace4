//! Today: what fits into what a family said of it, how many that are, and what to relax where it is few.
//!
//! Time is the engine's own condition; the rest marks activities as left out, and the engine passes them over. So nothing
//! that does not fit is ever offered, and a number is found by asking the engine, never by guessing.

use just_right_catalogue::content::{Activity, Mess, Movement, Noise, Place};
use just_right_engine::demand::Band;
use just_right_engine::grading::{self, Plan, Request};
use just_right_engine::pick::{self, Rounds, Wanted};
use just_right_engine::unit::Minutes;

use super::Present;
use crate::family::{Circumstances, Company, Energy, MessAllowed, Response, Whereabouts};
use crate::knowledge::Knowledge;
use crate::words::{self, key, Key};

/// The minutes that one can choose from.
const MINUTES: [u16; 4] = [5, 10, 15, 30];

/// So many ways to relax are offered at most.
const MOST_WAYS: usize = 4;

/// So many picks make a round; where fewer fit, there is something to relax.
const ROUND: usize = 3;

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
    /// How many are as they should be, those that rest because they were just done not counted.
    possible: usize,
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
            possible: activities.len(),
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
            asked.possible = possible.iter().filter(awake).count();
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
            count,
            rounds: Rounds::WithEasyWin,
            done: &self.present.done,
            no_repeat: self.no_repeat,
            variety: 1.0,
            left_out: &self.left_out,
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
        if self.possible >= ROUND {
            return self.possible;
        }
        let repertoire = &self.knowledge.repertoire;
        pick::picks(repertoire, &self.request, &self.asking(ROUND))
            .picks
            .len()
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
        let today = &present.circumstances;
        let now = count(today);
        let mut ways = Vec::new();
        if now < ROUND {
            for steps in relaxed(knowledge, present, today) {
                let more = |(said, then): (String, Circumstances)| {
                    let more = count(&then).saturating_sub(now);
                    (more > 0).then_some(Way { said, then, more })
                };
                ways.extend(steps.into_iter().find_map(more));
            }
            let nothing_said = Circumstances::default();
            if ways.is_empty() && *today != nothing_said {
                let more = count(&nothing_said).saturating_sub(now);
                ways.extend((more > 0).then(|| Way {
                    said: key::RELAX_ALL.say().to_owned(),
                    then: nothing_said,
                    more,
                }));
            }
            ways.sort_by_key(|way| std::cmp::Reverse(way.more));
            ways.truncate(MOST_WAYS);
            for way in &mut ways {
                way.said =
                    key::RELAX_MORE.with(&[("way", &way.said), ("more", &key::RELAX_COUNT.of(way.more))]);
            }
        }
        Fit { count: now, ways }
    }

    /// “4 activities fit now.”
    pub fn said(&self, present: &Present) -> String {
        match self.count {
            0 => key::TODAY_FIT_NONE.with(&present.places()),
            count => key::TODAY_FIT.of(count),
        }
    }
}

/// For each condition that was said, the circumstances with less and less of it.
fn relaxed(
    knowledge: &Knowledge,
    present: &Present,
    today: &Circumstances,
) -> Vec<Vec<(String, Circumstances)>> {
    let with = |said: String, change: &dyn Fn(&mut Circumstances)| {
        let mut then = today.clone();
        change(&mut then);
        (said, then)
    };
    let mut all = Vec::new();
    if let Some(now) = today.minutes {
        let longer = MINUTES.into_iter().filter(|&more| more > now);
        let longer = longer.map(|more| {
            let said = key::RELAX_MINUTES.with(&[
                ("minutes", &words::number(more.into())),
                ("now", &words::number(now.into())),
            ]);
            with(said, &|then| then.minutes = Some(more))
        });
        let any = with(key::RELAX_ANY_TIME.say().into(), &|then| then.minutes = None);
        all.push(longer.chain([any]).collect());
    }
    if today.place.is_some() {
        all.push(vec![with(key::RELAX_PLACE.say().into(), &|then| {
            then.place = None
        })]);
    }
    if today.company.is_some() {
        all.push(vec![with(key::RELAX_COMPANY.say().into(), &|then| {
            then.company = None
        })]);
    }
    let some = with(key::RELAX_SOME_MESS.say().into(), &|then| {
        then.mess = Some(MessAllowed::Some)
    });
    let any = with(key::RELAX_ANY_MESS.say().into(), &|then| then.mess = None);
    match today.mess {
        Some(MessAllowed::None) => all.push(vec![some, any]),
        Some(MessAllowed::Some) => all.push(vec![any]),
        None => {}
    }
    if today.energy.is_some() {
        let said = key::RELAX_ENERGY.with(&present.places());
        all.push(vec![with(said, &|then| then.energy = None)]);
    }
    for thing in &knowledge.catalogue.things {
        if today.missing.contains(&thing.id) {
            let said = key::RELAX_THING.with(&[("thing", &thing.name)]);
            all.push(vec![with(said, &|then| {
                then.missing.retain(|id| *id != thing.id)
            })]);
        }
    }
    all
}

/// A question about today, and what can be tapped.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The question.
    pub asks: String,
    /// Whether several can hold, each of them a lack.
    pub lacks: bool,
    /// Name, whether it holds, and the circumstances after a tap on it.
    pub choices: Vec<(String, bool, Circumstances)>,
}

/// All questions about today.
pub fn groups(knowledge: &Knowledge, present: &Present) -> Vec<Group> {
    let today = &present.circumstances;
    let asks = |said: Key| said.with(&present.places());
    let one_of = |asks: String, choices: Vec<(String, Circumstances)>| {
        let choices = choices.into_iter();
        Group {
            asks,
            lacks: false,
            choices: choices.map(|(name, then)| (name, then == *today, then)).collect(),
        }
    };
    let with = |name: String, change: &dyn Fn(&mut Circumstances)| {
        let mut then = today.clone();
        change(&mut then);
        (name, then)
    };
    let minutes = MINUTES
        .map(Some)
        .into_iter()
        .chain([None])
        .map(|minutes| with(minutes_said(minutes), &|then| then.minutes = minutes));
    let places = options(Whereabouts::ALL).map(|place| with(place_said(place), &|then| then.place = place));
    let company =
        options(Company::ALL).map(|company| with(company_said(company), &|then| then.company = company));
    let mess = options(MessAllowed::ALL).map(|mess| with(mess_said(mess), &|then| then.mess = mess));
    let energy = options(Energy::ALL).map(|energy| {
        with(energy_said(energy), &|then| {
            then.energy = energy.map(|energy| (energy, present.today))
        })
    });
    let mut groups = vec![
        one_of(asks(key::ASKS_MINUTES), minutes.collect()),
        one_of(asks(key::ASKS_PLACE), places.collect()),
        one_of(asks(key::ASKS_COMPANY), company.collect()),
        one_of(asks(key::ASKS_MESS), mess.collect()),
        one_of(asks(key::ASKS_ENERGY), energy.collect()),
    ];
    let things = knowledge.catalogue.things.iter().map(|thing| {
        let missing = today.missing.contains(&thing.id);
        let (name, then) = with(thing.name.clone(), &|then| {
            if missing {
                then.missing.retain(|id| *id != thing.id);
            } else {
                then.missing.push(thing.id.clone());
            }
        });
        (name, missing, then)
    });
    groups.push(Group {
        asks: asks(key::ASKS_THINGS),
        lacks: true,
        choices: things.collect(),
    });
    groups
}

/// Each of a list, and nothing said at the end.
fn options<T: Copy>(all: &'static [T]) -> impl Iterator<Item = Option<T>> {
    all.iter().copied().map(Some).chain([None])
}

fn minutes_said(minutes: Option<u16>) -> String {
    match minutes {
        Some(minutes) => key::CIRCUMSTANCES_MINUTES.of(minutes.into()),
        None => key::CIRCUMSTANCES_ANY_TIME.say().to_owned(),
    }
}

fn place_said(place: Option<Whereabouts>) -> String {
    let said = match place {
        Some(Whereabouts::Inside) => key::CIRCUMSTANCES_INSIDE,
        Some(Whereabouts::Outside) => key::CIRCUMSTANCES_OUTSIDE,
        Some(Whereabouts::OnTheWay) => key::CIRCUMSTANCES_ON_THE_WAY,
        None => key::CIRCUMSTANCES_ANYWHERE,
    };
    said.say().to_owned()
}

fn company_said(company: Option<Company>) -> String {
    let said = match company {
        Some(Company::TheTwoOfUs) => key::CIRCUMSTANCES_TWO_OF_US,
        Some(Company::Others) => key::CIRCUMSTANCES_OTHERS,
        None => key::CIRCUMSTANCES_ANYBODY,
    };
    said.say().to_owned()
}

fn mess_said(mess: Option<MessAllowed>) -> String {
    let said = match mess {
        Some(MessAllowed::None) => key::CIRCUMSTANCES_NO_MESS,
        Some(MessAllowed::Some) => key::CIRCUMSTANCES_SOME_MESS,
        None => key::CIRCUMSTANCES_ANY_MESS,
    };
    said.say().to_owned()
}

fn energy_said(energy: Option<Energy>) -> String {
    let said = match energy {
        Some(Energy::NeedsToMove) => key::CIRCUMSTANCES_NEEDS_TO_MOVE,
        Some(Energy::Calm) => key::CIRCUMSTANCES_CALM,
        Some(Energy::Overloaded) => key::CIRCUMSTANCES_OVERLOADED,
        None => key::CIRCUMSTANCES_AS_EVER,
    };
    said.say().to_owned()
}

/// What was said of today, one by one, as it stands inside a sentence.
fn conditions(knowledge: &Knowledge, today: &Circumstances) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(today.minutes.map(|minutes| minutes_said(Some(minutes))));
    all.extend(today.place.map(|place| place_said(Some(place))));
    all.extend(today.company.map(|company| company_said(Some(company))));
    all.extend(today.mess.map(|mess| mess_said(Some(mess))));
    all.extend(today.energy.map(|(energy, _)| energy_said(Some(energy))));
    let things = &knowledge.catalogue.things;
    let missing = things
        .iter()
        .filter(|thing| today.missing.contains(&thing.id))
        .count();
    if missing > 0 {
        all.push(key::CIRCUMSTANCES_WITHOUT.of(missing));
    }
    all
}

/// All of today in one line: “15 minutes · inside · no mess”, or that anything goes.
pub fn summary(knowledge: &Knowledge, present: &Present) -> String {
    let all = conditions(knowledge, &present.circumstances);
    if all.is_empty() {
        key::TODAY_ANYTHING.say().to_owned()
    } else {
        words::capital(&all.join(key::TODAY_BETWEEN.say()))
    }
}

/// Whether an activity fits into today, as its page says it; nothing where nothing was said.
pub fn why(knowledge: &Knowledge, present: &Present, activity: &Activity) -> Option<String> {
    let today = &present.circumstances;
    let all = conditions(knowledge, today);
    let said = if fits(knowledge, activity, today) {
        key::TODAY_WHY_FITS
    } else {
        key::TODAY_WHY_NOT
    };
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    (!all.is_empty()).then(|| said.with(&[("conditions", &words::list(&all))]))
}
