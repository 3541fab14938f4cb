//! Acronyms and the words whose letters they take.

/// Longest acronym in characters.
const LONGEST: usize = 10;

/// Whether a part of a bracket is written like an acronym: two to ten letters and digits, at least two of them
/// capitals (or one capital and a digit).
pub(super) fn is_acronym(part: &str) -> bool {
    let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let capitals = part.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    plain && (2..=LONGEST).contains(&part.len()) && capitals >= 1 && capitals + digits >= 2
}

/// The acronym as terms are counted: lower case, singular (`GANs` → `gan`).
pub(super) fn folded(part: &str) -> String {
    let plural =
        part.strip_suffix('s').filter(|rest| rest.bytes().all(|byte| byte.is_ascii_uppercase()));
    let singular = plural.unwrap_or(part);
    let lower: String = singular
        .bytes()
        .filter(|byte| *byte != b'-')
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect();
    lower
}

/// The shortest end of `words` (lower case, parted by spaces) that spells `short`, after Schwartz and Hearst.
///
/// Letters are matched from the right; the first must begin a word. The long form has at most min(n + 5, 2n) words
/// for n letters, is longer than the acronym and does not hold it as a word.
pub(super) fn long_form(short: &str, words: &str) -> Option<String> {
    let text = words.as_bytes();
    let mut place = text.len();
    for (rank, letter) in short.bytes().enumerate().rev() {
        loop {
            place = place.checked_sub(1)?;
            let begins = place == 0 || text[place - 1] == b' ';
            if text[place] == letter && (rank > 0 || begins) {
                break;
            }
        }
    }
    // Every byte matched is a letter or digit of ASCII, so `place` is a character's start.
    let long = words.get(place..)?;
    let count = long.split(' ').count();
    let fits = count <= (short.len() + 5).min(2 * short.len()) && long.len() > short.len();
    (fits && count > 1 && long.split(' ').all(|word| word != short)).then(|| long.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_finds_its_words() {
        for (short, words, expected) in [
            ("sdn", "we use software defined network", Some("software defined network")),
            ("bci", "noninvasive brain computer interface", Some("brain computer interface")),
            ("gan", "network of networks", None),
            ("xml", "extensible markup language", None),
            ("lstm", "long short term memory", Some("long short term memory")),
            ("ai", "the ai", None),
            ("dna", "", None),
        ] {
            assert_eq!(long_form(short, words).as_deref(), expected, "{short} in {words}");
        }
    }

    #[test]
    fn an_acronym_is_told_by_its_capitals() {
        for (part, expected) in [
            ("GAN", Some("gan")),
            ("GANs", Some("gan")),
            ("5G", Some("5g")),
            ("mRNA", Some("mrna")),
            ("see", None),
            ("Fig", None),
            ("b", None),
            ("2019", None),
        ] {
            let found = is_acronym(part).then(|| folded(part));
            assert_eq!(found.as_deref(), expected, "{part}");
        }
    }
}
