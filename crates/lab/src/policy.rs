//! Policies that pick for a simulated child: what families use today, what others build, and the engine.

use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::Band;
use just_right_engine::grading::Request;
use just_right_engine::growth;
use just_right_engine::model::Model;
use just_right_engine::pick::{picks, Done, Rest, Rounds, Wanted};
use just_right_engine::question::Rating;
use just_right_engine::repertoire::Repertoire;
use just_right_engine::report::{Level, Told};
use just_right_engine::safety::Protection;
use just_right_engine::unit::Months;

use crate::dice::Dice;
use crate::world::{sigmoid, Child, World, AREAS};

/// An activity is not picked again within so many picks.
pub const NO_REPEAT: usize = 20;

/// What one report moves Elo: of .1, .2 and .3 the one with most picks in the band in the base world (.627, .656 and
/// .651 of 300 children's).
const ELO_STEP: f64 = 0.2;

/// One child's picker: it sees the authored demands, the age, the ratings, and the reports.
pub trait Policy {
    /// The next pick, and the chance of success that it expects (where it has one).
    fn pick(&mut self, world: &World, resting: &[usize], dice: &mut Dice) -> (usize, usize, Option<f64>);
    /// What came of it.
    fn report(&mut self, world: &World, activity: usize, grade: usize, level: Level);
}

/// Which policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Which {
    /// Anything.
    Random,
    /// Anything whose age lies within half a year of the child's.
    AgeFilter,
    /// Three up, one down, over age.
    Staircase,
    /// The intake, and no learning.
    IntakeOnly,
    /// Elo from the intake.
    Elo,
    /// The engine.
    Engine {
        /// What it takes the world to be.
        model: Model,
        /// What variety over areas is worth to it.
        variety: f64,
        /// Whether it hears the intake's ratings.
        rated: bool,
    },
    /// One that knows the truth.
    Oracle,
}

impl Which {
    /// The engine as the app asks it, with this model.
    pub fn engine(model: Model) -> Which {
        Which::Engine {
            model,
            variety: 1.0,
            rated: true,
        }
    }

    /// The policies that are compared.
    pub fn all() -> Vec<(&'static str, Which)> {
        vec![
            ("random", Which::Random),
            ("age filter", Which::AgeFilter),
            ("staircase", Which::Staircase),
            ("intake only", Which::IntakeOnly),
            ("Elo + intake", Which::Elo),
            ("Gaussian", Which::engine(gaussian())),
            ("engine", Which::engine(Model::DEFAULT)),
            ("oracle", Which::Oracle),
        ]
    }

    /// The engine with one idea switched off at a time; the whole comes first.
    pub fn ablations() -> Vec<(&'static str, Which)> {
        let whole = Model::DEFAULT;
        let engine = |model| Which::engine(model);
        let odd = |variety, rated| Which::Engine {
            model: whole,
            variety,
            rated,
        };
        vec![
            ("whole", engine(whole)),
            ("no mixture", engine(Model { drop: 0.0, ..whole })),
            (
                "no softened link",
                engine(Model {
                    item_sd: 0.0,
                    child_sd: 0.0,
                    ..whole
                }),
            ),
            (
                "no careless floor",
                engine(Model {
                    careless: 0.0,
                    ..whole
                }),
            ),
            (
                "no reporter",
                engine(Model {
                    reporter_sd: 0.0,
                    ..whole
                }),
            ),
            (
                "no making up",
                engine(Model {
                    making_up: 0.0,
                    ..whole
                }),
            ),
            ("no variety", odd(0.0, true)),
            ("no ratings", odd(1.0, false)),
        ]
    }

    /// For one child.
    pub fn start<'a>(self, world: &World, child: &'a Child) -> Box<dyn Policy + 'a> {
        match self {
            Which::Random => Box::new(Random),
            Which::AgeFilter => Box::new(ByAge {
                offset: 0.0,
                child,
                staircase: None,
            }),
            Which::Staircase => Box::new(ByAge {
                offset: 0.0,
                child,
                staircase: Some(0),
            }),
            Which::IntakeOnly => Box::new(Elo::new(child, 0.0)),
            Which::Elo => Box::new(Elo::new(child, ELO_STEP)),
            Which::Engine {
                model,
                variety,
                rated,
            } => Box::new(Engine::new(world, child, model, variety, rated)),
            Which::Oracle => Box::new(Oracle { child }),
        }
    }
}

/// The engine without what it knows of uneven children, unsure demands and careless parents.
pub fn gaussian() -> Model {
    Model {
        drop: 0.0,
        item_sd: 0.0,
        child_sd: 0.0,
        careless: 0.05,
        reporter_sd: 0.0,
        making_up: 0.0,
        ..Model::DEFAULT
    }
}

struct Random;

impl Policy for Random {
    fn pick(&mut self, world: &World, resting: &[usize], dice: &mut Dice) -> (usize, usize, Option<f64>) {
        loop {
            let activity = dice.below(world.repertoire.activities.len());
            if !resting.contains(&activity) {
                let grades = world.repertoire.activities[activity].rungs.len();
                return (activity, dice.below(grades), None);
            }
        }
    }

    fn report(&mut self, _: &World, _: usize, _: usize, _: Level) {}
}

/// All grades that may be picked now, with their demands.
fn open<'a>(
    world: &'a World,
    resting: &'a [usize],
) -> impl Iterator<Item = (usize, usize, Vec<(usize, f64)>)> + 'a {
    let activities = world.repertoire.activities.iter().enumerate();
    activities
        .filter(|(index, _)| !resting.contains(index))
        .flat_map(|(index, activity)| {
            activity.rungs.iter().enumerate().map(move |(grade, rung)| {
                let loads = rung
                    .demands
                    .iter()
                    .map(|(area, at)| (area.index(), at.get()))
                    .collect();
                (index, grade, loads)
            })
        })
}

struct ByAge<'a> {
    child: &'a Child,
    /// Where the staircase stands, in logits.
    offset: f64,
    /// Successes in a row, for a staircase.
    staircase: Option<u8>,
}

impl Policy for ByAge<'_> {
    fn pick(&mut self, world: &World, resting: &[usize], dice: &mut Dice) -> (usize, usize, Option<f64>) {
        let typical = growth::typical(Months::saturating(self.child.age)).get() + self.offset;
        let near: Vec<(usize, usize)> = open(world, resting)
            .filter(|(_, _, loads)| {
                let hardest = loads.iter().map(|load| load.1).fold(f64::MIN, f64::max);
                let months = growth::age_of(just_right_engine::unit::Logit::saturating(hardest)).get();
                let wanted = growth::age_of(just_right_engine::unit::Logit::saturating(typical)).get();
                (months - wanted).abs() <= 6.0
            })
            .map(|(activity, grade, _)| (activity, grade))
            .collect();
        match near.get(dice.below(near.len().max(1))) {
            Some(&(activity, grade)) => (activity, grade, None),
            None => Random.pick(world, resting, dice),
        }
    }

    fn report(&mut self, _: &World, _: usize, _: usize, level: Level) {
        if let Some(row) = &mut self.staircase {
            if level.is_success() {
                *row += 1;
                if *row == 3 {
                    *row = 0;
                    self.offset += 0.5;
                }
            } else {
                *row = 0;
                self.offset -= 0.5;
            }
        }
    }
}

struct Elo {
    ability: [f64; AREAS],
    step: f64,
}

impl Elo {
    fn new(child: &Child, step: f64) -> Elo {
        let mut ability = [0.0; AREAS];
        for (area, value) in ability.iter_mut().enumerate() {
            let spread = child.prior.spread(Area::ALL[area]);
            // A rating with an error of .7 spreads has a reliability of about two thirds.
            *value = child.prior.typical(Area::ALL[area]) + 0.67 * spread * f64::from(child.rating[area]);
        }
        Elo { ability, step }
    }

    fn factors(&self, loads: &[(usize, f64)]) -> Vec<f64> {
        loads
            .iter()
            .map(|&(area, at)| sigmoid(self.ability[area] - at))
            .collect()
    }
}

impl Policy for Elo {
    fn pick(&mut self, world: &World, resting: &[usize], _: &mut Dice) -> (usize, usize, Option<f64>) {
        let mut best = (0, 0, 0.0, f64::MAX);
        for (activity, grade, loads) in open(world, resting) {
            let p: f64 = self.factors(&loads).iter().product();
            if (p - 0.75).abs() < best.3 {
                best = (activity, grade, p, (p - 0.75).abs());
            }
        }
        (best.0, best.1, Some(best.2))
    }

    fn report(&mut self, world: &World, activity: usize, grade: usize, level: Level) {
        let demands = &world.repertoire.activities[activity].rungs[grade].demands;
        let loads: Vec<(usize, f64)> = demands.iter().map(|(a, at)| (a.index(), at.get())).collect();
        let factors = self.factors(&loads);
        let p: f64 = factors.iter().product::<f64>().clamp(1e-6, 1.0 - 1e-6);
        let e = (p / (1.0 - p)).ln();
        let expected: f64 = [-1.5, 0.0, 1.0].into_iter().map(|cut| sigmoid(e - cut)).sum();
        let surprise = (level as u8).min(3) as f64 - expected;
        let blame: f64 = factors.iter().map(|factor| 1.0 - factor).sum();
        for (&(area, _), factor) in loads.iter().zip(&factors) {
            self.ability[area] += self.step * surprise * (1.0 - factor) / blame.max(1e-9);
        }
    }
}

struct Oracle<'a> {
    child: &'a Child,
}

impl Policy for Oracle<'_> {
    fn pick(&mut self, world: &World, resting: &[usize], _: &mut Dice) -> (usize, usize, Option<f64>) {
        let mut best = (0, 0, 0.0, f64::MAX);
        for (activity, grade, _) in open(world, resting) {
            let p = world.success(self.child, activity, grade);
            if (p - 0.75).abs() < best.3 {
                best = (activity, grade, p, (p - 0.75).abs());
            }
        }
        (best.0, best.1, Some(best.2))
    }

    fn report(&mut self, _: &World, _: usize, _: usize, _: Level) {}
}

/// The engine that the app uses, for one child.
pub struct Engine {
    profile: Profile,
    /// The authored demands, as unsure as the model takes them to be.
    repertoire: Repertoire,
    variety: f64,
    done: Vec<Done>,
}

impl Engine {
    /// For a child of this world.
    pub fn new(world: &World, child: &Child, model: Model, variety: f64, rated: bool) -> Engine {
        let mut profile = Profile::new(Months::saturating(child.age), child.prior.clone(), model);
        if rated {
            for (area, &rating) in child.rating.iter().enumerate() {
                profile.rate(Area::ALL[area], Rating::ALL[(rating + 2) as usize]);
            }
        }
        let mut repertoire = world.repertoire.clone();
        let rungs = repertoire
            .activities
            .iter_mut()
            .flat_map(|activity| &mut activity.rungs);
        for rung in rungs {
            rung.demands = rung.demands.with_spread(model.item_sd);
        }
        Engine {
            profile,
            repertoire,
            variety,
            done: Vec::new(),
        }
    }

    /// What it believes of an area: mean and standard deviation.
    pub fn belief(&self, area: usize) -> (f64, f64) {
        let area = Area::ALL[area];
        (self.profile.ability(area).get(), self.profile.uncertainty(area))
    }
}

impl Policy for Engine {
    fn pick(&mut self, world: &World, resting: &[usize], dice: &mut Dice) -> (usize, usize, Option<f64>) {
        // It keeps what was done by itself, and rests it for as long as all policies do.
        let request = Request {
            profile: &self.profile,
            protection: &Protection::default(),
            band: Band::JUST_RIGHT,
            minutes: None,
            therapist: false,
        };
        let wanted = Wanted {
            count: 1,
            rounds: Rounds::AllJustRight,
            done: &self.done,
            no_repeat: NO_REPEAT,
            variety: self.variety,
            left_out: &[],
        };
        match picks(&self.repertoire, &request, &wanted).picks.first() {
            Some(pick) => (
                pick.activity,
                usize::from(pick.plan.grade.rung),
                Some(pick.plan.outlook.success),
            ),
            None => Random.pick(world, resting, dice),
        }
    }

    fn report(&mut self, _: &World, activity: usize, grade: usize, level: Level) {
        let asked = &self.repertoire.activities[activity];
        let demands = asked.rungs[grade].demands;
        self.profile.hear(&demands, Told::OfFour(level));
        self.done.push(Done {
            activity: asked.id.clone(),
            demands,
            rest: Rest::Usual,
        });
    }
}
