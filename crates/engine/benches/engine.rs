//! How long the engine takes: `cargo bench -p just-right-engine`. Medians of repeated timings, and ratios within one run, which say the
//! same on any computer.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Instant;

use common::{demands, ladder, levers, months, Dice};
use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::Band;
use just_right_engine::grading::Request;
use just_right_engine::growth;
use just_right_engine::pick::{picks, Wanted};
use just_right_engine::repertoire::{Grade, Repertoire};
use just_right_engine::report::Level;
use just_right_engine::safety::Protection;

/// Median microseconds.
fn median(times: usize, mut once: impl FnMut()) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            once();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}

fn repertoire(size: usize) -> Repertoire {
    let mut dice = Dice(11);
    let activity = |id| {
        let (areas, around) = (1 + dice.below(4), months(dice.between(18.0, 130.0)));
        ladder(&mut dice, id, areas, 8, around)
    };
    Repertoire {
        levers: levers(),
        gates: Vec::new(),
        activities: (0..size).map(activity).collect(),
    }
}

/// Every grade with at most two levers moved, looked at one by one.
fn look_at_all(repertoire: &Repertoire, child: &Profile) -> f64 {
    let mut most = 0.0;
    for activity in &repertoire.activities {
        for rung in 0..8 {
            let mut grades = vec![Grade::plain(rung)];
            for &lever in &activity.levers {
                for known in grades
                    .clone()
                    .into_iter()
                    .filter(|known| known.moved().count() < 2)
                {
                    for index in 1..repertoire.levers[lever].settings.len() {
                        grades.push(known.with(lever, u8::try_from(index).unwrap()));
                    }
                }
            }
            for grade in grades {
                let asked = repertoire.demands(activity, &grade).unwrap();
                most = f64::max(most, child.outlook(&asked).chance_in(Band::JUST_RIGHT));
            }
        }
    }
    most
}

fn main() {
    let mut child = Profile::of_age(months(60.0));
    let typical = growth::typical(child.age()).get();
    let mut one = 0.0;
    for areas in 1..=4 {
        let loads: Vec<(Area, f64)> = Area::ALL[..areas]
            .iter()
            .map(|&area| (area, typical - 2.0))
            .collect();
        let asked = demands(&loads).with_spread(0.5);
        let time = median(201, || {
            let mut child = child.clone();
            child.report(&asked, Level::LittleHelp);
            black_box(&child);
        });
        if areas == 1 {
            one = time;
        }
        println!(
            "a report about {areas} areas: {time:8.0} µs, {:5.1} times one area",
            time / one
        );
    }
    for _ in 0..5 {
        let asked = common::random_demands(&mut Dice(3), child.age());
        child.report(&asked, Level::LittleHelp);
    }
    let protection = Protection::default();
    let request = Request {
        profile: &child,
        protection: &protection,
        band: Band::JUST_RIGHT,
        minutes: None,
        therapist: false,
    };
    let mut before: Option<f64> = None;
    for size in [30, 300, 3_000, 30_000] {
        let repertoire = repertoire(size);
        let wanted = Wanted::in_the_app(3, &[], size);
        let time = median((60_000 / size).clamp(3, 101), || {
            black_box(picks(&repertoire, &request, &wanted));
        });
        let growth = before.map_or(String::new(), |before| {
            format!(", {:.1} times a tenth", time / before)
        });
        println!("three of {size:>6} activities: {time:8.0} µs{growth}");
        if size == 300 {
            let all = median(3, || {
                black_box(look_at_all(&repertoire, &child));
            });
            println!(
                "every grade of {size}: {all:8.0} µs, {:.0} times as long as by bounds",
                all / time
            );
        }
        before = Some(time);
    }
}
