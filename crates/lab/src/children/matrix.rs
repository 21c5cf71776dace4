//! Small symmetric matrices.

/// A square matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Rows, and columns.
    pub n: usize,
    /// The entries.
    pub values: Vec<f64>,
}

impl Matrix {
    /// From what stands in each place.
    pub fn of(n: usize, entry: impl Fn(usize, usize) -> f64) -> Matrix {
        let values = (0..n * n).map(|at| entry(at / n, at % n)).collect();
        Matrix { n, values }
    }

    /// Variance `variance` everywhere, and this correlation between any two.
    pub fn alike(n: usize, variance: f64, correlation: f64) -> Matrix {
        Matrix::of(n, |a, b| if a == b { variance } else { variance * correlation })
    }

    /// One entry.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.n + column]
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.n..(row + 1) * self.n]
    }

    /// One entry, to change.
    pub fn at_mut(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.values[row * self.n + column]
    }

    /// Lower Cholesky factor. A pivot that rounding pushed to nothing counts as almost no variance.
    pub fn factor(&self) -> Matrix {
        let mut factor = Matrix::of(self.n, |_, _| 0.0);
        for row in 0..self.n {
            for column in 0..=row {
                let known: f64 = (0..column)
                    .map(|k| factor.at(row, k) * factor.at(column, k))
                    .sum();
                let rest = self.at(row, column) - known;
                *factor.at_mut(row, column) = if row == column {
                    rest.max(1e-12).sqrt()
                } else {
                    rest / factor.at(column, column)
                };
            }
        }
        factor
    }

    /// Solves L Lᵀ x = y in place, where this matrix is the factor L.
    pub fn solve(&self, y: &mut [f64]) {
        for i in 0..self.n {
            let known: f64 = self.row(i)[..i].iter().zip(&*y).map(|(a, y)| a * y).sum();
            y[i] = (y[i] - known) / self.at(i, i);
        }
        for i in (0..self.n).rev() {
            let known: f64 = (i + 1..self.n).map(|k| self.at(k, i) * y[k]).sum();
            y[i] = (y[i] - known) / self.at(i, i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let matrix = Matrix::of(3, |a, b| {
            [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]][a][b]
        });
        let mut x = [1.0, 2.0, 3.0];
        matrix.factor().solve(&mut x);
        for (row, wanted) in [1.0, 2.0, 3.0].into_iter().enumerate() {
            let product: f64 = (0..3).map(|k| matrix.at(row, k) * x[k]).sum();
            assert!((product - wanted).abs() < 1e-12);
        }
    }
}
