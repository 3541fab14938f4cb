//! Who bears a payment: city and district, or whoever the clause names.

use linghang_core::Fen;

use super::prorate::prorate;
use super::terms::Share;

/// Divides a payment in whole fen so that the parts add up to it; a fen that is left goes to the party named first
/// among those with the largest fraction. A clawback is divided alike.
pub fn split(amount: Fen, parties: &[(String, Share)]) -> Vec<Fen> {
    let shares: Vec<i64> = parties.iter().map(|(_, share)| i64::from(share.0)).collect();
    let parts = match amount.0.checked_abs() {
        Some(size) if size <= i64::from(Share::ONE) => small(size, &shares),
        Some(size) => large(size, &shares),
        None => return Vec::new(),
    };
    parts.into_iter().map(|part| Fen(part * amount.0.signum())).collect()
}

fn small(size: i64, shares: &[i64]) -> Vec<i64> {
    prorate(shares, size, &|a, b| a.cmp(&b))
}

/// As `small`; the whole parts are taken first, so that what remains is below the number of shares.
fn large(size: i64, shares: &[i64]) -> Vec<i64> {
    let one = i64::from(Share::ONE);
    let rest = small(size % one, shares);
    shares.iter().zip(rest).map(|(share, rest)| share * (size / one) + rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_payment_to_the_fen() {
        let parties = [("city".into(), Share(600_000)), ("district".into(), Share(400_000))];
        for (amount, expected) in [
            (101, [61, 40]),
            (1, [1, 0]),
            (-101, [-61, -40]),
            (20_000_000_001, [12_000_000_001, 8_000_000_000]),
        ] {
            assert_eq!(split(Fen(amount), &parties), expected.map(Fen), "{amount}");
        }
        assert_eq!(split(Fen(5), &[]), []);
    }
}
