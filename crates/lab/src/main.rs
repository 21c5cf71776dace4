//! The laboratory.
#![allow(clippy::print_stdout)]

mod dice;
mod picks;
mod policy;
mod world;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let children: usize = args.get(1).and_then(|a| a.parse().ok()).unwrap_or(60);
    let worlds = args.get(2).cloned().unwrap_or_default();
    let only = args.get(3).cloned().unwrap_or_default();
    let seed: u64 = args.get(4).and_then(|a| a.parse().ok()).unwrap_or(1);
    for kind in world::Kind::ALL {
        if !worlds.is_empty() && !worlds.split(',').any(|w| w == kind.id()) {
            continue;
        }
        for (name, which) in policy::Which::all() {
            if !only.is_empty() && !only.split(',').any(|w| w == name) {
                continue;
            }
            let start = std::time::Instant::now();
            let s = picks::play(kind, which, children, seed);
            println!(
                "{:16} {:12} band {:.3} five {:.3} uneven {:.3} <.5 {:.3} cal {:.3} H {:.3}/{:.3}  {:.1}s",
                kind.id(), name, s.in_band, s.first_five, s.uneven, s.too_hard,
                s.calibration.unwrap_or(f64::NAN), s.entropy, s.entropy_loaded, start.elapsed().as_secs_f64()
            );
        }
    }
}
