//! The fast update against the exact posterior: the engine's own prior (drops, reporter, making up) and the likelihood of `report.rs`,
//! over all eleven areas, by Monte Carlo with no Gaussian in it.
//!
//! Annealed importance sampling with resampling (Del Moral, Doucet and Jasra 2006): draws from the prior, weighted by one report after
//! the other, resampled when their weights grow uneven, and moved by random-walk Metropolis steps that keep the exact posterior of
//! all reports so far. All from one seed. `ORACLE_SEQUENCES=1000 ORACLE_PARTICLES=8000` for the long run.
//!
//! Found with 40 sequences of 40 reports and 4,000 draws (median, 95 %, worst over areas): the mean is off by .025, .111 and .498
//! logit, the spread by 2.2, 8.8 and 16.7 %. The worst stay when drops, reporter, making up and careless taps are all switched
//! off, and two of them with 150,000 draws, so they are neither the mixture's nor the oracle's. The three that were looked at are
//! older children (spread 1.2 and more). The worst has an area that is nearly always reported together with a weaker one: success
//! tells of it only that it is high enough, so its exact posterior is probably skewed upward, which a Gaussian cannot be.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::needless_range_loop, clippy::print_stdout)]

mod common;

use common::{demands, months, Dice};
use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, COUNT};
use just_right_engine::demand::Demands;
use just_right_engine::growth::{self, Prior};
use just_right_engine::model::Model;
use just_right_engine::report::Level;

const MODEL: Model = Model::DEFAULT;
const CUTS: [f64; 4] = [-1.5, 0.0, 1.0, 2.5];

struct Report {
    loads: Vec<(usize, f64)>,
    level: usize,
    gap: f64,
    soft: f64,
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn normal(dice: &mut Dice) -> f64 {
    (-2.0 * (1.0 - dice.unit()).ln()).sqrt() * (std::f64::consts::TAU * dice.unit()).cos()
}

impl Report {
    /// As `report.rs` has it: the link is softened, and the gap taken, where the child was believed to be.
    fn of(profile: &Profile, asked: &Demands, level: Level) -> Report {
        let (mut against, mut over, mut n) = (0.0, 0.0, 0.0);
        for (area, at) in asked.iter() {
            let e = profile.ability(area).get() - at.get();
            against += (-e).exp() * (1.0 + against);
            over += e;
            n += 1.0;
        }
        let slopes = asked.iter().map(|(area, at)| {
            let x = (at.get() - profile.ability(area).get()).exp();
            (x / (1.0 + x) * (1.0 + against) / against).powi(2)
        });
        let left = asked.spread() * slopes.sum::<f64>().min(1.0).sqrt();
        Report {
            loads: asked
                .iter()
                .map(|(area, at)| (area.index(), at.get() - profile.prior().typical(area)))
                .collect(),
            level: level as usize,
            gap: if n < 2.0 {
                0.0
            } else {
                (over / n + f64::ln(against)).clamp(0.0, 3.0)
            },
            soft: (1.0 + 0.346 * (left * left + MODEL.child_sd * MODEL.child_sd)).sqrt(),
        }
    }

    fn loglik(&self, state: &[f64; COUNT + 2]) -> f64 {
        let mut against = 0.0;
        for &(area, at) in &self.loads {
            against += (at - state[area]).exp() * (1.0 + against);
        }
        let e = -f64::ln(against) + state[COUNT] + self.gap * state[COUNT + 1];
        let above = |index: usize| sigmoid((e - CUTS[index]) / self.soft);
        let high = if self.level == 0 {
            1.0
        } else {
            above(self.level - 1)
        };
        let low = if self.level == 4 { 0.0 } else { above(self.level) };
        ((1.0 - MODEL.careless) * (high - low) + MODEL.careless / 5.0).ln()
    }
}

/// The prior of one kind of child: mean, and a factor of the covariance; drawn and judged in standard coordinates.
struct Child {
    age: f64,
    spread: f64,
}

impl Child {
    /// One common factor and one's own, as the loadings of `growth.rs` have it.
    fn loading(area: usize) -> f64 {
        let other = if area == 0 { 1 } else { 0 };
        let third = if area <= 1 { 2 } else { 1 };
        let r = |a: usize, b: usize| growth::correlation(Area::ALL[a], Area::ALL[b]);
        (r(area, other) * r(area, third) / r(other, third)).sqrt()
    }
}

/// Standard coordinates: a common factor, eleven of the areas' own, the reporter, the making up; and eleven for drops.
const STANDARD: usize = COUNT + 3 + COUNT;

fn state_of(
    z: &[f64; STANDARD],
    dropped: u16,
    makes_up: bool,
    spread: f64,
    loading: &[f64; COUNT],
) -> [f64; COUNT + 2] {
    let mut state = [0.0; COUNT + 2];
    for area in 0..COUNT {
        let l = loading[area];
        state[area] = spread * (l * z[0] + (1.0 - l * l).sqrt() * z[1 + area]);
        if dropped >> area & 1 == 1 {
            state[area] += -MODEL.drop_mean + MODEL.drop_sd * z[COUNT + 3 + area];
        }
    }
    state[COUNT] = MODEL.reporter_sd * z[COUNT + 1];
    state[COUNT + 1] = if makes_up {
        MODEL.making_up_mean + MODEL.making_up_sd * z[COUNT + 2]
    } else {
        0.0
    };
    state
}

/// Which areas drop and whether it makes up: the weights of the engine's parts.
fn kinds() -> Vec<(u16, bool, f64)> {
    let odds = MODEL.drop / (1.0 - MODEL.drop);
    let mut kinds = Vec::new();
    for (makes_up, weight) in [(false, 1.0 - MODEL.making_up), (true, MODEL.making_up)] {
        kinds.push((0, makes_up, weight));
        for one in 0..COUNT {
            kinds.push((1 << one, makes_up, weight * odds));
            for other in one + 1..COUNT {
                if !makes_up {
                    kinds.push((1 << one | 1 << other, makes_up, weight * odds * odds));
                }
            }
        }
    }
    let total: f64 = kinds.iter().map(|kind| kind.2).sum();
    kinds.iter_mut().for_each(|kind| kind.2 /= total);
    kinds
}

/// A draw in standard coordinates.
#[derive(Clone)]
struct Particle {
    z: [f64; STANDARD],
    kind: usize,
    loglik: f64,
}

/// Mean and spread of each area after all reports.
fn exact(child: &Child, reports: &[Report], particles: usize, dice: &mut Dice) -> [(f64, f64); COUNT] {
    let loading: [f64; COUNT] = std::array::from_fn(Child::loading);
    let kinds = kinds();
    let draw_kind = |dice: &mut Dice| {
        let mut left = dice.unit();
        kinds
            .iter()
            .position(|kind| {
                left -= kind.2;
                left < 0.0
            })
            .unwrap_or(0)
    };
    let state = |one: &Particle| {
        state_of(
            &one.z,
            kinds[one.kind].0,
            kinds[one.kind].1,
            child.spread,
            &loading,
        )
    };
    let mut cloud: Vec<Particle> = (0..particles)
        .map(|_| Particle {
            z: std::array::from_fn(|_| normal(dice)),
            kind: draw_kind(dice),
            loglik: 0.0,
        })
        .collect();
    let mut logs = vec![0.0; particles];
    for known in 1..=reports.len() {
        for (one, log) in cloud.iter_mut().zip(&mut logs) {
            let by = reports[known - 1].loglik(&state(one));
            one.loglik += by;
            *log += by;
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
        let total: f64 = weights.iter().sum();
        let even = total * total / weights.iter().map(|weight| weight * weight).sum::<f64>();
        if even > 0.5 * particles as f64 && known < reports.len() {
            continue;
        }
        // Systematic resampling.
        let (mut next, mut at, mut sum) = (Vec::with_capacity(particles), 0, weights[0]);
        let start = dice.unit();
        for index in 0..particles {
            let place = (start + index as f64) / particles as f64 * total;
            while sum < place && at + 1 < particles {
                at += 1;
                sum += weights[at];
            }
            next.push(cloud[at].clone());
        }
        cloud = next;
        logs.fill(0.0);
        // Moves that leave the exact posterior as it is: preconditioned Crank-Nicolson in standard coordinates, small and large,
        // and jumps to another kind of child.
        for step in 0..MOVES {
            let size: f64 = [0.15, 0.3, 0.6][step % 3];
            for one in &mut cloud {
                let mut tried = one.clone();
                if step % 4 == 3 {
                    tried.kind = draw_kind(dice);
                    // The coordinates of drops are told anew.
                    for z in &mut tried.z[COUNT + 2..] {
                        *z = normal(dice);
                    }
                } else {
                    let kept = (1.0 - size * size).sqrt();
                    for z in &mut tried.z {
                        *z = kept * *z + size * normal(dice);
                    }
                }
                let now = state(&tried);
                tried.loglik = reports[..known].iter().map(|report| report.loglik(&now)).sum();
                if dice.unit().ln() < tried.loglik - one.loglik {
                    *one = tried;
                }
            }
        }
    }
    let mut moments = [(0.0, 0.0); COUNT];
    for one in &cloud {
        let now = state(one);
        for area in 0..COUNT {
            moments[area].0 += now[area] / particles as f64;
            moments[area].1 += now[area] * now[area] / particles as f64;
        }
    }
    moments.map(|(mean, square)| (mean, (square - mean * mean).max(0.0).sqrt()))
}

/// Moves after each resampling.
const MOVES: usize = 8;

/// One sequence of reports of a child drawn from the prior: for each area how far the mean is off, in logits, and the spread, as a share.
fn off(seed: u64, particles: usize) -> Vec<(f64, f64)> {
    let mut dice = Dice(seed);
    let age = dice.between(14.0, 140.0);
    let child = Child {
        age,
        spread: growth::spread(months(age)),
    };
    let loading: [f64; COUNT] = std::array::from_fn(Child::loading);
    let kinds = kinds();
    let mut left = dice.unit();
    let kind = kinds
        .iter()
        .position(|kind| {
            left -= kind.2;
            left < 0.0
        })
        .unwrap_or(0);
    let z = std::array::from_fn(|_| normal(&mut dice));
    let truth = state_of(&z, kinds[kind].0, kinds[kind].1, child.spread, &loading);
    let mut profile = Profile::new(months(child.age), Prior::of_age(months(child.age)), MODEL);
    let mut reports = Vec::new();
    let areas = 1 + dice.below(COUNT);
    for _ in 0..40 {
        let mut all = Area::ALL;
        let used = &mut all[..areas];
        dice.shuffle(used);
        let count = (1 + dice.below(4)).min(areas);
        // About right for what is believed, as picks are.
        let loads: Vec<(Area, f64)> = used[..count]
            .iter()
            .map(|&area| (area, profile.ability(area).get() - 1.0 - dice.between(0.0, 1.5)))
            .collect();
        let asked = demands(&loads).with_spread(dice.of(&[0.35, 0.7, 1.0]));
        let mut report = Report::of(&profile, &asked, Level::Easily);
        let mut u = dice.unit();
        for level in 0..5 {
            report.level = level;
            u -= report.loglik(&truth).exp();
            if u < 0.0 {
                break;
            }
        }
        profile.report(&asked, Level::ALL[report.level]);
        reports.push(report);
    }
    let exact = exact(&child, &reports, particles, &mut dice);
    Area::ALL
        .into_iter()
        .take(areas)
        .map(|area| {
            let (mean, spread) = exact[area.index()];
            (
                (profile.deviation(area) - mean).abs(),
                (profile.uncertainty(area) / spread - 1.0).abs(),
            )
        })
        .collect()
}

fn number(name: &str, ordinary: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(ordinary)
}

fn share(all: &mut [f64], share: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    all[((all.len() - 1) as f64 * share) as usize]
}

#[test]
fn the_fast_update_stays_near_the_exact_posterior() {
    let sequences = number("ORACLE_SEQUENCES", 12);
    let particles = number("ORACLE_PARTICLES", 3_000);
    let (mut means, mut spreads) = (Vec::new(), Vec::new());
    let mut worst: Vec<(f64, f64, u64)> = Vec::new();
    // A worst case again: its seed as ORACLE_FIRST, and one sequence.
    let first = number("ORACLE_FIRST", 0) as u64;
    for seed in first..first + sequences as u64 {
        let areas = off(seed, particles);
        let most = |value: fn(&(f64, f64)) -> f64| areas.iter().map(value).fold(0.0, f64::max);
        worst.push((most(|one| one.0), most(|one| one.1), seed));
        means.extend(areas.iter().map(|one| one.0));
        spreads.extend(areas.iter().map(|one| one.1));
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shares = [0.5, 0.95, 1.0];
    let (mean, spread) = (
        shares.map(|one| share(&mut means, one)),
        shares.map(|one| share(&mut spreads, one)),
    );
    println!(
        "{sequences} sequences: mean off by {mean:.3?} logits, spread by {spread:.3?} (median, 95 %, worst)"
    );
    println!("worst (mean, spread, seed): {:.3?}", &worst[..worst.len().min(5)]);
    assert!(mean[0] <= 0.05 && spread[0] <= 0.08);
}
