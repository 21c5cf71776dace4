//! The search over the grades of one activity, and everything that explains its result.
//!
//! Of all grades that safety allows, the one is taken whose true chance of success most probably lies in the wanted
//! band, while it is at most 15 % probable that the child would sooner not succeed. An engine that is unsure goes easier by itself. Fewer
//! and less intrusive changes win over more.

use alloc::vec::Vec;

use crate::ability::{Profile, Sight};
use crate::area::Area;
use crate::demand::{Band, Demands, Outlook};
use crate::math::normal_between;
use crate::repertoire::{Activity, Gate, Grade, Repertoire};
use crate::safety::{danger, supervision, Danger, Protection, Supervision};
use crate::unit::Minutes;

/// For whom, and under which circumstances, a grade is sought.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What is believed of the child.
    pub profile: &'a Profile,
    /// What safety has to know.
    pub protection: &'a Protection,
    /// The band that the chance of success should lie in.
    pub band: Band,
    /// Time that there is today, if that was said.
    pub minutes: Option<Minutes>,
    /// Whether a therapist has switched on the settings that are for therapists.
    pub therapist: bool,
}

/// One grade of one activity for one child, with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The grade.
    pub grade: Grade,
    /// What it asks.
    pub demands: Demands,
    /// What is expected.
    pub outlook: Outlook,
    /// Chance that it lies in the wanted band.
    pub in_band: f64,
    /// The loaded areas with the chance that each lets the child through, weakest first.
    pub factors: Vec<(Area, f64)>,
    /// What was changed from the rung as authored.
    pub changes: Vec<Change>,
    /// Gates that a support has to meet: indices into [`Repertoire::gates`].
    pub supports: Vec<usize>,
    /// How near the adult stays.
    pub supervision: Supervision,
    /// The next easier grade, one lever or rung away.
    pub easier: Option<Step>,
    /// The next harder grade, one lever or rung away.
    pub harder: Option<Step>,
}

impl Plan {
    /// The area that is most likely to stop the child here.
    pub fn bottleneck(&self) -> Option<Area> {
        self.factors.first().map(|&(area, _)| area)
    }
}

/// A lever that was moved from its usual setting, and what that did.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Index into [`Repertoire::levers`].
    pub lever: usize,
    /// Index into its settings.
    pub setting: usize,
    /// By how many logits it moved the demand of each loaded area that it moves.
    pub moved: Vec<(Area, f64)>,
    /// Expected chance of success without this change.
    pub success_without: f64,
}

/// One named step to a neighbouring grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where it leads.
    pub grade: Grade,
    /// What changes.
    pub by: StepBy,
    /// Expected chance of success there.
    pub success: f64,
}

/// What a [`Step`] changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepBy {
    /// Another rung.
    Rung(u8),
    /// Another setting of one lever.
    Lever {
        /// Index into [`Repertoire::levers`].
        lever: usize,
        /// Index into its settings.
        setting: usize,
    },
}

/// Why an activity is not offered to this child now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// No rung is safe; this is the danger of the easiest.
    Unsafe(Danger),
    /// It takes longer than there is time.
    TooLong(Minutes),
    /// A precondition is missing that no support can meet: index into [`Repertoire::gates`].
    Gate(usize),
    /// Even the easiest grade is likely too hard; this area would bring it into reach.
    TooHard {
        /// The bottleneck of the easiest grade.
        area: Area,
        /// Expected chance of success there.
        success: f64,
    },
    /// Even the hardest safe grade is too easy.
    TooEasy {
        /// Expected chance of success there.
        success: f64,
    },
    /// It has no rung at all.
    Empty,
}

/// The most that it may be probable that the child would sooner not succeed.
const MOST_TOO_HARD: f64 = 0.15;

/// Above this expected chance an activity teaches nothing any more.
const TOO_EASY: f64 = 0.965;

/// What one unit of intrusion costs, in probability of lying in the band.
const COST_OF_INTRUSION: f64 = 0.02;

/// Finds the best grade of an activity.
pub fn best(repertoire: &Repertoire, activity: &Activity, request: &Request) -> Result<Plan, Refusal> {
    if request.minutes.is_some_and(|most| activity.minutes > most) {
        return Err(Refusal::TooLong(activity.minutes));
    }
    let supports = supports(repertoire, activity, request.profile)?;
    let mut looker = Looker::new(request.profile);
    let mut chosen: Option<Candidate> = None;
    let mut easiest: Option<(Grade, Outlook)> = None;
    let mut hardest: Option<Outlook> = None;
    let mut first_danger = None;
    // A stretch is allowed to be harder: its band reaches down to even chances.
    let most_too_hard = MOST_TOO_HARD.max(0.5 - (request.band.low() - 0.5) * 2.4);
    for (rung, authored) in (0u8..).zip(&activity.rungs) {
        if let Some(found) = danger(&authored.safety, request.profile.age(), request.protection) {
            first_danger.get_or_insert(found);
            continue;
        }
        for grade in adaptations(repertoire, activity, rung, &authored.demands, request.therapist) {
            let Some(demands) = repertoire.demands(activity, &grade) else { continue };
            let outlook = looker.look(&demands);
            if easiest.is_none_or(|(_, known)| outlook.centre > known.centre) {
                easiest = Some((grade, outlook));
            }
            if hardest.is_none_or(|known| outlook.centre < known.centre) {
                hardest = Some(outlook);
            }
            let candidate = Candidate {
                grade,
                value: outlook.chance_in(request.band) - COST_OF_INTRUSION * intrusion(repertoire, &grade),
                too_hard: outlook.chance_too_hard(),
                allowed: outlook.chance_too_hard() <= most_too_hard,
            };
            if chosen.is_none_or(|known| candidate.beats(&known)) {
                chosen = Some(candidate);
            }
        }
    }
    let (Some(chosen), Some(easiest), Some(hardest)) = (chosen, easiest, hardest) else {
        return Err(first_danger.map_or(Refusal::Empty, Refusal::Unsafe));
    };
    if !chosen.allowed && easiest.1.success < 0.5 {
        let area = repertoire
            .demands(activity, &easiest.0)
            .and_then(|demands| request.profile.factors(&demands).first().map(|&(area, _)| area));
        return Err(area.map_or(Refusal::Empty, |area| Refusal::TooHard { area, success: easiest.1.success }));
    }
    if hardest.success > TOO_EASY {
        return Err(Refusal::TooEasy { success: hardest.success });
    }
    explain(repertoire, activity, chosen.grade, request, supports).ok_or(Refusal::Empty)
}

/// Everything about one given grade, for a family that looks at it: `Err` when safety or a gate forbids it or when
/// it does not exist.
pub fn at(repertoire: &Repertoire, activity: &Activity, grade: Grade, request: &Request) -> Result<Plan, Refusal> {
    let rung = activity.rungs.get(usize::from(grade.rung)).ok_or(Refusal::Empty)?;
    if let Some(found) = danger(&rung.safety, request.profile.age(), request.protection) {
        return Err(Refusal::Unsafe(found));
    }
    let supports = supports(repertoire, activity, request.profile)?;
    explain(repertoire, activity, grade, request, supports).ok_or(Refusal::Empty)
}

#[derive(Clone, Copy)]
struct Candidate {
    grade: Grade,
    value: f64,
    too_hard: f64,
    allowed: bool,
}

impl Candidate {
    /// Allowed ones first; among them the most valuable, otherwise the least likely to be too hard. The first found stays
    /// where all is equal, and candidates come in a fixed order: the plainest and easiest first.
    fn beats(&self, known: &Candidate) -> bool {
        match (self.allowed, known.allowed) {
            (true, false) => true,
            (false, true) => false,
            (true, true) => self.value > known.value,
            (false, false) => self.too_hard < known.too_hard,
        }
    }
}

/// Looks at grades of one child, keeping the quadrature nodes as long as the loaded areas stay the same.
struct Looker<'a> {
    profile: &'a Profile,
    sight: Option<Sight>,
}

impl<'a> Looker<'a> {
    fn new(profile: &'a Profile) -> Looker<'a> {
        Looker { profile, sight: None }
    }

    fn look(&mut self, demands: &Demands) -> Outlook {
        let profile = self.profile;
        let sight = match self.sight.take() {
            Some(sight) if sight.serves(demands) => sight,
            _ => Sight::of(profile, demands),
        };
        self.sight.insert(sight).outlook(demands)
    }
}

/// The grades of one rung that the engine proposes by itself: as authored, or with one or two levers moved to make it
/// easier. More would be more than a family can hold in mind. Harder settings are for the adult to choose.
fn adaptations<'a>(
    repertoire: &'a Repertoire,
    activity: &'a Activity,
    rung: u8,
    demands: &Demands,
    therapist: bool,
) -> Vec<Grade> {
    let useful: Vec<(usize, u8)> = activity
        .levers
        .iter()
        .filter_map(|&lever| repertoire.levers.get(lever).map(|found| (lever, found)))
        .flat_map(|(lever, found)| (0u8..).zip(&found.settings).skip(1).map(move |(index, one)| (lever, index, one)))
        .filter(|(_, _, setting)| therapist || !setting.therapist_only)
        .filter(|(_, _, setting)| !setting.is_harder())
        .filter(|(_, _, setting)| demands.iter().any(|(area, _)| setting.shift[area.index()] < 0.0))
        .map(|(lever, index, _)| (lever, index))
        .collect();
    let plain = Grade::plain(rung);
    let mut grades = Vec::with_capacity(1 + useful.len() * (useful.len() + 1) / 2);
    grades.push(plain);
    for (first, &(lever, setting)) in useful.iter().enumerate() {
        let one = plain.with(lever, setting);
        grades.push(one);
        grades.extend(
            useful[first + 1..]
                .iter()
                .filter(|(other, _)| *other != lever)
                .map(|&(other, other_setting)| one.with(other, other_setting)),
        );
    }
    grades
}

fn intrusion(repertoire: &Repertoire, grade: &Grade) -> f64 {
    grade.moved().filter_map(|(lever, setting)| repertoire.setting(lever, setting)).map(|one| 0.5 + one.intrusion).sum()
}

/// The gates that need a support, or the first that nothing can meet.
fn supports(repertoire: &Repertoire, activity: &Activity, profile: &Profile) -> Result<Vec<usize>, Refusal> {
    let mut needed = Vec::new();
    for &index in &activity.gates {
        let Some(gate) = repertoire.gates.get(index) else { continue };
        if passes(gate, profile) {
            continue;
        }
        if gate.supports == 0 {
            return Err(Refusal::Gate(index));
        }
        needed.push(index);
    }
    Ok(needed)
}

/// A gate counts as met where it is at least 80 % probable that the child's ability is above it.
fn passes(gate: &Gate, profile: &Profile) -> bool {
    let ability = profile.ability(gate.area).get();
    normal_between(ability, profile.uncertainty(gate.area), gate.at.get(), f64::INFINITY) >= 0.8
}

fn explain(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    request: &Request,
    supports: Vec<usize>,
) -> Option<Plan> {
    let demands = repertoire.demands(activity, &grade)?;
    let mut looker = Looker::new(request.profile);
    let outlook = looker.look(&demands);
    let changes = grade
        .moved()
        .filter_map(|(lever, setting)| {
            let shift = repertoire.setting(lever, setting)?.shift;
            let without = repertoire.demands(activity, &grade.with(lever, 0))?;
            Some(Change {
                lever,
                setting,
                moved: demands
                    .iter()
                    .map(|(area, _)| (area, shift[area.index()]))
                    .filter(|&(_, by)| by != 0.0)
                    .collect(),
                success_without: looker.look(&without).success,
            })
        })
        .collect();
    let rung = activity.rungs.get(usize::from(grade.rung))?;
    Some(Plan {
        grade,
        outlook,
        in_band: outlook.chance_in(request.band),
        factors: request.profile.factors(&demands),
        changes,
        supervision: supervision(&rung.safety, request.profile.age()),
        easier: neighbour(repertoire, activity, grade, request, outlook, Direction::Easier),
        harder: neighbour(repertoire, activity, grade, request, outlook, Direction::Harder),
        demands,
        supports,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Easier,
    Harder,
}

/// The least step that deserves to be called another level, and the one that is wanted, in logits of success.
const LEAST_STEP: f64 = 0.3;
const WANTED_STEP: f64 = 0.9;

/// The neighbour, one lever or rung away, whose difference comes nearest to the wanted step.
fn neighbour(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    request: &Request,
    here: Outlook,
    direction: Direction,
) -> Option<Step> {
    let mut looker = Looker::new(request.profile);
    let mut nearest: Option<(f64, Step)> = None;
    for (next, by) in neighbours(repertoire, activity, grade, request.therapist) {
        let rung = activity.rungs.get(usize::from(next.rung))?;
        if danger(&rung.safety, request.profile.age(), request.protection).is_some() {
            continue;
        }
        let Some(demands) = repertoire.demands(activity, &next) else { continue };
        let outlook = looker.look(&demands);
        let step = match direction {
            Direction::Easier => outlook.centre - here.centre,
            Direction::Harder => here.centre - outlook.centre,
        };
        let expected = match direction {
            Direction::Easier => outlook.success > here.success,
            Direction::Harder => outlook.success < here.success,
        };
        if step < LEAST_STEP || !expected {
            continue;
        }
        let cost = (step - WANTED_STEP).abs() + 0.1 * intrusion(repertoire, &next);
        if nearest.is_none_or(|(least, _)| cost < least) {
            nearest = Some((cost, Step { grade: next, by, success: outlook.success }));
        }
    }
    nearest.map(|(_, step)| step)
}

/// All grades one rung or one lever setting away, rungs first: the change of the activity itself is preferred to help.
fn neighbours(repertoire: &Repertoire, activity: &Activity, grade: Grade, therapist: bool) -> Vec<(Grade, StepBy)> {
    let mut found = Vec::new();
    for rung in [grade.rung.checked_sub(1), grade.rung.checked_add(1)].into_iter().flatten() {
        if usize::from(rung) < activity.rungs.len() {
            let next = Grade { rung, settings: grade.settings };
            found.push((next, StepBy::Rung(rung)));
        }
    }
    for &lever in &activity.levers {
        let Some(settings) = repertoire.levers.get(lever).map(|found| &found.settings) else { continue };
        for (index, setting) in (0u8..).zip(settings) {
            if grade.settings.get(lever) != Some(&index) && (therapist || !setting.therapist_only) {
                let by = StepBy::Lever { lever, setting: usize::from(index) };
                found.push((grade.with(lever, index), by));
            }
        }
    }
    found
}
