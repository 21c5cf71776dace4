//! `lab picks`: what share of picks is truly just right, for each policy in each world, and what each idea of the engine
//! is worth.
//!
//! Each child is played forty picks by every policy: pick, do, report. The policies see the authored demands, the age, the
//! ratings of the intake and the reports; only the score and the oracle see the truth.

use std::fmt::Write as _;

use serde::Serialize;

use crate::arguments::Arguments;
use crate::dice::Dice;
use crate::policy::{Engine, Policy, Which, NO_REPEAT};
use crate::report;
use crate::world::{Child, Intake, Kind, World, AREAS};
use crate::Told;
use just_right_engine::model::Model;

/// Runs the suite.
///
/// # Errors
/// What is wrong with the options, and how to mend it.
pub fn run(arguments: &Arguments) -> Told {
    let found = if arguments.has("ablation") {
        ablation(arguments)?
    } else {
        compare(arguments)?
    };
    if let Some(file) = arguments.text("html") {
        report::write(file, &report::page(&[report::of_picks(&found)]))?;
    }
    if arguments.has("json") {
        let text = serde_json::to_string(&found).map_err(|error| error.to_string())?;
        return Ok(text + "\n");
    }
    Ok(found.table())
}

/// Every policy in every world that was asked for.
///
/// # Errors
/// Where there is no such world.
pub fn compare(arguments: &Arguments) -> Result<Found, String> {
    let mut settings: Vec<Setting> = Kind::ALL
        .map(|kind| Setting {
            name: kind.id(),
            kind,
            intake: Intake::InLogits,
        })
        .into();
    settings.insert(
        1,
        Setting {
            name: "base, better intake",
            kind: Kind::Base,
            intake: Intake::BySpread,
        },
    );
    played(arguments, settings, &Which::all(), false)
}

/// The engine without one idea at a time, where that should matter.
///
/// # Errors
/// Where there is no such world.
pub fn ablation(arguments: &Arguments) -> Result<Found, String> {
    let kinds = [
        Kind::Base,
        Kind::TwoDown,
        Kind::WrongDemands,
        Kind::Compensatory,
        Kind::Generous,
    ];
    let settings = kinds.map(|kind| Setting {
        name: kind.id(),
        kind,
        intake: Intake::InLogits,
    });
    played(arguments, settings.into(), &Which::ablations(), true)
}

/// A world with what is told of it.
struct Setting {
    name: &'static str,
    kind: Kind,
    intake: Intake,
}

fn played(
    arguments: &Arguments,
    mut settings: Vec<Setting>,
    policies: &[(&'static str, Which)],
    ablation: bool,
) -> Result<Found, String> {
    let (children, seed) = (arguments.number("children", 60)?, arguments.number("seed", 1)?);
    if children == 0 {
        return Err("--children 0: at least one child is needed".into());
    }
    if let Some(wanted) = arguments.text("world") {
        let known: Vec<&str> = settings.iter().map(|setting| setting.name).collect();
        let known = known.join(", ");
        settings.retain(|setting| setting.kind.id() == wanted);
        if settings.is_empty() {
            return Err(format!(
                "--world {wanted}: there is no such world here. There are: {known}"
            ));
        }
    }
    if let Some(name) = arguments.text("intake") {
        let known = Intake::ALL.map(Intake::id).join(", ");
        let wanted = Intake::ALL.into_iter().find(|intake| intake.id() == name);
        let wanted = wanted.ok_or(format!(
            "--intake {name}: there is no such intake. There are: {known}"
        ))?;
        settings.retain(|setting| setting.intake == Intake::InLogits);
        for setting in &mut settings {
            setting.intake = wanted;
        }
    }
    let mut worlds = Vec::with_capacity(settings.len());
    for (place, setting) in settings.iter().enumerate() {
        eprintln!("world {} of {}: {}", place + 1, settings.len(), setting.name);
        let world = World::new(setting.kind, setting.intake, seed);
        let scores = policies.iter().map(|&(name, which)| {
            eprintln!("  {name}");
            (name, play(&world, which, children, seed))
        });
        worlds.push(Scores {
            world: setting.name,
            intake: setting.intake.id(),
            policies: scores.map(|(policy, score)| Line { policy, score }).collect(),
        });
    }
    Ok(Found {
        children,
        seed,
        picks: PICKS,
        ablation,
        worlds,
    })
}

/// What the suite found.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// Children of each world.
    pub children: usize,
    /// What the dice began with.
    pub seed: u64,
    /// Picks a child.
    pub picks: usize,
    /// Whether the policies are the engine without one idea each.
    pub ablation: bool,
    /// By world.
    pub worlds: Vec<Scores>,
}

/// All policies in one world.
#[derive(Clone, Debug, Serialize)]
pub struct Scores {
    /// Its name.
    pub world: &'static str,
    /// How parents rate there.
    pub intake: &'static str,
    /// In the order in which they are told.
    pub policies: Vec<Line>,
}

/// One policy in one world.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub policy: &'static str,
    /// What it came to.
    #[serde(flatten)]
    pub score: Score,
}

/// The columns of the tables.
pub const HEAD: [&str; 8] = [
    "in band",
    "first 5",
    "uneven",
    "p < .5",
    "calibration",
    "areas",
    "loaded",
    "gain",
];

impl Scores {
    /// The cells of each line, with the difference to the whole engine where ideas were switched off.
    pub fn rows(&self, ablation: bool) -> Vec<(&'static str, Vec<String>)> {
        let whole = self.policies.first().map_or(0.0, |line| line.score.in_band);
        let row = |line: &Line| {
            let mut cells = line.score.cells();
            if ablation {
                cells.push(format!("{:+.3}", whole - line.score.in_band));
            }
            (line.policy, cells)
        };
        self.policies.iter().map(row).collect()
    }
}

impl Found {
    fn table(&self) -> String {
        let columns = &HEAD[..if self.ablation { 8 } else { 7 }];
        let mut text = format!(
            "{} children in each world, {} picks each\n",
            self.children, self.picks
        );
        for scores in &self.worlds {
            let _ = write!(text, "\n{:20}", scores.world);
            for title in columns {
                let _ = write!(text, "{title:>12}");
            }
            text.push('\n');
            for (policy, cells) in scores.rows(self.ablation) {
                let _ = write!(text, "  {policy:18}");
                for cell in cells {
                    let _ = write!(text, "{cell:>12}");
                }
                text.push('\n');
            }
        }
        text + "\n" + NOTE + "\n"
    }
}

/// How the columns are meant.
pub const NOTE: &str = "in band: share of picks whose true chance of success is .65 to .85; first 5: of the first five; uneven: of children with \
two areas far down; p < .5: picks that truly go wrong more often than well; calibration: mean distance of expected from true \
chances in ten bins; areas, loaded: how evenly bottlenecks and loaded areas are spread, from 0 to 1; gain: what the idea is worth in band.";

/// Picks a child.
pub const PICKS: usize = 40;

/// What a policy came to in a world.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Score {
    /// Share of picks whose true chance of success lies in the band.
    pub in_band: f64,
    /// Of the first five.
    pub first_five: f64,
    /// Of children with an uneven profile.
    pub uneven: Option<f64>,
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
    /// Expected and true chance of success, and the share of picks, of each tenth of the scale that something was expected in.
    pub bins: Vec<[f64; 3]>,
}

impl Score {
    fn cells(&self) -> Vec<String> {
        let some = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
        [
            Some(self.in_band),
            Some(self.first_five),
            self.uneven,
            Some(self.too_hard),
            self.calibration,
            Some(self.entropy),
            Some(self.entropy_loaded),
        ]
        .map(some)
        .into()
    }
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
    entropy: f64,
    entropy_loaded: f64,
    children: f64,
    by_pick: Vec<f64>,
}

/// Plays `children` children in a world, on two threads: the same children whichever policy plays.
fn play(world: &World, which: Which, children: usize, seed: u64) -> Score {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(2);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
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
    let child = Child::new(world.kind, world.intake, &mut dice);
    let mut policy: Box<dyn Policy> = which.start(world, &child);
    let mut done: Vec<usize> = Vec::new();
    let mut areas = [0.0; AREAS];
    let mut loaded = [0.0; AREAS];
    for pick in 0..PICKS {
        let resting = &done[done.len().saturating_sub(NO_REPEAT)..];
        let (activity, grade, expected) = policy.pick(world, resting, &mut dice);
        let p = world.success(&child, activity, grade);
        let in_band = f64::from(u8::from((0.65..=0.85).contains(&p)));
        tally.picks += 1.0;
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
    let uneven = sum(|t| t.uneven);
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
        bins: (0..10)
            .map(|bin| [0, 1, 2].map(|part| tallies.iter().map(|t| t.bins[bin][part]).sum::<f64>()))
            .filter(|[count, ..]| *count > 0.0)
            .map(|[count, said, truth]| [said / count, truth / count, count / expected])
            .collect(),
        first_five: sum(|t| t.first_in_band) / sum(|t| t.first),
        uneven: (uneven > 0.0).then(|| sum(|t| t.uneven_in_band) / uneven),
        too_hard: sum(|t| t.too_hard) / picks,
        calibration: (expected > 0.0).then_some(calibration),
        entropy: sum(|t| t.entropy) / children,
        entropy_loaded: sum(|t| t.entropy_loaded) / children,
        by_pick: (0..PICKS)
            .map(|pick| tallies.iter().map(|t| t.by_pick[pick]).sum::<f64>() / children)
            .collect(),
    }
}

/// What the engine believes of one area of a child, pick after pick, beside the truth.
pub struct Course {
    /// Who it is.
    pub title: String,
    /// The area's true ability.
    pub truth: f64,
    /// What is typical at this age.
    pub typical: f64,
    /// Mean and standard deviation: before anything was reported, and after each report.
    pub belief: Vec<(f64, f64)>,
}

/// Two children with an uneven profile, each by the area that lies farthest down.
pub fn courses(seed: u64) -> Vec<Course> {
    let world = World::new(Kind::TwoDown, Intake::InLogits, seed);
    (0..2).map(|number| course(&world, seed, number)).collect()
}

fn course(world: &World, seed: u64, number: u64) -> Course {
    let mut dice = Dice::new(seed ^ (number + 1).wrapping_mul(0x0F1E_2D3C_4B5A_6978));
    let child = Child::new(world.kind, world.intake, &mut dice);
    let lowest = |a: &usize, b: &usize| child.ability[*a].total_cmp(&child.ability[*b]);
    let area = (0..AREAS).min_by(lowest).unwrap_or(0);
    let mut engine = Engine::new(world, &child, Model::DEFAULT, 1.0, true);
    let mut belief = vec![engine.belief(area)];
    let mut done: Vec<usize> = Vec::new();
    for _ in 0..PICKS {
        let resting = &done[done.len().saturating_sub(NO_REPEAT)..];
        let (activity, grade, _) = engine.pick(world, resting, &mut dice);
        let level = world.report(&child, activity, grade, &mut dice);
        engine.report(world, activity, grade, level);
        belief.push(engine.belief(area));
        done.push(activity);
    }
    Course {
        title: format!(
            "A child of {:.1} years, by the area farthest down",
            child.age / 12.0
        ),
        truth: child.ability[area],
        typical: child.prior.typical(just_right_engine::area::Area::ALL[area]),
        belief,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str]) -> Result<Found, String> {
        compare(&Arguments::parse(words.iter().map(|word| (*word).to_owned()))?)
    }

    #[test]
    fn the_same_seed_gives_the_same_scores_and_the_oracle_wins() {
        let words = ["--world", "two-down", "--children", "4"];
        let (one, other) = (found(&words).unwrap(), found(&words).unwrap());
        assert_eq!(one.table(), other.table());
        let of = |name: &str| {
            let lines = &one.worlds[0].policies;
            lines
                .iter()
                .find(|line| line.policy == name)
                .unwrap()
                .score
                .in_band
        };
        assert!(of("oracle") > 0.95);
        assert!(of("engine") > of("random"));
    }

    #[test]
    fn a_world_that_is_not_there_is_named() {
        let problem = found(&["--world", "nowhere"]).unwrap_err();
        assert!(problem.contains("nowhere") && problem.contains("two-down"));
    }
}
