//! Cholesky factor and solution of symmetric systems of up to three equations.

pub(super) type Vector = [f64; 3];
pub(super) type Matrix = [[f64; 3]; 3];

/// Lower factor of the leading `size` rows; only the lower half of `matrix` is read.
///
/// `None` where a pivot is lost to rounding: then the data do not bind that parameter.
pub(super) fn factor(matrix: &Matrix, size: usize) -> Option<Matrix> {
    let mut lower = [[0.0; 3]; 3];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 =
                (0..column).map(|inner| lower[row][inner] * lower[column][inner]).sum();
            let rest = matrix[row][column] - known;
            if row != column {
                lower[row][column] = rest / lower[column][column];
            } else if rest > 0.0 && rest > 1e-12 * matrix[row][row] {
                lower[row][row] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(lower)
}

/// Solves `lower · lowerᵀ · x = right` for the leading `size` unknowns.
pub(super) fn solve(lower: &Matrix, right: &Vector, size: usize) -> Vector {
    let mut x = *right;
    for row in 0..size {
        let known: f64 = (0..row).map(|inner| lower[row][inner] * x[inner]).sum();
        x[row] = (x[row] - known) / lower[row][row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|inner| lower[inner][row] * x[inner]).sum();
        x[row] = (x[row] - known) / lower[row][row];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_solution_solves_the_system() {
        let matrix = [[4.0, 0.0, 0.0], [2.0, 5.0, 0.0], [1.0, 3.0, 6.0]];
        let x = solve(&factor(&matrix, 3).unwrap(), &[11.0, 21.0, 25.0], 3);
        insta::assert_snapshot!(format!("{x:.6?}"), @"[1.000000, 2.000000, 3.000000]");
    }

    #[test]
    fn a_singular_system_has_no_factor() {
        assert!(factor(&[[1.0, 0.0, 0.0], [2.0, 4.0, 0.0], [0.0, 0.0, 1.0]], 3).is_none());
        assert!(factor(&[[f64::NAN; 3]; 3], 2).is_none());
    }
}
