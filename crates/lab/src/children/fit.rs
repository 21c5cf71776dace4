//! Calibration: curves, what children are taken to be like, and how strongly that is learned from these children.

use serde::Serialize;

use super::curve::{by_item, Curves};
use super::filter::{through, Memory, Sight, World};
use super::link::logit;
use super::matrix::Matrix;
use super::records::Records;

/// What is searched: numbers that say how children differ.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hyper {
    /// Spread of what is particular to a child and a milestone, before anything is learned of it. 0: nothing is.
    pub memory_sd: f64,
    /// As many children would say so.
    pub memory_strength: f64,
    /// Spread of the deviations that fade.
    pub fading_sd: f64,
    /// Mean time over which they do, in days.
    pub fading_days: f64,
    /// Their correlation between areas.
    pub fading_together: f64,
    /// Spread of the deviations that stay. 0: all fade.
    pub staying_sd: f64,
    /// Their correlation between areas.
    pub staying_together: f64,
    /// Share of answers that are passes by chance, and as many fails.
    pub by_chance: f64,
}

impl Hyper {
    /// Where the search for the model with item memory begins.
    pub const MEMORY: Hyper = Hyper {
        memory_sd: 2.0,
        memory_strength: 100.0,
        fading_sd: 1.4,
        fading_days: 350.0,
        fading_together: 0.5,
        staying_sd: 0.9,
        staying_together: 0.9,
        by_chance: 0.003,
    };

    /// Where the search for the app's engine begins: one deviation an area, which fades.
    pub const ENGINE: Hyper = Hyper {
        memory_sd: 0.0,
        memory_strength: 0.0,
        fading_sd: 1.6,
        fading_days: 500.0,
        fading_together: 0.7,
        staying_sd: 0.0,
        staying_together: 0.0,
        by_chance: 0.01,
    };

    /// Where the search for the app's engine over strands begins: how far children lie apart is measured beforehand.
    pub const STRANDS: Hyper = Hyper {
        fading_sd: 0.8,
        ..Hyper::ENGINE
    };

    fn remembers(&self) -> bool {
        self.memory_sd > 0.0
    }

    fn variance(&self) -> f64 {
        self.memory_sd.powi(2) + self.fading_sd.powi(2) + self.staying_sd.powi(2)
    }
}

/// One dimension of the search.
pub struct Knob {
    get: fn(&Hyper) -> f64,
    set: fn(&mut Hyper, f64),
    /// Whether it is a share, between 0 and 1, and not just positive.
    share: bool,
    /// First step, on the logarithmic or logit scale.
    step: f64,
    /// How far it may well lie from where the search begins: a prior standard deviation on that scale.
    sd: f64,
    /// Whether it means nothing where there is one area.
    of_pairs: bool,
}

macro_rules! knob {
    ($field:ident, $share:expr, $step:expr, $sd:expr, $of_pairs:expr) => {
        Knob {
            get: |hyper| hyper.$field,
            set: |hyper, value| hyper.$field = value,
            share: $share,
            step: $step,
            sd: $sd,
            of_pairs: $of_pairs,
        }
    };
}

/// The search for the model with item memory.
pub const WITH_MEMORY: [Knob; 7] = [
    knob!(memory_sd, false, 0.3, 0.7, false),
    knob!(fading_sd, false, 0.3, 0.5, false),
    knob!(fading_days, false, 0.4, 0.7, false),
    knob!(fading_together, true, 0.6, 1.0, true),
    knob!(staying_sd, false, 0.4, 0.6, false),
    knob!(staying_together, true, 1.0, 1.5, true),
    knob!(memory_strength, false, 0.8, 1.2, false),
];

/// The search for the app's engine.
pub const WITH_ENGINE: [Knob; 4] = [
    knob!(fading_sd, false, 0.3, 0.5, false),
    knob!(fading_days, false, 0.4, 0.7, false),
    knob!(fading_together, true, 0.6, 1.0, true),
    knob!(by_chance, true, 0.7, 1.0, false),
];

/// The search for the app's engine over strands.
pub const WITH_STRANDS: [Knob; 3] = [
    knob!(fading_sd, false, 0.2, 0.5, false),
    knob!(fading_days, false, 0.4, 0.7, false),
    knob!(by_chance, true, 0.7, 1.0, false),
];

impl Knob {
    fn place(&self, hyper: &Hyper) -> f64 {
        let value = (self.get)(hyper);
        if self.share {
            logit(value)
        } else {
            value.ln()
        }
    }

    fn moved(&self, hyper: &Hyper, to: f64) -> Hyper {
        let mut moved = *hyper;
        let value = if self.share {
            super::link::sigmoid(to)
        } else {
            to.exp()
        };
        (self.set)(&mut moved, value);
        moved
    }
}

/// A calibrated model.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// With these numbers.
    pub hyper: Hyper,
    /// Milestones.
    pub curves: Curves,
    /// What is particular to children and milestones.
    pub memory: Option<Memory>,
    /// Covariance over areas of the deviations that fade, for a spread of 1.
    together: Matrix,
}

impl Fitted {
    /// Covariance over areas of the deviations that fade.
    pub fn fading(&self) -> Matrix {
        let variance = self.hyper.fading_sd.powi(2);
        Matrix::of(self.together.n, |a, b| variance * self.together.at(a, b))
    }

    /// Covariance over areas of the deviations that stay.
    pub fn staying(&self) -> Matrix {
        Matrix::alike(
            self.together.n,
            self.hyper.staying_sd.powi(2),
            self.hyper.staying_together,
        )
    }

    fn through(&self, records: &Records, learn: Option<(f64, f64)>) -> (Vec<Sight>, Option<Memory>) {
        let (fading, staying) = (self.fading(), self.staying());
        let world = World {
            staying: (self.hyper.staying_sd > 0.0).then_some(&staying),
            fading: &fading,
            fading_days: self.hyper.fading_days,
            by_chance: self.hyper.by_chance,
            memory: self.memory.as_ref(),
        };
        through(records, &self.curves, &world, learn)
    }

    /// The chance of a pass for each response, before its visit.
    pub fn predict(&self, records: &Records) -> Vec<f64> {
        self.through(records, None)
            .0
            .iter()
            .map(|sight| sight.p)
            .collect()
    }
}

/// How long to train.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    /// Rounds of filtering and fitting the curves anew.
    pub curves: usize,
    /// Rounds in which the memory is learned too. It is not meant to converge: to stop early is to believe less of it.
    pub memory: usize,
}

/// What every training starts from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// For each milestone the index of its area.
    pub area_of: &'a [usize],
    /// How many areas there are.
    pub areas: usize,
    /// Where each milestone's curve has its middle.
    pub centres: &'a [f64],
    /// How the areas' fading deviations go together, where that is known and not searched.
    pub together: Option<&'a Matrix>,
}

impl Ground<'_> {
    /// Trains on some records, from the beginning or from where another training ended.
    pub fn train(&self, records: &Records, hyper: &Hyper, from: Option<&Fitted>, rounds: Rounds) -> Fitted {
        let items = self.area_of.len();
        let mut fitted = Fitted {
            hyper: *hyper,
            curves: from.map_or_else(
                || Curves::start(records, self.area_of, self.centres, hyper.variance()),
                |fitted| fitted.curves.clone(),
            ),
            memory: hyper.remembers().then(|| Memory::start(items, hyper.memory_sd)),
            together: self.together.map_or_else(
                || Matrix::alike(self.areas, 1.0, hyper.fading_together),
                Matrix::clone,
            ),
        };
        let rows = by_item(records, items);
        for round in 0..rounds.curves + rounds.memory {
            let learn = (round >= rounds.curves).then_some((hyper.memory_sd, hyper.memory_strength));
            let (sights, memory) = fitted.through(records, learn);
            if memory.is_some() {
                fitted.memory = memory;
            }
            fitted.curves.refit(records, &sights, &rows, hyper.by_chance);
        }
        fitted
    }

    /// Searches the numbers with which each half of the children best predicts the other: one knob after the other, a step
    /// to either side and the vertex of the parabola through the three.
    pub fn search(
        &self,
        records: &Records,
        start: &Hyper,
        knobs: &[Knob],
        rounds: Rounds,
        say: &dyn Fn(&str),
    ) -> Hyper {
        let halves = [
            records.only(|place| place % 2 == 0),
            records.only(|place| place % 2 == 1),
        ];
        let predicted = records.to_predict().max(1) as f64;
        // Too few children to learn from half of them: what is usual is the best guess.
        if halves
            .iter()
            .any(|half| half.children.len() < LEAST_CHILDREN || half.to_predict() == 0)
        {
            return *start;
        }
        let first = Rounds {
            curves: rounds.curves + 2,
            ..rounds
        };
        let mut warm = both(|half| self.train(&halves[half], start, None, first));
        let penalty = |hyper: &Hyper| -> f64 {
            let off = |knob: &Knob| (knob.place(hyper) - knob.place(start)) / knob.sd;
            knobs.iter().map(|knob| 0.5 * off(knob).powi(2)).sum()
        };
        let loss = |hyper: &Hyper, warm: &[Fitted; 2]| {
            let told = both(|half| {
                let fitted = self.train(&halves[half], hyper, Some(&warm[half]), rounds);
                let other = &halves[1 - half];
                let loss: f64 = loss(other, &fitted.predict(other));
                (loss, fitted)
            });
            let [(one, a), (other, b)] = told;
            let loss = (one + other + penalty(hyper)) / predicted;
            (if loss.is_finite() { loss } else { f64::MAX }, [a, b])
        };
        let (mut least, trained) = loss(start, &warm);
        warm = trained;
        let mut best = *start;
        for knob in knobs.iter().filter(|knob| !knob.of_pairs || self.areas > 1) {
            let here = knob.place(&best);
            let at = |steps: f64| loss(&knob.moved(&best, here + steps * knob.step), &warm).0;
            let (below, above) = (at(-1.0), at(1.0));
            let bend = above - 2.0 * least + below;
            let vertex = if bend > 1e-9 {
                (0.5 * (below - above) / bend).clamp(-1.5, 1.5)
            } else if above < below {
                1.0
            } else {
                -1.0
            };
            let tried = [(least, 0.0), (below, -1.0), (above, 1.0), (at(vertex), vertex)];
            let (loss, steps) = tried
                .into_iter()
                .fold(tried[0], |a, b| if b.0 < a.0 { b } else { a });
            if steps != 0.0 {
                best = knob.moved(&best, here + steps * knob.step);
                least = loss;
            }
            say(&format!("log loss of the half left out {least:.5}"));
        }
        best
    }
}

/// Fewer children in half of the file teach nothing of how children differ.
const LEAST_CHILDREN: usize = 8;

/// Sum of the log losses of what was to be predicted.
pub fn loss(records: &Records, predictions: &[f64]) -> f64 {
    let rows = records
        .rows
        .iter()
        .zip(predictions)
        .filter(|(row, _)| row.predicted);
    rows.map(|(row, p)| super::score::log_loss(*p, row.pass)).sum()
}

/// Does something twice, on two threads. A thread that broke down, which none should, is done again here.
pub fn both<T: Send>(each: impl Fn(usize) -> T + Sync) -> [T; 2] {
    std::thread::scope(|scope| {
        let other = scope.spawn(|| each(1));
        let one = each(0);
        [one, other.join().unwrap_or_else(|_| each(1))]
    })
}
