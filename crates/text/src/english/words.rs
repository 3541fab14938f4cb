//! Cuts cleaned text into words and breaks.

use crate::Token;

/// What one byte of cleaned text means to a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteKind {
    Word,
    Space,
    Break,
}

const KINDS: [ByteKind; 256] = kinds();

const fn kinds() -> [ByteKind; 256] {
    let mut table = [ByteKind::Break; 256];
    let mut byte = 0;
    while byte < 256 {
        let value = byte as u8;
        if value.is_ascii_lowercase() || value.is_ascii_digit() {
            table[byte] = ByteKind::Word;
        } else if value.is_ascii_whitespace() || value == b'-' {
            table[byte] = ByteKind::Space;
        }
        byte += 1;
    }
    table
}

/// Hands the words of `cleaned` to `sink` in order, with a break wherever a phrase cannot continue.
///
/// `cleaned` comes from [`super::clean`]: lower case, ASCII. A hyphen joins like a space, but for one
/// after a single letter (`x-ray`, `q-learning`), which stays in its word. A possessive `'s` is passed
/// over. A run of digits is handed out as a word; its class makes it a stop word. A break is handed out at the end.
pub fn words<'a>(cleaned: &'a str, sink: &mut impl FnMut(Token<'a>)) {
    let bytes = cleaned.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        match KINDS[bytes[place] as usize] {
            ByteKind::Word => {
                let start = place;
                place = end_of_word(bytes, start);
                if is_letter_with_hyphen(bytes, start) {
                    place = end_of_word(bytes, start + 2);
                }
                sink(Token::Word(&cleaned[start..place]));
                continue;
            }
            ByteKind::Space => {}
            ByteKind::Break if is_possessive(bytes, place) => place += 1,
            ByteKind::Break => sink(Token::Break),
        }
        place += 1;
    }
    sink(Token::Break);
}

fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let length = bytes[start..].iter().position(|byte| KINDS[*byte as usize] != ByteKind::Word);
    length.map_or(bytes.len(), |length| start + length)
}

/// Whether one letter, a hyphen and another letter stand at `start`: the letter is part of the word, as in `x-ray`.
fn is_letter_with_hyphen(bytes: &[u8], start: usize) -> bool {
    matches!(bytes[start..], [first, b'-', second, ..]
        if first.is_ascii_lowercase() && second.is_ascii_lowercase())
}

/// Whether `'s` (and no more letters) stands at `place`.
fn is_possessive(bytes: &[u8], place: usize) -> bool {
    bytes[place] == b'\''
        && bytes.get(place + 1) == Some(&b's')
        && bytes.get(place + 2).is_none_or(|next| KINDS[*next as usize] != ByteKind::Word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut cleaned = String::new();
        super::super::clean(text, &mut cleaned);
        let mut found = Vec::new();
        words(&cleaned, &mut |token| {
            found.push(match token {
                Token::Word(word) => word.to_owned(),
                Token::Break => "|".to_owned(),
            });
        });
        found.dedup();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn text_becomes_words_and_breaks() {
        for (text, expected) in [
            ("Software-defined networks (SDN).", "software defined networks | sdn |"),
            ("a user's view, in 2019", "a user view | in 2019 |"),
            (r"the $n^2$ bound of \cite{x} \emph{fast} codes", "the | bound of | fast codes |"),
            (r#"Schr\"odinger and {\'E}cole"#, "schrodinger and ecole |"),
            ("Müller’s test – see https://a.b/c?d now", "muller test see | now |"),
            ("input/output", "input | output |"),
            ("X-ray, Q-learning and t-2", "x-ray | q-learning and t 2 |"),
            ("an end-to-end u-net", "an end to end u-net |"),
            ("vitamin-A, CAR-T cell", "vitamin a | car t cell |"),
            ("x-", "x |"),
            ("", "|"),
        ] {
            check(text, expected);
        }
    }
}
