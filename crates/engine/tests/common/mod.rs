//! Random repertoires and families for the tests: small, but with everything that a real catalogue has.
//!
//! Everything comes from one seed, so a failing case is repeated by its seed alone, natively and in wasm.
#![allow(dead_code, clippy::unwrap_used)]

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, COUNT};
use just_right_engine::demand::Demands;
use just_right_engine::growth::{self, Prior};
use just_right_engine::model::Model;
use just_right_engine::pick::{Done, Rest};
use just_right_engine::repertoire::{Activity, Gate, Lever, Repertoire, Rung, Setting};
use just_right_engine::report::Level;
use just_right_engine::safety::{
    Allergen, Allergens, Hazard, Hazards, Limit, Limits, Protection, Safety, Supervision,
};
use just_right_engine::unit::{Logit, Minutes, Months};

/// SplitMix64 (Steele, Lea and Flood 2014): a good random source in five lines, the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// 0 to `n − 1`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

pub fn months(value: f64) -> Months {
    Months::new(value).unwrap()
}

/// Demands from areas and logits.
pub fn demands(loads: &[(Area, f64)]) -> Demands {
    let mut demands = Demands::new();
    for &(area, at) in loads {
        demands.load(area, Logit::new(at).unwrap()).unwrap();
    }
    demands
}

/// One to four areas, each asked about as much as the typical child of this age can do.
pub fn random_demands(dice: &mut Dice, around: Months) -> Demands {
    let mut areas = Area::ALL;
    dice.shuffle(&mut areas);
    let count = 1 + dice.below(4);
    let centre = growth::typical(around).get();
    let loads: Vec<(Area, f64)> = areas[..count]
        .iter()
        .map(|&area| (area, centre + dice.between(-3.5, 2.5)))
        .collect();
    let spread = dice.between(0.3, 1.2);
    demands(&loads).with_spread(spread)
}

/// What was done before, of so many activities, at grades about right for this age.
pub fn random_done(dice: &mut Dice, around: Months, activities: usize, times: usize) -> Vec<Done> {
    (0..times)
        .map(|_| Done {
            activity: format!("activity-{:02}", dice.below(activities)),
            demands: random_demands(dice, around),
            rest: Rest::Usual,
        })
        .collect()
}

/// A child of whom already something is known.
pub fn random_profile(dice: &mut Dice) -> Profile {
    random_profile_of(dice, Model::DEFAULT)
}

/// The same in another world.
pub fn random_profile_of(dice: &mut Dice, model: Model) -> Profile {
    let age = months(dice.between(12.0, 144.0));
    let mut profile = Profile::new(age, Prior::of_age(age), model);
    for _ in 0..dice.below(12) {
        let asked = random_demands(dice, profile.age());
        profile.report(&asked, dice.of(&Level::ALL));
        if dice.chance(0.3) {
            profile.elapse(dice.between(0.5, 40.0));
        }
    }
    profile
}

pub fn random_safety(dice: &mut Dice) -> Safety {
    let mut hazards = Hazards::EMPTY;
    let mut allergens = Allergens::EMPTY;
    let mut limits = Limits::EMPTY;
    while dice.chance(0.35) {
        hazards = hazards.with(dice.of(Hazard::ALL));
    }
    while dice.chance(0.15) {
        allergens = allergens.with(dice.of(Allergen::ALL));
    }
    while dice.chance(0.15) {
        limits = limits.with(dice.of(Limit::ALL));
    }
    Safety {
        hazards,
        allergens,
        limits,
        supervision: dice.of(Supervision::ALL),
    }
}

pub fn random_protection(dice: &mut Dice) -> Protection {
    let mut protection = Protection {
        youngest: None,
        mouthing: dice.of(&[None, Some(true), Some(false)]),
        ..Protection::default()
    };
    while dice.chance(0.4) {
        protection.allergens = protection.allergens.with(dice.of(Allergen::ALL));
    }
    while dice.chance(0.3) {
        protection.limits = protection.limits.with(dice.of(Limit::ALL));
    }
    protection
}

/// Nothing dangerous in it.
pub const HARMLESS: Safety = Safety {
    hazards: Hazards::EMPTY,
    allergens: Allergens::EMPTY,
    limits: Limits::EMPTY,
    supervision: Supervision::Nearby,
};

fn setting(id: &str, shift: [f64; COUNT], intrusion: f64) -> Setting {
    Setting {
        id: id.into(),
        shift,
        intrusion,
        therapist_only: false,
    }
}

fn shifts(areas: &[Area], by: f64) -> [f64; COUNT] {
    let mut shift = [0.0; COUNT];
    for area in areas {
        shift[area.index()] = by;
    }
    shift
}

/// Help, seat, place and amount, of the sizes in the design's table. The last help is for therapists; the last place
/// and amount make it harder.
pub fn levers() -> Vec<Lever> {
    use Area::{Attention, Executive, FineMotor, GrossMotor, HandEye, MotorPlanning, Sensory};
    let usual = || setting("usual", [0.0; COUNT], 0.0);
    let lever = |id: &str, settings: Vec<Setting>| Lever {
        id: id.into(),
        settings,
    };
    let mut help = vec![usual()];
    for (id, by, intrusion) in [
        ("reminder", -0.4, 0.5),
        ("shown", -0.8, 1.0),
        ("steadied", -1.0, 1.5),
        ("hand-under-hand", -2.5, 3.0),
    ] {
        help.push(setting(id, [by; COUNT], intrusion));
    }
    help.push(Setting {
        therapist_only: true,
        ..setting("hand-over-hand", [-4.0; COUNT], 5.0)
    });
    vec![
        lever("help", help),
        lever(
            "seat",
            vec![
                usual(),
                setting("supported", shifts(&[GrossMotor, FineMotor, HandEye], -0.7), 0.5),
            ],
        ),
        lever(
            "place",
            vec![
                usual(),
                setting("quiet", shifts(&[Attention, Sensory, Executive], -0.8), 0.3),
                setting("lively", shifts(&[Attention, Sensory], 0.7), 0.3),
            ],
        ),
        lever(
            "amount",
            vec![
                usual(),
                setting("half", shifts(&[Attention, Executive, MotorPlanning], -0.6), 0.2),
                setting("twice", shifts(&[Attention, Executive], 0.8), 0.2),
            ],
        ),
    ]
}

/// Other levers than the design's: each setting helps a few random areas by a random amount.
pub fn random_levers(dice: &mut Dice) -> Vec<Lever> {
    (0..4)
        .map(|id| {
            let mut settings = vec![setting("usual", [0.0; COUNT], 0.0)];
            for index in 0..1 + dice.below(4) {
                let mut shift = [0.0; COUNT];
                for shift in &mut shift {
                    if dice.chance(0.4) {
                        *shift = -dice.between(0.1, 2.5);
                    }
                }
                settings.push(setting(
                    &format!("setting-{index}"),
                    shift,
                    dice.between(0.0, 3.0),
                ));
            }
            Lever {
                id: format!("lever-{id}"),
                settings,
            }
        })
        .collect()
}

/// An activity of so many rungs, each a step harder in the same areas, about right for children of `around`.
pub fn ladder(dice: &mut Dice, id: usize, areas: usize, rungs: usize, around: Months) -> Activity {
    let mut all = Area::ALL;
    dice.shuffle(&mut all);
    let start = growth::typical(around).get() - 1.1 * rungs as f64 / 2.0 - 0.5;
    let offsets = [0.0, -dice.unit(), -2.0 * dice.unit(), -3.0 * dice.unit()];
    let rungs = (0..rungs)
        .map(|rung| {
            let at = start + 1.1 * rung as f64;
            let loads: Vec<(Area, f64)> = all[..areas]
                .iter()
                .zip(offsets)
                .map(|(&area, offset)| (area, at + offset))
                .collect();
            Rung {
                demands: demands(&loads),
                safety: HARMLESS,
            }
        })
        .collect();
    Activity {
        id: format!("activity-{id:02}"),
        rungs,
        gates: Vec::new(),
        levers: vec![0, 1, 2, 3],
        minutes: Minutes(20),
    }
}

/// A repertoire with random dangers, gates and times, for children of about this age.
pub fn random_repertoire(dice: &mut Dice, around: Months, activities: usize) -> Repertoire {
    let gates = vec![
        Gate {
            id: "sits".into(),
            area: Area::GrossMotor,
            at: growth::typical(months(8.0)),
            supports: 2,
        },
        Gate {
            id: "ahead".into(),
            area: Area::Cognition,
            at: growth::typical(Months::saturating(around.get() * dice.between(0.5, 1.3))),
            supports: 0,
        },
    ];
    let activities = (0..activities)
        .map(|id| {
            let areas = 1 + dice.below(4);
            let rungs = 1 + dice.below(5);
            let centre = Months::saturating(around.get() * dice.between(0.6, 1.4));
            let mut activity = ladder(dice, id, areas, rungs, centre);
            for rung in &mut activity.rungs {
                rung.safety = random_safety(dice);
            }
            activity.levers.retain(|_| dice.chance(0.7));
            if dice.chance(0.3) {
                activity.gates.push(dice.below(gates.len()));
            }
            activity.minutes = Minutes(dice.of(&[5, 15, 30, 60]));
            activity
        })
        .collect();
    Repertoire {
        levers: levers(),
        gates,
        activities,
    }
}

/// Not much time today.
pub const QUARTER_HOUR: Minutes = Minutes(15);
