//! How each part of the content stands on a tape. What ranks stands in columns over all activities or rungs: a column
//! of ages or hazards is far more alike than the row of one rung.

use std::collections::BTreeMap;

use just_right_engine::area::Area;

use super::tape::kept;
use super::{Broken, Kept, Part, Scroll, Tape};
use crate::content::{
    Activity, ActivityText, Catalogue, Channel, Drawings, Gate, Lever, Material, Mess, Movement, Noise, Page,
    Picture, Place, Question, Response, Rung, RungText, Section, Setting, Shape, Source, Speech, Texts,
    Thing,
};
use crate::id::{slug, Id, Named};

impl Part for Catalogue {}
impl Part for Texts {}
impl Part for Drawings {}
impl Part for Speech {}

kept! {
    Speech { interface, catalogue, pictures, in_english }
    Channel { sense, ask, avoids, fine, looks_for }
    Response { name, levers, words }
    ActivityText {
        promise, also_practised, icf: names, suits, kitchen, materials, safety_notes, rungs, words, supports,
        easier_when, harder_when, ask_someone, before: names,
    }
    Material { what, instead }
    RungText { name, source, set_up: later, steps: later }
    Page { id: name, title, intro, sections }
    Section { id: name, heading, text, list }
    Lever { id: name, name, settings }
    Setting { id: name, name, short, words, shift: all_logits, intrusion: logits, therapist_only }
    Gate { id: name, area, at: logits, supports }
    Question { id: plain, area, months: months, spread: spread }
    Thing { id: plain, name }
    Picture { name: plain, title, size, shapes }
    Shape { tag, attributes: attributes, children }
}

/// A string that may stand in several places.
mod name {
    use super::{Broken, Scroll, Tape};

    pub(super) fn keep(name: &str, tape: &mut Tape) {
        tape.name(name);
    }

    pub(super) fn read(scroll: &mut Scroll) -> Result<String, Broken> {
        scroll.name().map(str::to_owned)
    }
}

/// Several of them.
mod names {
    use super::{name, Broken, Scroll, Tape};

    pub(super) fn keep(names: &[String], tape: &mut Tape) {
        tape.number(names.len() as u64);
        names.iter().for_each(|one| name::keep(one, tape));
    }

    pub(super) fn read(scroll: &mut Scroll) -> Result<Vec<String>, Broken> {
        let length = scroll.number()?;
        (0..length).map(|_| name::read(scroll)).collect()
    }
}

/// A string like no other.
mod plain {
    use super::{Broken, Scroll, Tape};

    pub(super) fn keep(plain: &str, tape: &mut Tape) {
        tape.plain(plain);
    }

    pub(super) fn read(scroll: &mut Scroll) -> Result<String, Broken> {
        scroll.plain().map(str::to_owned)
    }
}

/// What stands in a column behind all else: see how [`Texts`] are kept.
mod later {
    use super::{Broken, Scroll, Tape};

    pub(super) fn keep<T>(_: &T, _: &mut Tape) {}

    pub(super) fn read<T: Default>(_: &mut Scroll) -> Result<T, Broken> {
        Ok(T::default())
    }
}

/// Numbers that are rounded, each kind to its own part of one.
macro_rules! rounded {
    ($($(#[$doc:meta])* $name:ident, $parts:literal;)*) => { $(
        $(#[$doc])*
        pub(crate) mod $name {
            use super::{Broken, Scroll, Tape};

            pub(super) fn keep(number: &f32, tape: &mut Tape) {
                tape.in_parts(*number, $parts);
            }

            pub(super) fn read(scroll: &mut Scroll) -> Result<f32, Broken> {
                scroll.in_parts($parts)
            }

            /// The number as it comes back.
            #[cfg(feature = "source")]
            pub(crate) fn rounded(number: f32) -> f32 {
                (number * $parts).round() / $parts
            }
        }
    )* };
}
rounded! {
    /// An age: to half a month.
    months, 2.0;
    /// A spread: to a tenth of a logit.
    spread, 10.0;
    /// A shift, or a place on the scale: to a hundredth of a logit.
    logits, 100.0;
}

mod all_logits {
    use super::{logits, Broken, Scroll, Tape};

    pub(super) fn keep(all: &[f32], tape: &mut Tape) {
        tape.number(all.len() as u64);
        all.iter().for_each(|one| logits::keep(one, tape));
    }

    pub(super) fn read(scroll: &mut Scroll) -> Result<Vec<f32>, Broken> {
        let length = scroll.number()?;
        (0..length).map(|_| logits::read(scroll)).collect()
    }
}

/// Attributes of a shape: a path is like no other, the rest comes again and again.
mod attributes {
    use super::{name, plain, Broken, Scroll, Shape, Tape};

    fn is_path(attribute: u8) -> bool {
        matches!(
            Shape::ATTRIBUTES.get(usize::from(attribute)),
            Some(&"d" | &"points" | &"transform")
        )
    }

    pub(super) fn keep(all: &[(u8, String)], tape: &mut Tape) {
        tape.number(all.len() as u64);
        for (attribute, value) in all {
            tape.number((*attribute).into());
            if is_path(*attribute) {
                plain::keep(value, tape);
            } else {
                name::keep(value, tape);
            }
        }
    }

    pub(super) fn read(scroll: &mut Scroll) -> Result<Vec<(u8, String)>, Broken> {
        let length = scroll.number()?;
        let read = |_| {
            let attribute = scroll.small()?;
            let value = if is_path(attribute) {
                plain::read(scroll)?
            } else {
                name::read(scroll)?
            };
            Ok((attribute, value))
        };
        (0..length).map(read).collect()
    }
}

/// What to get ready for all rungs stands in a column, and then all steps: a step is far more like other steps than like
/// what stands around it in its rung.
impl Kept for Texts {
    fn keep(&self, tape: &mut Tape) {
        self.activities.keep(tape);
        self.advice.keep(tape);
        self.channels.keep(tape);
        self.questions.keep(tape);
        self.whys.keep(tape);
        let rungs = || self.activities.iter().flat_map(|one| &one.rungs);
        rungs().for_each(|rung| rung.set_up.keep(tape));
        rungs().for_each(|rung| rung.steps.keep(tape));
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        let mut texts = Texts {
            activities: Kept::read(scroll)?,
            advice: Kept::read(scroll)?,
            channels: Kept::read(scroll)?,
            questions: Kept::read(scroll)?,
            whys: Kept::read(scroll)?,
        };
        for rung in texts.activities.iter_mut().flat_map(|one| &mut one.rungs) {
            rung.set_up = Kept::read(scroll)?;
        }
        for rung in texts.activities.iter_mut().flat_map(|one| &mut one.rungs) {
            rung.steps = Kept::read(scroll)?;
        }
        Ok(texts)
    }
}

impl Kept for Drawings {
    fn keep(&self, tape: &mut Tape) {
        self.0.keep(tape);
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Kept::read(scroll).map(Drawings)
    }
}

impl Kept for Source {
    fn keep(&self, tape: &mut Tape) {
        let (kind, which) = match self {
            Source::Judgement => (0, None),
            Source::Data(anchor) => (1, Some(anchor)),
            Source::List(which) => (2, Some(which)),
        };
        tape.number(kind);
        if let Some(which) = which {
            tape.name(which);
        }
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Ok(match scroll.number()? {
            0 => Source::Judgement,
            1 => Source::Data(name::read(scroll)?),
            2 => Source::List(name::read(scroll)?),
            _ => return Err(Broken),
        })
    }
}

impl Kept for Catalogue {
    fn keep(&self, tape: &mut Tape) {
        self.levers.keep(tape);
        self.gates.keep(tape);
        self.questions.keep(tape);
        self.things.keep(tape);
        self.eases.keep(tape);
        let all = &self.activities;
        tape.number(all.len() as u64);
        for one in all {
            tape.text(&one.title);
            // Most are named after their title, and their drawing after them.
            tape.plain(if one.id == slug(&one.title) { "" } else { &one.id });
            tape.plain(if one.picture == one.id { "" } else { &one.picture });
        }
        all.iter().for_each(|one| one.occupation.keep(tape));
        for kind in 0..3 {
            all.iter().for_each(|one| one.minutes[kind].keep(tape));
        }
        all.iter().for_each(|one| tape.number(places(&one.gates)));
        all.iter().for_each(|one| tape.number(places(&one.levers)));
        all.iter().for_each(|one| tape.number(one.rungs.len() as u64));
        all.iter().for_each(|one| keep_demands(&one.rungs, tape));
        let rungs = || all.iter().flat_map(|one| &one.rungs);
        rungs().for_each(|rung| spread::keep(&rung.spread, tape));
        rungs().for_each(|rung| tape.number(set(&rung.hazards)));
        rungs().for_each(|rung| tape.number(set(&rung.allergens)));
        rungs().for_each(|rung| tape.number(set(&rung.limits)));
        rungs().for_each(|rung| rung.supervision.keep(tape));
        all.iter().for_each(|one| one.place.keep(tape));
        all.iter().for_each(|one| one.partners.keep(tape));
        all.iter().for_each(|one| one.noise.keep(tape));
        all.iter().for_each(|one| one.mess.keep(tape));
        all.iter().for_each(|one| one.movement.keep(tape));
        all.iter().for_each(|one| tape.number(set(&one.senses)));
        all.iter().for_each(|one| tape.number(places(&one.things)));
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        let (levers, gates, questions, things, eases) = (
            Kept::read(scroll)?,
            Kept::read(scroll)?,
            Kept::read(scroll)?,
            Kept::read(scroll)?,
            Kept::read(scroll)?,
        );
        let count = scroll.number()?;
        let heads = column(count, scroll, Head::read)?;
        let occupations = column(count, scroll, Id::read)?;
        let mut minutes = || column(count, scroll, u16::read);
        let minutes = [minutes()?, minutes()?, minutes()?];
        let gate_places = column(count, scroll, u64::read)?;
        let lever_places = column(count, scroll, u64::read)?;
        let rung_counts = column(count, scroll, u64::read)?;
        let mut rungs = Vec::new();
        for &count in &rung_counts {
            rungs.extend(read_demands(count, scroll)?);
        }
        fill(&mut rungs, scroll, spread::read, |rung, spread| {
            rung.spread = spread
        })?;
        fill(&mut rungs, scroll, u64::read, |rung, all| {
            rung.hazards = members(all)
        })?;
        fill(&mut rungs, scroll, u64::read, |rung, all| {
            rung.allergens = members(all)
        })?;
        fill(&mut rungs, scroll, u64::read, |rung, all| {
            rung.limits = members(all)
        })?;
        fill(&mut rungs, scroll, Kept::read, |rung, nearest| {
            rung.supervision = nearest
        })?;
        let mut rungs = rungs.into_iter();
        let activities = heads.into_iter().enumerate().map(|(index, head)| {
            let minutes = minutes.each_ref().map(|column| column.get(index).copied());
            let [Some(prepare), Some(during), Some(clear)] = minutes else {
                return Err(Broken);
            };
            let place = |column: &[u64]| column.get(index).copied().ok_or(Broken);
            let count = usize::try_from(place(&rung_counts)?).map_err(|_| Broken)?;
            Ok(Activity {
                id: head.id,
                title: head.title,
                occupation: *occupations.get(index).ok_or(Broken)?,
                picture: head.picture,
                minutes: [prepare, during, clear],
                gates: at_places(place(&gate_places)?),
                rungs: rungs.by_ref().take(count).collect(),
                levers: at_places(place(&lever_places)?),
                place: Id(Place::Anywhere),
                partners: 0,
                noise: Id(Noise::Quiet),
                mess: Id(Mess::None),
                movement: Id(Movement::Still),
                senses: Vec::new(),
                things: Vec::new(),
            })
        });
        let mut activities = activities.collect::<Result<Vec<_>, _>>()?;
        let all = &mut activities;
        fill(all, scroll, Kept::read, |one, place| one.place = place)?;
        fill(all, scroll, Kept::read, |one, partners| one.partners = partners)?;
        fill(all, scroll, Kept::read, |one, noise| one.noise = noise)?;
        fill(all, scroll, Kept::read, |one, mess| one.mess = mess)?;
        fill(all, scroll, Kept::read, |one, moves| one.movement = moves)?;
        fill(all, scroll, u64::read, |one, all| one.senses = members(all))?;
        fill(all, scroll, u64::read, |one, all| one.things = at_places(all))?;
        Ok(Catalogue {
            levers,
            gates,
            activities,
            questions,
            things,
            eases,
        })
    }
}

/// How an activity is called.
struct Head {
    title: String,
    id: String,
    picture: String,
}

impl Head {
    fn read(scroll: &mut Scroll) -> Result<Head, Broken> {
        let title = scroll.text()?;
        let own = |own: &str, otherwise: &str| if own.is_empty() { otherwise } else { own }.to_owned();
        let id = own(scroll.plain()?, &slug(&title));
        let picture = own(scroll.plain()?, &id);
        Ok(Head { title, id, picture })
    }
}

/// One value for each of so many things.
fn column<T>(
    count: u64,
    scroll: &mut Scroll,
    read: impl Fn(&mut Scroll) -> Result<T, Broken>,
) -> Result<Vec<T>, Broken> {
    (0..count).map(|_| read(scroll)).collect()
}

/// One value for each rung, or each activity.
fn fill<One, T>(
    all: &mut [One],
    scroll: &mut Scroll,
    read: impl Fn(&mut Scroll) -> Result<T, Broken>,
    put: impl Fn(&mut One, T),
) -> Result<(), Broken> {
    all.iter_mut().try_for_each(|one| {
        put(one, read(scroll)?);
        Ok(())
    })
}

/// The areas that any rung asks something of; then for each of them the ages of all rungs, as steps from the one before.
/// 0 is no demand.
fn keep_demands(rungs: &[Rung], tape: &mut Tape) {
    let areas: Vec<Area> = Area::ALL
        .into_iter()
        .filter(|&area| rungs.iter().any(|rung| rung.months.contains_key(&Id(area))))
        .collect();
    tape.number(set(&areas.iter().map(|&area| Id(area)).collect::<Vec<_>>()));
    for area in areas {
        let mut before = 0;
        for rung in rungs {
            let asked = rung.months.get(&Id(area)).copied().unwrap_or_default();
            let asked = (asked * 2.0).round() as i64;
            tape.signed(asked - before);
            before = asked;
        }
    }
}

fn read_demands(count: u64, scroll: &mut Scroll) -> Result<Vec<Rung>, Broken> {
    let areas: Vec<Id<Area>> = members(scroll.number()?);
    // An activity has a handful of rungs; a number that is no such count would otherwise ask for much room.
    let count = usize::try_from(count)
        .ok()
        .filter(|&count| count <= 64)
        .ok_or(Broken)?;
    let mut rungs: Vec<Rung> = (0..count).map(|_| Rung::asking_nothing()).collect();
    for area in areas {
        let mut asked = 0_i64;
        for rung in &mut rungs {
            asked = asked.checked_add(scroll.signed()?).ok_or(Broken)?;
            if asked != 0 {
                rung.months.insert(area, asked as f32 / 2.0);
            }
        }
    }
    Ok(rungs)
}

impl Rung {
    fn asking_nothing() -> Rung {
        Rung {
            months: BTreeMap::new(),
            spread: 0.0,
            hazards: Vec::new(),
            allergens: Vec::new(),
            limits: Vec::new(),
            supervision: Id(just_right_engine::safety::Supervision::ArmsReach),
        }
    }
}

/// Small numbers as the places of ones in a number.
fn places(all: &[u8]) -> u64 {
    all.iter().fold(0, |set, &one| {
        set | 1_u64.checked_shl(one.into()).unwrap_or_default()
    })
}

fn at_places(set: u64) -> Vec<u8> {
    (0..64).filter(|&place| set >> place & 1 == 1).collect()
}

/// Named values in the same way.
fn set<T: Named>(all: &[Id<T>]) -> u64 {
    let place = |one: &Id<T>| {
        T::all()
            .iter()
            .position(|known| *known == one.0)
            .unwrap_or_default() as u8
    };
    places(&all.iter().map(place).collect::<Vec<_>>())
}

fn members<T: Named>(set: u64) -> Vec<Id<T>> {
    let all = at_places(set).into_iter();
    all.filter_map(|place| T::all().get(usize::from(place)).copied().map(Id))
        .collect()
}
