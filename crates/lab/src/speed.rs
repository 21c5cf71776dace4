//! `lab speed`: how long a report and a set of picks take, how that grows with the catalogue, and what the bounds of
//! the search are worth, as ratios within one run.

use std::time::Instant;

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, COUNT};
use just_right_engine::demand::{Band, Demands};
use just_right_engine::grading::{best, Request};
use just_right_engine::growth;
use just_right_engine::pick::{picks, Rounds, Wanted};
use just_right_engine::repertoire::{Activity, Lever, Repertoire, Rung, Setting};
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergens, Hazards, Limits, Protection, Safety, Supervision};
use just_right_engine::unit::{Logit, Minutes, Months};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::dice::Dice;
use crate::Told;

/// What the suite found.
#[derive(Serialize)]
pub struct Found {
    /// Median milliseconds of one report about so many areas, for a child of whom only the age is known.
    pub report_ms: Vec<(usize, f64)>,
    /// Median milliseconds of three picks, by number of activities: eight rungs each, all levers.
    pub picks_ms: Vec<(usize, f64)>,
    /// Milliseconds for ten times the activities over milliseconds: 10 is linear.
    pub growth_by_ten: Vec<(usize, f64)>,
    /// How many times longer it takes to look for the best grade of every one of 300 activities.
    pub every_activity_over_picks: f64,
}

/// Runs the suite.
///
/// # Errors
/// Where an option is no number.
pub fn run(arguments: &Arguments) -> Told {
    let found = measure(arguments.number("most", 100_000)?);
    if arguments.has("json") {
        return serde_json::to_string(&found).map_err(|error| error.to_string());
    }
    Ok(found.table())
}

/// Measures with catalogues of up to so many activities.
pub fn measure(most: usize) -> Found {
    let mut found = Found {
        report_ms: (1..=4).map(|areas| (areas, report_ms(areas))).collect(),
        picks_ms: Vec::new(),
        growth_by_ten: Vec::new(),
        every_activity_over_picks: 0.0,
    };
    for size in [300, 1_000, 10_000, 100_000] {
        if size <= most {
            eprintln!("speed: {size} activities");
            found.picks_ms.push((size, picks_ms(size)));
        }
    }
    for pair in found.picks_ms.windows(2) {
        if let [(from, before), (to, after)] = pair {
            let tens = (*to as f64 / *from as f64).log10();
            found
                .growth_by_ten
                .push((*to, 10f64.powf((after / before).log10() / tens)));
        }
    }
    if let Some((size, picks)) = found.picks_ms.first() {
        found.every_activity_over_picks = every_activity_ms(*size) / picks;
    }
    found
}

impl Found {
    fn table(&self) -> String {
        let mut text = String::new();
        for (areas, ms) in &self.report_ms {
            text += &format!("a report about {areas} of 11 areas      {ms:8.3} ms\n");
        }
        for (size, ms) in &self.picks_ms {
            text += &format!("3 picks of {size:>6} activities x 8 rungs {ms:8.2} ms\n");
        }
        for (size, by) in &self.growth_by_ten {
            text += &format!("up to {size:>6}: ten times the activities take {by:5.1} times as long\n");
        }
        text += &format!(
            "the best grade of each of 300 takes {:.1} times as long as three picks\n",
            self.every_activity_over_picks
        );
        text
    }
}

/// The median of repeated timings, in milliseconds.
fn median_ms(times: usize, mut once: impl FnMut()) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            once();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}

fn report_ms(areas: usize) -> f64 {
    let mut dice = Dice::new(areas as u64);
    let child = Profile::of_age(Months::saturating(60.0));
    let demands = random_demands(&mut dice, areas, growth::typical(child.age()).get() - 1.5);
    median_ms(201, || {
        let mut child = child.clone();
        child.report(&demands, Level::LittleHelp);
        std::hint::black_box(&child);
    })
}

fn picks_ms(size: usize) -> f64 {
    let repertoire = repertoire(size);
    let child = known_child();
    let protection = Protection::default();
    let request = request(&child, &protection);
    let times = (30_000 / size).clamp(3, 51);
    let wanted = Wanted {
        rounds: Rounds::WithEasyWin,
        ..Wanted::in_the_app(3, &[], size)
    };
    median_ms(times, || {
        std::hint::black_box(picks(&repertoire, &request, &wanted));
    })
}

fn every_activity_ms(size: usize) -> f64 {
    let repertoire = repertoire(size);
    let child = known_child();
    let protection = Protection::default();
    let request = request(&child, &protection);
    median_ms(11, || {
        for activity in &repertoire.activities {
            let _ = std::hint::black_box(best(&repertoire, activity, &request));
        }
    })
}

fn request<'a>(child: &'a Profile, protection: &'a Protection) -> Request<'a> {
    Request {
        profile: child,
        protection,
        band: Band::JUST_RIGHT,
        minutes: None,
        therapist: false,
    }
}

/// A child of five of whom a little is known.
fn known_child() -> Profile {
    let mut dice = Dice::new(7);
    let mut child = Profile::of_age(Months::saturating(60.0));
    for _ in 0..5 {
        let demands = random_demands(&mut dice, 2, growth::typical(child.age()).get() - 1.5);
        child.report(&demands, Level::ALL[dice.below(5)]);
    }
    child
}

fn random_demands(dice: &mut Dice, areas: usize, around: f64) -> Demands {
    let mut all = Area::ALL;
    dice.shuffle(&mut all);
    let mut demands = Demands::new().with_spread(0.5);
    for (place, &area) in all[..areas].iter().enumerate() {
        let below = if place == 0 { 0.0 } else { dice.between(0.0, 2.5) };
        let _ = demands.load(area, Logit::saturating(around - below));
    }
    demands
}

/// Activities of eight rungs for children of 1 to 12 years, with the four levers of the app.
fn repertoire(size: usize) -> Repertoire {
    let mut dice = Dice::new(11);
    let at = |months: f64| growth::typical(Months::saturating(months)).get();
    let activities = (0..size)
        .map(|index| {
            let areas = 1 + dice.below(4);
            let lowest = random_demands(&mut dice, areas, 0.0);
            let centre = dice.between(at(14.0), at(130.0));
            let rungs = (0..8)
                .map(|rung| Rung {
                    demands: lowest.shifted(|_| centre + (rung as f64 - 3.5) * 0.9),
                    safety: Safety {
                        hazards: Hazards::EMPTY,
                        allergens: Allergens::EMPTY,
                        limits: Limits::EMPTY,
                        supervision: Supervision::Nearby,
                    },
                })
                .collect();
            Activity {
                id: format!("activity-{index:06}"),
                rungs,
                gates: Vec::new(),
                levers: vec![0, 1, 2, 3],
                minutes: Minutes(10),
            }
        })
        .collect();
    Repertoire {
        levers: levers(),
        gates: Vec::new(),
        activities,
    }
}

/// Help, seat, place and amount, of the sizes in the design's table.
fn levers() -> Vec<Lever> {
    use Area::{Attention, Executive, FineMotor, GrossMotor, HandEye, MotorPlanning, Sensory};
    let setting = |id: &str, areas: &[Area], by: f64, intrusion: f64| {
        let mut shift = [0.0; COUNT];
        for area in areas {
            shift[area.index()] = by;
        }
        Setting {
            id: id.into(),
            shift,
            intrusion,
            therapist_only: false,
        }
    };
    let usual = || setting("usual", &[], 0.0, 0.0);
    let all = Area::ALL;
    let lever = |id: &str, settings: Vec<Setting>| Lever {
        id: id.into(),
        settings,
    };
    vec![
        lever(
            "help",
            vec![
                usual(),
                setting("reminder", &all, -0.4, 0.3),
                setting("shown", &all, -0.8, 0.6),
                setting("steadied", &all, -1.0, 1.0),
                setting("hand-under-hand", &all, -2.5, 2.5),
                setting("adult-does-most", &all, -4.0, 3.5),
            ],
        ),
        lever(
            "seat",
            vec![
                usual(),
                setting("supported", &[GrossMotor, FineMotor, HandEye], -0.7, 0.5),
            ],
        ),
        lever(
            "place",
            vec![
                usual(),
                setting("quiet", &[Attention, Sensory, Executive], -0.8, 0.3),
            ],
        ),
        lever(
            "amount",
            vec![
                usual(),
                setting("half", &[Attention, Executive, MotorPlanning], -0.6, 0.2),
            ],
        ),
    ]
}
