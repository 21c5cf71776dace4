//! The engine against numbers from elsewhere: an exact posterior on a fine grid, the reference numbers of the design, and
//! textbook values. The grid knows nothing of the engine's quadrature: it multiplies prior and likelihood point by point.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::{demands, months, Dice};
use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::Band;
use just_right_engine::growth::Prior;
use just_right_engine::model::Model;
use just_right_engine::question::{Answer, Question};
use just_right_engine::report::Level;
use just_right_engine::unit::Logit;

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The chance that every factor lets the child through, as a logit.
fn conjunction(factors: &[f64]) -> f64 {
    logit(factors.iter().map(|&e| sigmoid(e)).product::<f64>())
}

/// The exact posterior of two abilities: prior times likelihood on a grid of 321 × 321 points, five to six standard deviations wide.
struct Grid {
    points: Vec<([f64; 2], f64)>,
}

struct Moments {
    mean: [f64; 2],
    variance: [f64; 2],
    covariance: f64,
}

impl Grid {
    fn normal(mean: [f64; 2], covariance: [[f64; 2]; 2]) -> Grid {
        let [[a, b], [_, c]] = covariance;
        let determinant = a * c - b * b;
        let (sd0, sd1) = (a.sqrt(), c.sqrt());
        let steps = -160..=160;
        let points = steps
            .clone()
            .flat_map(|i| {
                steps
                    .clone()
                    .map(move |j| (f64::from(i) / 27.0, f64::from(j) / 27.0))
            })
            .map(|(i, j)| {
                let (x, y) = (i * sd0, j * sd1);
                let distance = (c * x * x - 2.0 * b * x * y + a * y * y) / determinant;
                ([mean[0] + x, mean[1] + y], (-0.5 * distance).exp())
            })
            .collect();
        Grid { points }
    }

    /// Of two areas of a child.
    fn of(profile: &Profile, areas: [Area; 2]) -> Grid {
        let [a, b] = areas;
        let covariance = [
            [profile.covariance(a, a), profile.covariance(a, b)],
            [profile.covariance(b, a), profile.covariance(b, b)],
        ];
        Grid::normal([profile.ability(a).get(), profile.ability(b).get()], covariance)
    }

    fn see(&mut self, likelihood: impl Fn([f64; 2]) -> f64) {
        for (theta, weight) in &mut self.points {
            *weight *= likelihood(*theta);
        }
    }

    fn expect(&self, value: impl Fn([f64; 2]) -> f64) -> f64 {
        let total: f64 = self.points.iter().map(|(_, weight)| weight).sum();
        self.points
            .iter()
            .map(|&(theta, weight)| weight * value(theta))
            .sum::<f64>()
            / total
    }

    fn moments(&self) -> Moments {
        let mean = [0, 1].map(|k| self.expect(|theta| theta[k]));
        let variance = [0, 1].map(|k| self.expect(|theta| (theta[k] - mean[k]).powi(2)));
        let covariance = self.expect(|theta| (theta[0] - mean[0]) * (theta[1] - mean[1]));
        Moments {
            mean,
            variance,
            covariance,
        }
    }
}

/// What the logit of success is divided by for what is not known of this activity and of this day.
fn soft(spread: f64) -> f64 {
    (1.0 + 0.346 * (spread * spread + Model::DEFAULT.child_sd * Model::DEFAULT.child_sd)).sqrt()
}

/// One Gaussian over the abilities and nothing else to learn: the tests that compare with a grid of two abilities. The mixture, the
/// reporter and the making up have their own oracle in `oracle.rs`.
const ONE_GAUSSIAN: Model = Model {
    drop: 0.0,
    reporter_sd: 0.0,
    making_up: 0.0,
    ..Model::DEFAULT
};

fn plain_child(age: f64) -> Profile {
    Profile::new(months(age), Prior::of_age(months(age)), ONE_GAUSSIAN)
}

/// Chance of a level where the logit of success is e and the link is softened, written out.
fn told(level: Level, e: f64, soft: f64) -> f64 {
    let cuts = [f64::NEG_INFINITY, -1.5, 0.0, 1.0, 2.5, f64::INFINITY];
    let above = |cut: f64| sigmoid((e - cut) / soft);
    let careless = Model::DEFAULT.careless;
    careless / 5.0 + (1.0 - careless) * (above(cuts[level as usize]) - above(cuts[level as usize + 1]))
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not within {tolerance} of {expected}"
    );
}

/// The grid itself, against the design's reference numbers (two areas, conjunctive, N(0, [[1, .5], [.5, 1]])).
#[test]
fn the_oracle_gives_the_reference_numbers_of_the_conjunctive_model() {
    let mut grid = Grid::normal([0.0, 0.0], [[1.0, 0.5], [0.5, 1.0]]);
    let b = |theta: [f64; 2]| sigmoid(theta[0] - 0.5) * sigmoid(theta[1] + 0.5);
    let mut check =
        |likelihood: &dyn Fn([f64; 2]) -> f64, mean: [f64; 2], variance: [f64; 2], covariance: f64| {
            grid.see(likelihood);
            let found = grid.moments();
            for k in 0..2 {
                near(found.mean[k], mean[k], 2e-6);
                near(found.variance[k], variance[k], 2e-6);
            }
            near(found.covariance, covariance, 2e-6);
        };
    check(
        &|theta| sigmoid(theta[0]),
        [0.413_242, 0.206_621],
        [0.829_231, 0.957_308],
        0.414_616,
    );
    check(
        &|theta| 1.0 - b(theta),
        [0.189_579, -0.004_426],
        [0.741_046, 0.896_810],
        0.321_764,
    );
    check(
        &|theta| sigmoid(theta[1] + 1.0),
        [0.272_743, 0.226_026],
        [0.721_899, 0.783_626],
        0.277_484,
    );
    near(grid.expect(b), 0.304_865, 2e-6);
}

/// The cuts of the report are the design's, so without carelessness the four-level numbers come out: θ ~ N(0, 1), b = 0. The fifth
/// level, "easily", is split off from "by themselves", and the two together are the design's fourth.
#[test]
fn the_levels_give_the_reference_numbers_of_the_four_level_report() {
    let honest = |level: Level, e: f64| level.likelihood(&Model::textbook(), e);
    let four = [
        (vec![Level::NotThisTime], -0.669_473, 0.917_118),
        (vec![Level::LotOfHelp], -0.209_497, 0.852_098),
        (vec![Level::LittleHelp], 0.145_768, 0.843_373),
        (vec![Level::ByThemselves, Level::Easily], 0.586_758, 0.910_621),
    ];
    for (levels, mean, sd) in four {
        let mut grid = Grid::normal([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]]);
        grid.see(|theta| levels.iter().map(|&level| honest(level, theta[0])).sum());
        let found = grid.moments();
        near(found.mean[0], mean, 2e-6);
        near(found.variance[0].sqrt(), sd, 2e-6);
    }
}

/// One loaded area: mean and spread of that area and of one that goes with it are the exact ones, at every level, for a young child (sd
/// .85) and for an older one of whom less is known (sd 1.3).
#[test]
fn a_report_about_one_area_moves_belief_as_the_exact_posterior_does() {
    for (age, tolerance) in [(30.0, 0.002), (96.0, 0.012)] {
        for off in [-2.0, -1.1, 0.0, 1.0] {
            for level in Level::ALL {
                let mut child = plain_child(age);
                let areas = [Area::FineMotor, Area::VisualMotor];
                let at = child.ability(Area::FineMotor).get() + off;
                let asked = demands(&[(Area::FineMotor, at)]).with_spread(0.7);
                let mut grid = Grid::of(&child, areas);
                grid.see(|theta| told(level, theta[0] - at, soft(0.7)));
                child.report(&asked, level);
                agree(&child, areas, &grid, tolerance);
            }
        }
    }
}

/// Two loaded areas: the same. Who fails at two things at once leaves it open which it was; the grid knows that, too.
#[test]
fn a_report_about_two_areas_moves_belief_as_the_exact_posterior_does() {
    for (age, tolerance) in [(30.0, 0.005), (96.0, 0.03)] {
        for (first, second) in [(-1.5, -1.5), (-0.5, -3.0), (0.5, -1.0)] {
            for level in Level::ALL {
                let mut child = plain_child(age);
                let areas = [Area::FineMotor, Area::Attention];
                let typical = child.ability(Area::FineMotor).get();
                let at = [typical + first, typical + second];
                let asked = demands(&[(areas[0], at[0]), (areas[1], at[1])]).with_spread(0.7);
                // Each demand is unsure by itself: of two errors the whole keeps as much as its slopes say.
                let fails = [first, second].map(sigmoid);
                let slope = |k: usize| fails[k] / (1.0 - (1.0 - fails[0]) * (1.0 - fails[1]));
                let left = (slope(0).powi(2) + slope(1).powi(2)).sqrt().min(1.0);
                let mut grid = Grid::of(&child, areas);
                grid.see(|theta| {
                    told(
                        level,
                        conjunction(&[theta[0] - at[0], theta[1] - at[1]]),
                        soft(0.7 * left),
                    )
                });
                child.report(&asked, level);
                agree(&child, areas, &grid, tolerance);
            }
        }
    }
}

#[track_caller]
fn agree(child: &Profile, areas: [Area; 2], grid: &Grid, tolerance: f64) {
    let exact = grid.moments();
    for (k, area) in areas.into_iter().enumerate() {
        near(child.ability(area).get(), exact.mean[k], tolerance);
        near(child.uncertainty(area), exact.variance[k].sqrt(), tolerance);
    }
    near(child.covariance(areas[0], areas[1]), exact.covariance, tolerance);
}

/// The design's three steps (A asks one area, B both, C the other; passed, failed, passed), told as reports: after three
/// moment matchings belief is still where the exact posterior of all three together is.
#[test]
fn three_reports_one_after_the_other_end_where_the_exact_posterior_of_all_ends() {
    let mut child = plain_child(48.0);
    let areas = [Area::FineMotor, Area::Attention];
    let typical = child.ability(Area::FineMotor).get();
    let mut grid = Grid::of(&child, areas);
    let steps: [(&[(usize, f64)], Level); 3] = [
        (&[(0, 0.0)], Level::ByThemselves),
        (&[(0, 0.5), (1, -0.5)], Level::NotThisTime),
        (&[(1, -1.0)], Level::ByThemselves),
    ];
    for (loads, level) in steps {
        let asked: Vec<(Area, f64)> = loads.iter().map(|&(k, at)| (areas[k], typical + at)).collect();
        child.report(&demands(&asked).with_spread(0.35), level);
        grid.see(|theta| {
            let factors: Vec<f64> = loads.iter().map(|&(k, at)| theta[k] - typical - at).collect();
            told(level, conjunction(&factors), soft(0.35))
        });
    }
    agree(&child, areas, &grid, 0.01);
    let expected = grid.expect(|theta| {
        sigmoid(conjunction(&[theta[0] - typical - 0.5, theta[1] - typical + 0.5]) / soft(0.35))
    });
    let b = demands(&[(areas[0], typical + 0.5), (areas[1], typical - 0.5)]).with_spread(0.35);
    near(child.outlook(&b).success, expected, 0.003);
}

/// Told only that it was a success (with a little help or better), whatever the level: the expectation rises. E[p²]/E[p] ≥ E[p].
#[test]
fn success_as_such_raises_what_is_expected_and_failure_as_such_lowers_it() {
    for off in [-4.0, -2.0, -1.0, 0.0, 1.5] {
        let child = plain_child(60.0);
        let at = child.ability(Area::HandEye).get() + off;
        let asked = demands(&[(Area::HandEye, at)]).with_spread(0.7);
        let before = child.outlook(&asked).success;
        let grid = Grid::of(&child, [Area::HandEye, Area::FineMotor]);
        let heard = |success: bool| {
            let levels = Level::ALL
                .into_iter()
                .filter(|level| level.is_success() == success);
            let (chances, expected): (Vec<f64>, Vec<f64>) = levels
                .map(|level| {
                    let chance = grid.expect(|theta| told(level, theta[0] - at, soft(0.7)));
                    let mut after = child.clone();
                    after.report(&asked, level);
                    (chance, chance * after.outlook(&asked).success)
                })
                .unzip();
            expected.iter().sum::<f64>() / chances.iter().sum::<f64>()
        };
        assert!(
            heard(false) < before && before < heard(true),
            "{off}: {} {before} {}",
            heard(false),
            heard(true)
        );
    }
}

/// What one tap does to a four-year-old at an activity that is just right (75 %): by how many logits the asked area moves. The
/// numbers are of the exact posterior.
#[test]
fn one_tap_moves_a_four_year_old_by_a_believable_step() {
    let expected = [-0.4615, -0.2895, -0.1032, 0.1107, 0.3975];
    for (level, by) in Level::ALL.into_iter().zip(expected) {
        let mut child = plain_child(48.0);
        let at = child.ability(Area::SelfCare).get() - logit(0.75);
        child.report(&demands(&[(Area::SelfCare, at)]), level);
        near(child.deviation(Area::SelfCare), by, 0.005);
    }
}

/// A child of three (sd .85) and an activity whose demand is unsure by 1: the logit of success is normal with sd √(.85² + 1²) = 1.3124 around logit(.75).
/// From a table of the normal curve: P(.6190 < e < 1.7346) = 0.3286 and P(e < 0) = 0.2013.
#[test]
fn the_chance_to_lie_in_the_band_is_that_of_the_normal_curve() {
    let child = plain_child(36.0);
    let at = child.ability(Area::Cognition).get() - logit(0.75);
    let outlook = child.outlook(&demands(&[(Area::Cognition, at)]).with_spread(1.0));
    near(outlook.spread, 1.312_440, 1e-6);
    near(outlook.chance_in(Band::JUST_RIGHT), 0.328610, 1e-5);
    near(outlook.chance_too_hard(), 0.201275, 1e-5);
}

/// With two areas the logit is not quite normal. The engine takes it as normal; against the grid that is wrong by less than
/// two in a hundred.
#[test]
fn the_chance_to_lie_in_the_band_is_nearly_exact_for_two_areas() {
    let child = plain_child(60.0);
    let areas = [Area::GrossMotor, Area::Attention];
    let typical = child.ability(Area::Attention).get();
    for (first, second) in [(-2.0, -2.0), (-1.0, -3.0), (-3.5, -2.5), (0.0, -1.0)] {
        let asked = demands(&[(areas[0], typical + first), (areas[1], typical + second)]).with_spread(0.5);
        let outlook = child.outlook(&asked);
        // The spread of the activity, as nine equally likely shifts.
        let shifts = [
            -1.593_2, -0.967_4, -0.589_5, -0.282_2, 0.0, 0.282_2, 0.589_5, 0.967_4, 1.593_2,
        ];
        let exact = Grid::of(&child, areas).expect(|theta| {
            let e = conjunction(&[theta[0] - typical - first, theta[1] - typical - second]);
            let inside = |shift: &&f64| (0.65..0.85).contains(&sigmoid(e + 0.5 * **shift));
            shifts.iter().filter(inside).count() as f64 / 9.0
        });
        near(outlook.chance_in(Band::JUST_RIGHT), exact, 0.02);
    }
}

/// The answer that a child with these abilities gives, as the model has it: by how far help has to come down.
fn answered(dice: &mut Dice, e: f64) -> Answer {
    let u = dice.unit();
    let more = [-4.0, -2.5, -1.0, 0.0]
        .into_iter()
        .filter(|cut| u < sigmoid(e - cut))
        .count();
    Answer::ALL[more]
}

/// Three questions for each area: easy, middling and hard for the age.
fn bank(child: &Profile) -> Vec<Question> {
    let ask = |area: Area, off: f64| Question {
        area,
        at: Logit::saturating(child.ability(area).get() + off),
        spread: 0.5,
        slope: 1.0,
    };
    Area::ALL
        .into_iter()
        .flat_map(|area| [-1.5, 0.0, 2.0].map(|off| ask(area, off)))
        .collect()
}

/// Eight answers of the same simulated child (typical, of five years), in the given order or in the adaptive one: mean spread at the end.
fn spread_after_eight(seed: u64, order: Option<&[usize]>) -> f64 {
    let mut dice = Dice(seed);
    let mut child = Profile::of_age(months(60.0));
    let mut open = bank(&child);
    let general = dice.between(-1.5, 1.5);
    let truth = Area::ALL.map(|area| child.ability(area).get() + general + dice.between(-1.0, 1.0));
    let all = open.clone();
    for asked in 0..8 {
        let question = match order {
            Some(order) => all[order[asked]],
            None => open.remove(child.next_question(&open, asked).unwrap()),
        };
        let answer = answered(&mut dice, truth[question.area.index()] - question.at.get());
        child.answer(&question, answer);
    }
    child.mean_uncertainty()
}

/// Eight questions, one area each in the order of the list, is a good fixed questionnaire; area by area is a naive one. The adaptive order
/// is better than either.
#[test]
fn the_adaptive_order_of_questions_leaves_less_uncertainty_than_a_fixed_one() {
    let naive: Vec<usize> = (0..8).collect();
    let spread_out: Vec<usize> = (0..8).map(|area| 3 * area + 1).collect();
    let mean =
        |order: Option<&[usize]>| (0..100).map(|seed| spread_after_eight(seed, order)).sum::<f64>() / 100.0;
    let (adaptive, naive, spread_out) = (mean(None), mean(Some(&naive)), mean(Some(&spread_out)));
    assert!(
        adaptive < spread_out && spread_out < naive,
        "{adaptive} {spread_out} {naive}"
    );
}

/// Nothing is known but the age: the first question is not about something that no or every child of five does, and
/// it is about an area that tells of the others.
#[test]
fn the_first_question_is_about_something_that_tells_much() {
    let child = Profile::of_age(months(60.0));
    let mut open = bank(&child);
    let typical = child.ability(Area::SelfCare).get();
    for (area, off) in [(Area::FineMotor, -9.0), (Area::Cognition, 12.0)] {
        open.insert(
            0,
            Question {
                area,
                at: Logit::saturating(typical + off),
                spread: 0.5,
                slope: 1.0,
            },
        );
    }
    let first = open[child.next_question(&open, 0).unwrap()];
    assert!((first.at.get() - typical).abs() <= 2.0, "{first:?}");
    let ties = |area: Area| {
        Area::ALL
            .into_iter()
            .map(|other| child.covariance(area, other))
            .sum::<f64>()
    };
    assert!(Area::ALL.into_iter().all(|area| ties(area) <= ties(first.area)));
}
