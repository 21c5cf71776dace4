//! The best grade of one activity, and everything that explains it.
//!
//! Of all grades that safety allows, the one is taken whose true chance of success most probably lies in the
//! wanted band, while it is at most 15 % probable that the child would sooner not succeed. An engine that is
//! unsure goes easier by itself. Fewer and less intrusive changes win over more.

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::Area;
use crate::demand::{Band, Demands, Outlook};
use crate::math::normal_between;
use crate::repertoire::{Activity, Gate, Grade, Repertoire, Setting};
use crate::safety::{danger, supervision, Danger, Protection, Supervision};
use crate::search::{Search, Wish};
use crate::sight::Eyes;
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
        /// The easiest grade.
        grade: Grade,
        /// Its bottleneck.
        area: Area,
        /// Expected chance of success there.
        success: f64,
    },
    /// Even the hardest safe grade is too easy.
    TooEasy {
        /// The hardest grade.
        grade: Grade,
        /// Expected chance of success there.
        success: f64,
    },
    /// It has no rung at all.
    Empty,
}

/// Finds the best grade of an activity.
pub fn best(repertoire: &Repertoire, activity: &Activity, request: &Request) -> Result<Plan, Refusal> {
    let mut eyes = Eyes::of(request.profile);
    let search = Search::new(repertoire, activity, request)?;
    let grade = search.best(&mut eyes, &Wish::of(request.band))?.grade;
    let supports = supports(repertoire, activity, request.profile);
    explain(repertoire, activity, grade, request, supports, &mut eyes).ok_or(Refusal::Empty)
}

/// Everything about one given grade, for a family that looks at it: `Err` when safety or a gate forbids it or
/// when it does not exist. A setting for therapists does not exist where no therapist has switched it on.
pub fn at(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    request: &Request,
) -> Result<Plan, Refusal> {
    let rung = activity
        .rungs
        .get(usize::from(grade.rung))
        .ok_or(Refusal::Empty)?;
    if let Some(found) = danger(&rung.safety, request.profile.age(), request.protection) {
        return Err(Refusal::Unsafe(found));
    }
    if let Some(gate) = first_gate_closed(repertoire, activity, request.profile) {
        return Err(Refusal::Gate(gate));
    }
    let supports = supports(repertoire, activity, request.profile);
    let locked = |(lever, setting)| {
        repertoire
            .setting(lever, setting)
            .is_some_and(|one| one.therapist_only)
    };
    if !request.therapist && grade.moved().any(locked) {
        return Err(Refusal::Empty);
    }
    let mut eyes = Eyes::of(request.profile);
    explain(repertoire, activity, grade, request, supports, &mut eyes).ok_or(Refusal::Empty)
}

/// The same activity with settings put on because the family wishes for them, whatever they do to the chance of success:
/// the rung on which it then lies in the band most probably. A lever that the grade moves already keeps its setting, for it
/// is there for a reason, and no more than two levers are moved in all. Belief is not concerned.
pub fn with_wishes(
    repertoire: &Repertoire,
    activity: &Activity,
    plan: Plan,
    wishes: &[(usize, u8)],
    request: &Request,
) -> Plan {
    let mut settings = plan.grade;
    for &(lever, setting) in wishes {
        let is_free = settings.settings.get(lever) == Some(&0) && settings.moved().count() < 2;
        let known = repertoire.setting(lever, usize::from(setting)).is_some();
        if known && is_free && activity.levers.contains(&lever) {
            settings = settings.with(lever, setting);
        }
    }
    if settings.settings == plan.grade.settings {
        return plan;
    }
    let wish = Wish::of(request.band);
    let allowed = |found: &Plan| found.grade.rung == plan.grade.rung || wish.allows(&found.outlook);
    let mut chosen: Option<Plan> = None;
    for (rung, _) in (0..=u8::MAX).zip(&activity.rungs) {
        let found = at(repertoire, activity, settings.on(rung), request)
            .ok()
            .filter(allowed);
        let better = |found: &Plan| chosen.as_ref().is_none_or(|known| found.in_band > known.in_band);
        if let Some(found) = found.filter(better) {
            chosen = Some(found);
        }
    }
    chosen.unwrap_or(plan)
}

fn intrusion(repertoire: &Repertoire, grade: &Grade) -> f64 {
    grade
        .moved()
        .filter_map(|(lever, setting)| repertoire.setting(lever, setting))
        .map(Setting::cost)
        .sum()
}

/// The gates that are not met by the child alone.
fn unmet<'a>(
    repertoire: &'a Repertoire,
    activity: &'a Activity,
    profile: &'a Profile,
) -> impl Iterator<Item = (usize, &'a Gate)> + 'a {
    let gates = activity.gates.iter();
    gates
        .filter_map(|&index| repertoire.gates.get(index).map(|gate| (index, gate)))
        .filter(|(_, gate)| !passes(gate, profile))
}

/// The first gate that neither the child nor a support meets.
pub(crate) fn first_gate_closed(
    repertoire: &Repertoire,
    activity: &Activity,
    profile: &Profile,
) -> Option<usize> {
    unmet(repertoire, activity, profile)
        .find(|(_, gate)| gate.supports == 0)
        .map(|(index, _)| index)
}

/// The gates that a support meets.
fn supports(repertoire: &Repertoire, activity: &Activity, profile: &Profile) -> Vec<usize> {
    unmet(repertoire, activity, profile)
        .filter(|(_, gate)| gate.supports > 0)
        .map(|(index, _)| index)
        .collect()
}

/// A gate counts as met where it is at least 80 % probable that the child's ability is above it.
fn passes(gate: &Gate, profile: &Profile) -> bool {
    let ability = profile.ability(gate.area).get();
    normal_between(
        ability,
        profile.uncertainty(gate.area),
        gate.at.get(),
        f64::INFINITY,
    ) >= 0.8
}

/// Everything that is said of a grade.
fn explain(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    request: &Request,
    supports: Vec<usize>,
    eyes: &mut Eyes,
) -> Option<Plan> {
    let demands = repertoire.demands(activity, &grade)?;
    let outlook = eyes.outlook(&demands);
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
                success_without: eyes.outlook(&without).success,
            })
        })
        .collect();
    // As near as any rung up to this one asks: going harder never lets the adult step back.
    let supervised = activity
        .rungs
        .iter()
        .take(usize::from(grade.rung) + 1)
        .map(|rung| supervision(&rung.safety, request.protection.age(request.profile.age())))
        .max();
    let (easier, harder) = neighbours(repertoire, activity, grade, request, outlook, eyes);
    Some(Plan {
        grade,
        outlook,
        in_band: outlook.chance_in(request.band),
        factors: request.profile.factors(&demands),
        changes,
        supervision: supervised?,
        easier,
        harder,
        demands,
        supports,
    })
}

/// The least step that deserves to be called another level, and the one that is wanted, in logits of success.
const LEAST_STEP: f64 = 0.3;
const WANTED_STEP: f64 = 0.9;

/// How many logits beside the wanted step one unit of intrusion is worth: a family that goes easier meets an
/// easier rung before more hands-on help, and one that goes harder gives help back first.
const STEP_COST_OF_INTRUSION: f64 = 0.35;

/// The nearest neighbour yet, with how far it is from what is wanted.
type Nearest = Option<(f64, Step)>;

/// The easier and the harder neighbour, one lever or rung away, whose difference comes nearest to the wanted
/// step.
fn neighbours(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    request: &Request,
    here: Outlook,
    eyes: &mut Eyes,
) -> (Option<Step>, Option<Step>) {
    let (mut easier, mut harder): (Nearest, Nearest) = (None, None);
    for (next, by) in adjacent(repertoire, activity, grade, request.therapist) {
        let safe = activity
            .rungs
            .get(usize::from(next.rung))
            .is_some_and(|rung| danger(&rung.safety, request.profile.age(), request.protection).is_none());
        let Some(demands) = repertoire.demands(activity, &next).filter(|_| safe) else {
            continue;
        };
        let there = eyes.outlook(&demands);
        let step = there.centre - here.centre;
        let nearest = if step >= LEAST_STEP && there.success > here.success {
            &mut easier
        } else if step <= -LEAST_STEP && there.success < here.success {
            &mut harder
        } else {
            continue;
        };
        let cost = (step.abs() - WANTED_STEP).abs() + STEP_COST_OF_INTRUSION * intrusion(repertoire, &next);
        if nearest.is_none_or(|(least, _)| cost < least) {
            *nearest = Some((
                cost,
                Step {
                    grade: next,
                    by,
                    success: there.success,
                },
            ));
        }
    }
    (easier.map(|(_, step)| step), harder.map(|(_, step)| step))
}

/// All grades one rung or one lever setting away, rungs first: the change of the activity itself is preferred
/// to help.
fn adjacent(
    repertoire: &Repertoire,
    activity: &Activity,
    grade: Grade,
    therapist: bool,
) -> Vec<(Grade, StepBy)> {
    let mut found = Vec::new();
    for rung in [grade.rung.checked_sub(1), grade.rung.checked_add(1)]
        .into_iter()
        .flatten()
    {
        if usize::from(rung) < activity.rungs.len() {
            let next = Grade {
                rung,
                settings: grade.settings,
            };
            found.push((next, StepBy::Rung(rung)));
        }
    }
    for &lever in &activity.levers {
        let Some(settings) = repertoire.levers.get(lever).map(|found| &found.settings) else {
            continue;
        };
        for (index, setting) in (0..=u8::MAX).zip(settings) {
            if grade.settings.get(lever) != Some(&index) && (therapist || !setting.therapist_only) {
                let by = StepBy::Lever {
                    lever,
                    setting: usize::from(index),
                };
                found.push((grade.with(lever, index), by));
            }
        }
    }
    found
}
