//! Simulated families: children whose true abilities are known, activities whose true demands are known, and
//! parents who report with noise. Each world breaks one assumption of the engine.

use just_right_engine::area::{Area, PerArea, COUNT};
use just_right_engine::demand::Demands;
use just_right_engine::growth::{self, Prior};
use just_right_engine::repertoire::{Activity, Repertoire, Rung};
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergens, Hazards, Limits, Safety, Supervision};
use just_right_engine::unit::{Logit, Minutes, Months};

use crate::dice::Dice;

/// Areas of a simulated world.
pub const AREAS: usize = 6;
const ACTIVITIES: usize = 300;
const GRADES: usize = 5;

/// Which assumption a world breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// None: 25 % of the children have two areas 2 logits down.
    Base,
    /// Every child has two areas 3 logits down.
    TwoDown,
    /// Abilities have heavy tails (t with 3 degrees of freedom).
    HeavyTails,
    /// Authors' demands are wrong by 0.8.
    WrongDemands,
    /// 15 % of reports are careless.
    Careless,
    /// Days differ by 0.7.
    Days,
    /// An area nobody modelled.
    Unmodelled,
    /// Strong areas make up for weak ones.
    Compensatory,
    /// The reporter is 0.6 generous.
    Generous,
    /// Discriminations are .6 or 1.8, unknown to us.
    Discriminations,
}

impl Kind {
    /// All worlds.
    pub const ALL: [Kind; 10] = [
        Kind::Base,
        Kind::TwoDown,
        Kind::HeavyTails,
        Kind::WrongDemands,
        Kind::Careless,
        Kind::Days,
        Kind::Unmodelled,
        Kind::Compensatory,
        Kind::Generous,
        Kind::Discriminations,
    ];

    /// The name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Base => "base",
            Kind::TwoDown => "two-down",
            Kind::HeavyTails => "heavy-tails",
            Kind::WrongDemands => "wrong-demands",
            Kind::Careless => "careless",
            Kind::Days => "days",
            Kind::Unmodelled => "unmodelled",
            Kind::Compensatory => "compensatory",
            Kind::Generous => "generous",
            Kind::Discriminations => "discriminations",
        }
    }
}

/// How parents rate an area against the typical child, and how noisily.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intake {
    /// In spreads of that age, with an error of 0.7 of them.
    BySpread,
    /// In logits, with an error of 1: harder, and nearest to the pilot of the design.
    InLogits,
    /// In spreads, with an error of 0.4.
    Sharp,
    /// In steps of one and a half spreads: most children are called typical.
    Coarse,
}

impl Intake {
    /// All of them.
    pub const ALL: [Intake; 4] = [Intake::InLogits, Intake::BySpread, Intake::Sharp, Intake::Coarse];

    /// The name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Intake::InLogits => "logits",
            Intake::BySpread => "spread",
            Intake::Sharp => "sharp",
            Intake::Coarse => "coarse",
        }
    }

    /// What a parent makes of a deviation of so many logits, where children differ by `spread`.
    fn rating(self, deviation: f64, spread: f64, dice: &mut Dice) -> i8 {
        let error = dice.normal();
        let seen = match self {
            Intake::BySpread => deviation / spread + 0.7 * error,
            Intake::InLogits => deviation + error,
            Intake::Sharp => deviation / spread + 0.4 * error,
            Intake::Coarse => (deviation / spread + 0.7 * error) / 1.5,
        };
        seen.round().clamp(-2.0, 2.0) as i8
    }
}

/// Activities as authored, and as they truly are.
pub struct World {
    /// Which.
    pub kind: Kind,
    /// How parents rate.
    pub intake: Intake,
    /// As authored: what every policy sees.
    pub repertoire: Repertoire,
    truth: Vec<Vec<Truth>>,
}

/// What a grade truly asks.
struct Truth {
    loads: Vec<(usize, f64)>,
    slope: Vec<f64>,
    /// Demand in the area that nobody modelled.
    hidden: f64,
}

const HARMLESS: Safety = Safety {
    hazards: Hazards::EMPTY,
    allergens: Allergens::EMPTY,
    limits: Limits::EMPTY,
    supervision: Supervision::Nearby,
};

impl World {
    /// A world with 300 activities of five grades.
    pub fn new(kind: Kind, intake: Intake, seed: u64) -> World {
        let mut dice = Dice::new(seed.wrapping_mul(0x9E37).wrapping_add(kind as u64));
        let (low, high) = (logit_at(20.0), logit_at(110.0));
        let mut truth = Vec::with_capacity(ACTIVITIES);
        let activities = (0..ACTIVITIES)
            .map(|index| {
                let mut areas: Vec<usize> = (0..AREAS).collect();
                dice.shuffle(&mut areas);
                let count = 1 + dice.below(3);
                let centre = dice.between(low, high);
                let offsets: Vec<f64> = (0..count)
                    .map(|place| if place == 0 { 0.0 } else { -dice.between(0.0, 2.5) })
                    .collect();
                let slopes: Vec<f64> = (0..count)
                    .map(|_| match kind {
                        Kind::Discriminations if dice.chance(0.5) => 0.6,
                        Kind::Discriminations => 1.8,
                        _ => 1.0,
                    })
                    .collect();
                let hidden = centre - dice.between(0.0, 2.5);
                let mut rungs = Vec::with_capacity(GRADES);
                let mut true_rungs = Vec::with_capacity(GRADES);
                for grade in 0..GRADES {
                    let step = (grade as f64 - 2.0) * 0.9;
                    let mut demands = Demands::new();
                    let mut loads = Vec::with_capacity(count);
                    for (&area, offset) in areas.iter().zip(&offsets) {
                        let at = centre + step + offset;
                        let _ = demands.load(Area::ALL[area], Logit::saturating(at));
                        let wrong = match kind {
                            Kind::WrongDemands => 0.8 * dice.normal(),
                            _ => 0.0,
                        };
                        loads.push((area, at + wrong));
                    }
                    rungs.push(Rung {
                        demands,
                        safety: HARMLESS,
                    });
                    true_rungs.push(Truth {
                        loads,
                        slope: slopes.clone(),
                        hidden: hidden + step,
                    });
                }
                truth.push(true_rungs);
                Activity {
                    id: format!("a{index:03}"),
                    rungs,
                    gates: Vec::new(),
                    levers: Vec::new(),
                    minutes: Minutes(10),
                }
            })
            .collect();
        World {
            kind,
            intake,
            repertoire: Repertoire {
                levers: Vec::new(),
                gates: Vec::new(),
                activities,
            },
            truth,
        }
    }

    /// The true chance of success, without what the day does.
    pub fn success(&self, child: &Child, activity: usize, grade: usize) -> f64 {
        self.success_on(child, activity, grade, 0.0)
    }

    fn success_on(&self, child: &Child, activity: usize, grade: usize, day: f64) -> f64 {
        let truth = &self.truth[activity][grade];
        let surplus = |&(area, at): &(usize, f64)| child.ability[area] + day - at;
        match self.kind {
            Kind::Compensatory => {
                let sum: f64 = truth.loads.iter().map(surplus).sum();
                sigmoid(sum / truth.loads.len() as f64)
            }
            _ => {
                let known: f64 = truth
                    .loads
                    .iter()
                    .zip(&truth.slope)
                    .map(|(load, slope)| sigmoid(slope * surplus(load)))
                    .product();
                let hidden = match self.kind {
                    Kind::Unmodelled => sigmoid(child.hidden + day - truth.hidden),
                    _ => 1.0,
                };
                known * hidden
            }
        }
    }

    /// What the parent reports.
    pub fn report(&self, child: &Child, activity: usize, grade: usize, dice: &mut Dice) -> Level {
        let careless = if self.kind == Kind::Careless { 0.15 } else { 0.05 };
        if dice.chance(careless) {
            return Level::ALL[dice.below(4)];
        }
        let day = if self.kind == Kind::Days {
            0.7 * dice.normal()
        } else {
            0.0
        };
        let p = self
            .success_on(child, activity, grade, day)
            .clamp(1e-9, 1.0 - 1e-9);
        let generous = if self.kind == Kind::Generous { 0.6 } else { 0.0 };
        let e = (p / (1.0 - p)).ln() + generous;
        let u = dice.unit();
        let passed = [-1.5, 0.0, 1.0]
            .into_iter()
            .filter(|cut| u < sigmoid(e - cut))
            .count();
        Level::ALL[passed]
    }

    /// The area that truly stops this child most.
    pub fn bottleneck(&self, child: &Child, activity: usize, grade: usize) -> usize {
        let truth = &self.truth[activity][grade];
        let surplus = |&(area, at): &(usize, f64)| child.ability[area] - at;
        truth
            .loads
            .iter()
            .min_by(|a, b| surplus(a).total_cmp(&surplus(b)))
            .map_or(0, |load| load.0)
    }
}

/// A simulated child.
pub struct Child {
    /// Age in months.
    pub age: f64,
    /// True abilities.
    pub ability: [f64; AREAS],
    hidden: f64,
    /// Whether two areas lie far below the others.
    pub uneven: bool,
    /// What a policy may know beforehand.
    pub prior: Prior,
    /// The parent's rating of each area against the typical child: −2 to 2.
    pub rating: [i8; AREAS],
}

/// How strongly each simulated area goes with general development: correlations .43 to .79.
const LOADING: [f64; AREAS] = [0.90, 0.65, 0.87, 0.80, 0.72, 0.68];

impl Child {
    /// A child of 24 to 96 months.
    pub fn new(kind: Kind, intake: Intake, dice: &mut Dice) -> Child {
        let age = dice.between(24.0, 96.0);
        let typical = logit_at(age);
        let spread = growth::spread(Months::saturating(age));
        let draw = |dice: &mut Dice| match kind {
            Kind::HeavyTails => dice.heavy_tailed(),
            _ => dice.normal(),
        };
        let general = draw(dice);
        let mut deviation = [0.0; AREAS];
        for (value, loading) in deviation.iter_mut().zip(LOADING) {
            *value = spread * (loading * general + (1.0 - loading * loading).sqrt() * draw(dice));
        }
        let hidden = typical + spread * (0.7 * general + 0.51f64.sqrt() * draw(dice));
        let (share, down) = match kind {
            Kind::TwoDown => (1.0, 3.0),
            _ => (0.25, 2.0),
        };
        let uneven = dice.chance(share);
        if uneven {
            let mut areas: Vec<usize> = (0..AREAS).collect();
            dice.shuffle(&mut areas);
            for &area in &areas[..2] {
                deviation[area] -= down;
            }
        }
        let mut covariance: PerArea<PerArea<f64>> = [[0.0; COUNT]; COUNT];
        let mut mean = [0.0; COUNT];
        for a in 0..AREAS {
            mean[a] = typical;
            for b in 0..AREAS {
                let correlation = if a == b { 1.0 } else { LOADING[a] * LOADING[b] };
                covariance[a][b] = spread * spread * correlation;
            }
        }
        let rating = deviation.map(|one| intake.rating(one, spread, dice));
        Child {
            age,
            ability: deviation.map(|one| typical + one),
            hidden,
            uneven,
            // A product of loadings is a correlation matrix, so this cannot fail.
            prior: Prior::new(mean, covariance).unwrap_or_else(|_| Prior::of_age(Months::saturating(age))),
            rating,
        }
    }
}

fn logit_at(months: f64) -> f64 {
    growth::typical(Months::saturating(months)).get()
}

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
