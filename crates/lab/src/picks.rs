//! `lab picks`: what share of picks is truly just right, for each policy in each world.

use crate::arguments::Arguments;
use crate::dice::Dice;
use crate::policy::{Policy, Which, NO_REPEAT};
use crate::world::{Child, Kind, World, AREAS};
use crate::Told;

/// Runs the suite.
pub fn run(arguments: &Arguments) -> Told {
    let children = arguments.number("children", 60)?;
    let seed = arguments.number("seed", 1)?;
    let worlds = arguments.text("world").unwrap_or_default();
    let only = arguments.text("only").unwrap_or_default();
    for kind in Kind::ALL {
        if !worlds.is_empty() && !worlds.split(',').any(|w| w == kind.id()) {
            continue;
        }
        for (name, which) in Which::all() {
            if !only.is_empty() && !only.split(',').any(|w| w == name) {
                continue;
            }
            let start = std::time::Instant::now();
            let s = play(kind, which, children, seed);
            eprintln!(
                "{:16} {:12} band {:.3} five {:.3} uneven {:.3} <.5 {:.3} cal {:.3} H {:.3}/{:.3}  {:.1}s",
                kind.id(),
                name,
                s.in_band,
                s.first_five,
                s.uneven,
                s.too_hard,
                s.calibration.unwrap_or(f64::NAN),
                s.entropy,
                s.entropy_loaded,
                start.elapsed().as_secs_f64()
            );
            if arguments.has("by") {
                let by: Vec<String> = s
                    .by_pick
                    .chunks(5)
                    .map(|c| format!("{:.2}", c.iter().sum::<f64>() / 5.0))
                    .collect();
                eprintln!(
                    "   by five: {}  p bins {:?}",
                    by.join(" "),
                    s.bins.map(|b| (b * 100.0).round() / 100.0)
                );
            }
        }
    }
    Ok(String::new())
}

/// Picks a child.
pub const PICKS: usize = 40;

/// What a policy came to in a world.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Share of picks whose true chance of success lies in the band.
    pub in_band: f64,
    /// Of the first five.
    pub first_five: f64,
    /// Of children with an uneven profile.
    pub uneven: f64,
    /// Share of picks that are truly more likely to go wrong than well.
    pub too_hard: f64,
    /// Calibration error of expected success, in ten equal bins; `None` where a policy expects nothing.
    pub calibration: Option<f64>,
    /// Entropy of the areas that the picks' bottlenecks are spread over, from 0 to 1: mean over children.
    pub entropy: f64,
    /// The same of all loaded areas.
    pub entropy_loaded: f64,
    /// Share in band by number of the pick.
    pub by_pick: Vec<f64>,
    pub bins: [f64; 10],
}

#[derive(Clone, Default)]
struct Tally {
    picks: f64,
    in_band: f64,
    first: f64,
    first_in_band: f64,
    uneven: f64,
    uneven_in_band: f64,
    too_hard: f64,
    bins: [[f64; 3]; 10],
    expected: f64,
    truth: [f64; 10],
    entropy: f64,
    entropy_loaded: f64,
    children: f64,
    by_pick: Vec<f64>,
}

/// Plays `children` children in a world.
pub fn play(kind: Kind, which: Which, children: usize, seed: u64) -> Score {
    let world = World::new(kind, seed);
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(2);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
                let world = &world;
                scope.spawn(move || {
                    let mut tally = Tally {
                        by_pick: vec![0.0; PICKS],
                        ..Tally::default()
                    };
                    for child in (thread..children).step_by(threads) {
                        one(world, which, seed, child, &mut tally);
                    }
                    tally
                })
            })
            .collect();
        handles
            .into_iter()
            .filter_map(|handle| handle.join().ok())
            .collect()
    });
    score(&tallies)
}

fn one(world: &World, which: Which, seed: u64, number: usize, tally: &mut Tally) {
    let mut dice = Dice::new(seed ^ (number as u64).wrapping_mul(0x1234_5678_9ABC_DEF1));
    let child = Child::new(world.kind, &mut dice);
    let mut policy: Box<dyn Policy> = which.start(&child);
    let mut done: Vec<usize> = Vec::new();
    let mut areas = [0.0; AREAS];
    let mut loaded = [0.0; AREAS];
    for pick in 0..PICKS {
        let resting = &done[done.len().saturating_sub(NO_REPEAT)..];
        let (activity, grade, expected) = policy.pick(world, resting, &mut dice);
        let p = world.success(&child, activity, grade);
        let in_band = f64::from(u8::from((0.65..=0.85).contains(&p)));
        tally.picks += 1.0;
        tally.truth[((p * 10.0) as usize).min(9)] += 1.0;
        tally.in_band += in_band;
        tally.by_pick[pick] += in_band;
        if pick < 5 {
            tally.first += 1.0;
            tally.first_in_band += in_band;
        }
        if child.uneven {
            tally.uneven += 1.0;
            tally.uneven_in_band += in_band;
        }
        tally.too_hard += f64::from(u8::from(p < 0.5));
        if let Some(expected) = expected {
            let bin = ((expected * 10.0) as usize).min(9);
            tally.bins[bin][0] += 1.0;
            tally.bins[bin][1] += expected;
            tally.bins[bin][2] += p;
            tally.expected += 1.0;
        }
        areas[world.bottleneck(&child, activity, grade)] += 1.0;
        for (area, _) in world.repertoire.activities[activity].rungs[grade].demands.iter() {
            loaded[area.index()] += 1.0;
        }
        let level = world.report(&child, activity, grade, &mut dice);
        policy.report(world, activity, grade, level);
        done.push(activity);
    }
    tally.children += 1.0;
    tally.entropy += entropy(&areas);
    tally.entropy_loaded += entropy(&loaded);
}

fn entropy(counts: &[f64; AREAS]) -> f64 {
    let total: f64 = counts.iter().sum();
    let nats: f64 = counts
        .iter()
        .filter(|&&count| count > 0.0)
        .map(|count| -count / total * (count / total).ln())
        .sum();
    nats / (AREAS as f64).ln()
}

fn score(tallies: &[Tally]) -> Score {
    let sum = |value: fn(&Tally) -> f64| tallies.iter().map(value).sum::<f64>();
    let picks = sum(|t| t.picks);
    let expected = sum(|t| t.expected);
    let calibration = (0..10)
        .map(|bin| {
            let said: f64 = tallies.iter().map(|t| t.bins[bin][1]).sum();
            let true_p: f64 = tallies.iter().map(|t| t.bins[bin][2]).sum();
            (said - true_p).abs()
        })
        .sum::<f64>()
        / expected;
    let children = sum(|t| t.children);
    Score {
        in_band: sum(|t| t.in_band) / picks,
        bins: std::array::from_fn(|b| tallies.iter().map(|t| t.truth[b]).sum::<f64>() / picks),
        first_five: sum(|t| t.first_in_band) / sum(|t| t.first),
        uneven: sum(|t| t.uneven_in_band) / sum(|t| t.uneven),
        too_hard: sum(|t| t.too_hard) / picks,
        calibration: (expected > 0.0).then_some(calibration),
        entropy: sum(|t| t.entropy) / children,
        entropy_loaded: sum(|t| t.entropy_loaded) / children,
        by_pick: (0..PICKS)
            .map(|pick| tallies.iter().map(|t| t.by_pick[pick]).sum::<f64>() / children)
            .collect(),
    }
}
