//! How alike two sets or profiles are. Sets are sorted slices of ids, profiles sorted slices of (id, weight).

/// How many ids two ascending slices share.
pub fn shared(a: &[u32], b: &[u32]) -> usize {
    let mut count = 0;
    walk(a.len(), b.len(), |i, j| a[i].cmp(&b[j]), |_, _| count += 1);
    count
}

/// Jaccard coefficient, shared / all, of two ascending slices; 0 for two empty ones.
pub fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let shared = shared(a, b);
    share(shared, a.len() + b.len() - shared)
}

/// Dice coefficient, 2·shared / (a + b), of two ascending slices; 0 for two empty ones.
pub fn dice(a: &[u32], b: &[u32]) -> f64 {
    share(2 * shared(a, b), a.len() + b.len())
}

/// Cosine of two profiles, each ascending by id; 0 where one has no weight.
pub fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let length = |profile: &[(u32, f64)]| {
        profile.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt()
    };
    let mut product = 0.0;
    walk(a.len(), b.len(), |i, j| a[i].0.cmp(&b[j].0), |i, j| product += a[i].1 * b[j].1);
    let lengths = length(a) * length(b);
    if lengths > 0.0 { product / lengths } else { 0.0 }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Goes through two ascending sequences together and calls `meet` where they hold the same.
fn walk(
    a: usize,
    b: usize,
    order: impl Fn(usize, usize) -> std::cmp::Ordering,
    mut meet: impl FnMut(usize, usize),
) {
    let (mut i, mut j) = (0, 0);
    while i < a && j < b {
        match order(i, j) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                meet(i, j);
                i += 1;
                j += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sets_are_compared_by_what_they_share() {
        for (a, b, both, of_all, of_sizes) in [
            (vec![1, 2, 3], vec![2, 3, 4], 2, 0.5, 2.0 / 3.0),
            (vec![1], vec![1], 1, 1.0, 1.0),
            (vec![1], vec![2], 0, 0.0, 0.0),
            (vec![], vec![], 0, 0.0, 0.0),
        ] {
            assert_eq!(shared(&a, &b), both);
            assert!((jaccard(&a, &b) - of_all).abs() < 1e-12);
            assert!((dice(&a, &b) - of_sizes).abs() < 1e-12);
        }
    }

    #[test]
    fn profiles_are_compared_by_angle() {
        let (east, far_east, north) = ([(1, 2.0)], [(1, 5.0)], [(2, 1.0)]);
        assert!((cosine(&east, &far_east) - 1.0).abs() < 1e-12);
        assert!(cosine(&east, &north).abs() < 1e-12);
        assert!(cosine(&east, &[]).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn likeness_is_a_share_and_has_no_direction(
            a in prop::collection::btree_set(0u32..40, 0..20),
            b in prop::collection::btree_set(0u32..40, 0..20),
        ) {
            let (a, b): (Vec<u32>, Vec<u32>) = (a.into_iter().collect(), b.into_iter().collect());
            let expected = a.iter().filter(|id| b.contains(id)).count();
            prop_assert_eq!(shared(&a, &b), expected);
            prop_assert!((0.0..=1.0).contains(&jaccard(&a, &b)));
            prop_assert!(jaccard(&a, &b) <= dice(&a, &b));
            prop_assert_eq!(dice(&a, &b).to_bits(), dice(&b, &a).to_bits());
        }
    }
}
