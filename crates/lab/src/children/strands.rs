//! Strands: milestones of one area that go together in these children.
//!
//! The app's engine has eleven areas and records may name fewer. Where they do, an area is taken apart into strands (head
//! control and walking are both of the whole body, yet do not always go together), and each area of the engine follows one.

use just_right_engine::area::COUNT;

use super::filter::Memory;
use super::fit::{Fitted, Ground};
use super::matrix::Matrix;

/// Milestones in strands.
#[derive(Clone, Debug, PartialEq)]
pub struct Strands {
    /// For each milestone the index of its strand.
    pub of: Vec<usize>,
    /// How many there are.
    pub count: usize,
    /// Covariance over strands of the deviations of children.
    pub together: Matrix,
}

impl Strands {
    /// As a model with item memory has them. Two strands of one area after the other become one, those first by whose
    /// union the least of the variance of children is lost to the strands' means (Ward 1963), until the engine has an
    /// area for each.
    pub fn of(fitted: &Fitted) -> Strands {
        let curves = &fitted.curves.all;
        let (fading, staying) = (fitted.fading(), fitted.staying());
        // How the deviations of children go together over milestones, on the scale of abilities.
        let deviations = Matrix::of(curves.len(), |i, j| {
            let (one, other) = (&curves[i], &curves[j]);
            let memory = fitted
                .memory
                .as_ref()
                .map_or(0.0, |memory: &Memory| memory.at(i, j));
            let areas = fading.at(one.area, other.area) + staying.at(one.area, other.area);
            areas + memory / (one.slope() * other.slope())
        });
        let sum = |some: &[usize], others: &[usize]| -> f64 {
            let pairs = some.iter().flat_map(|&i| others.iter().map(move |&j| (i, j)));
            pairs.map(|(i, j)| deviations.at(i, j)).sum()
        };
        let kept = |strand: &[usize]| sum(strand, strand) / strand.len() as f64;
        let mut strands: Vec<Vec<usize>> = (0..curves.len()).map(|item| vec![item]).collect();
        while strands.len() > COUNT {
            let mut least: Option<(f64, usize, usize)> = None;
            for (b, other) in strands.iter().enumerate() {
                for (a, one) in strands[..b].iter().enumerate() {
                    if curves[one[0]].area != curves[other[0]].area {
                        continue;
                    }
                    let (n, m) = (one.len() as f64, other.len() as f64);
                    let (of_one, of_other) = (kept(one), kept(other));
                    let united = (n * of_one + m * of_other + 2.0 * sum(one, other)) / (n + m);
                    let lost = of_one + of_other - united;
                    if least.is_none_or(|(least, ..)| lost < least) {
                        least = Some((lost, a, b));
                    }
                }
            }
            // Nothing is left to unite: every area is one strand.
            let Some((_, a, b)) = least else { break };
            let joined = strands.remove(b);
            strands[a].extend(joined);
        }
        let mut of = vec![0; curves.len()];
        for (strand, items) in strands.iter().enumerate() {
            for &item in items {
                of[item] = strand;
            }
        }
        let together = Matrix::of(strands.len(), |a, b| {
            sum(&strands[a], &strands[b]) / (strands[a].len() * strands[b].len()) as f64
        });
        Strands {
            of,
            count: strands.len(),
            together,
        }
    }

    /// What a training of the engine starts from where it follows strands.
    pub fn ground<'a>(&'a self, ground: &Ground<'a>) -> Ground<'a> {
        Ground {
            area_of: &self.of,
            areas: self.count,
            together: Some(&self.together),
            ..*ground
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::children::fit::{Hyper, Rounds};
    use crate::children::{curve, records};

    #[test]
    fn milestones_that_go_together_become_one_strand_and_areas_stay_apart() {
        let mut text = String::from("child,age_days,item,area,pass\n");
        for child in 0..16 {
            for item in 0..14 {
                let area = if item < 2 { "a" } else { "b" };
                text += &format!(
                    "{child},{},i{item:02},{area},{}\n",
                    100 + item,
                    (child + item) % 2
                );
            }
        }
        let (names, records) = records::to_fit("F", text.as_bytes()).unwrap();
        let centres = curve::centres(&records, names.items.len());
        let ground = Ground {
            area_of: &names.area_of,
            areas: 2,
            centres: &centres,
            together: None,
        };
        let mut fitted = ground.train(&records, &Hyper::MEMORY, None, Rounds { curves: 1, memory: 0 });
        // The last four go together more closely than anything else.
        fitted.memory = Some(Memory::Together(Matrix::of(14, |a, b| match (a, b) {
            _ if a == b => 4.0,
            (10.., 10..) => 3.9,
            _ => 0.0,
        })));
        let strands = Strands::of(&fitted);
        assert_eq!((strands.count, strands.together.n), (COUNT, COUNT));
        assert!(strands.of[10..].iter().all(|strand| *strand == strands.of[10]));
        assert!(strands.of[2..]
            .iter()
            .all(|strand| !strands.of[..2].contains(strand)));
    }
}
