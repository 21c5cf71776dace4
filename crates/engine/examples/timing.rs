//! How long a tap waits: choosing six picks from 30 activities of 7 rungs with the four levers.
//!
//! `cargo run --release -p just-right-engine --example timing`. A slow phone takes about eight times as long in wasm as this
//! machine natively, and a tap should be answered within 100 ms.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{ladder, levers, months, Dice};
use just_right_engine::ability::Profile;
use just_right_engine::demand::Band;
use just_right_engine::grading::Request;
use just_right_engine::pick::{picks, Dial};
use just_right_engine::repertoire::Repertoire;
use just_right_engine::report::Level;
use just_right_engine::safety::Protection;

fn main() {
    println!("areas a rung  known of the child    six picks (ms)");
    for areas in 1..=4 {
        for reports in [0, 40] {
            let mut dice = Dice(7);
            // Some made for younger children, some for older ones, most about right.
            let activities = (0..30)
                .map(|id| ladder(&mut dice, id, areas, 7, months(28.0 + id as f64 * 2.0)))
                .collect();
            let repertoire = Repertoire {
                levers: levers(),
                gates: Vec::new(),
                activities,
            };
            let mut profile = Profile::of_age(months(52.0));
            for _ in 0..reports {
                let activity = dice.below(30);
                let rung = dice.below(7);
                let level = dice.of(&[Level::LotOfHelp, Level::LittleHelp, Level::ByThemselves]);
                profile.report(&repertoire.activities[activity].rungs[rung].demands, level);
            }
            let protection = Protection::default();
            let request = Request {
                profile: &profile,
                protection: &protection,
                band: Band::JUST_RIGHT,
                minutes: None,
                therapist: true,
            };
            let mut times: Vec<f64> = (0..9)
                .map(|_| {
                    let start = Instant::now();
                    let found = picks(&repertoire, &request, Dial::JustRight, &[], 6);
                    assert_eq!(found.picks.len(), 6);
                    start.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            times.sort_by(f64::total_cmp);
            println!(
                "{areas:12}  {reports:3} reports          {:10.1}",
                times[times.len() / 2]
            );
        }
    }
}
