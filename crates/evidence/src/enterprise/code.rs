//! The unified social credit code of GB 32100-2015: 18 characters, of which the last checks the others.
//!
//! Only form and check character are verified here; whether a code was ever given out, no list can tell.

use std::fmt::Write as _;

use linghang_core::Bilingual;

/// The 31 characters of a code in the order of their values; I, O, S, V and Z are left out.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weight of each of the first 17 characters: powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Length of a code.
pub const LENGTH: usize = 18;

/// Scheme of ids that are credit codes.
pub const SCHEME: &str = "uscc";

/// Registration and division of made-up enterprises: no division has the number 000000, so no real code begins so.
const MADE_UP: &str = "91000000";

/// What is wrong with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// It has not 18 characters.
    Length(usize),
    /// It has a character that codes cannot have; place counted from 1.
    Character {
        /// The character.
        found: char,
        /// Its place.
        place: usize,
    },
    /// Its last character does not check the others.
    Check {
        /// The character that would.
        expected: char,
        /// The one that is there.
        found: char,
    },
}

impl CodeFault {
    /// Says what is wrong and what was expected, in both languages.
    pub fn reason(&self) -> Bilingual {
        match self {
            Self::Length(found) => Bilingual::new(
                format!("应为 {LENGTH} 位，实有 {found} 位"),
                format!("expected {LENGTH} characters, found {found}"),
            ),
            Self::Character { found, place } => Bilingual::new(
                format!(
                    "第 {place} 位“{found}”不是代码字符（数字或除 I、O、S、V、Z 外的大写字母）"
                ),
                format!(
                    "character {place}, `{found}`, is none of a code (digits, and capitals but I, O, S, V, Z)"
                ),
            ),
            Self::Check { expected, found } => Bilingual::new(
                format!("校验码应为“{expected}”，实为“{found}”"),
                format!("the check character must be `{expected}`, it is `{found}`"),
            ),
        }
    }
}

/// Reads a code as lists write it: full-width or small letters, spaces and hyphens inside. Returns its plain form.
///
/// # Errors
///
/// What is wrong with it; the first fault from the left, the check character last.
pub fn parse(text: &str) -> Result<String, CodeFault> {
    let code = plain(text);
    let length = code.chars().count();
    if length != LENGTH {
        return Err(CodeFault::Length(length));
    }
    let fault = code.chars().enumerate().find(|(_, letter)| value(*letter).is_none());
    if let Some((place, found)) = fault {
        return Err(CodeFault::Character { found, place: place + 1 });
    }
    let expected = check_character(&code[..LENGTH - 1]);
    match (expected, code.chars().last()) {
        (Some(expected), Some(found)) if expected != found => {
            Err(CodeFault::Check { expected, found })
        }
        _ => Ok(code),
    }
}

/// Returns the character that checks the first 17; `None` when they are not 17 characters of a code.
pub fn check_character(first: &str) -> Option<char> {
    if first.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (letter, weight) in first.chars().zip(WEIGHTS) {
        sum += value(letter)? * weight;
    }
    Some(ALPHABET[((31 - sum % 31) % 31) as usize] as char)
}

/// Makes the code of made-up enterprise `number`: right in form, and in a range that no real enterprise has.
///
/// Different numbers below 31^8 have different codes.
pub fn made_up(number: u64) -> String {
    // A step that is no multiple of 31 visits every value once, so neighbours do not look alike.
    const COUNT: u64 = 31_u64.pow(8);
    const STEP: u64 = 387_420_489;
    let mut rest = (u128::from(number) * u128::from(STEP) % u128::from(COUNT)) as u64;
    let mut body = [0_u8; 8];
    for letter in body.iter_mut().rev() {
        *letter = ALPHABET[(rest % 31) as usize];
        rest /= 31;
    }
    let mut code = String::with_capacity(LENGTH);
    code.push_str(MADE_UP);
    code.extend(body.iter().map(|letter| *letter as char));
    code.push(organisation_check(body));
    if let Some(check) = check_character(&code) {
        code.push(check);
    }
    code
}

/// Returns whether a code is in the range of made-up enterprises.
pub fn is_made_up(code: &str) -> bool {
    code.starts_with(MADE_UP)
}

/// Returns the id of an enterprise by its code.
pub fn id(code: &str) -> String {
    let mut id = String::with_capacity(SCHEME.len() + 1 + code.len());
    // Writing into a text cannot fail.
    write!(id, "{SCHEME}:{code}").ok();
    id
}

/// Returns the check character of an organisation's own number (GB 11714), which a code holds at place 17. Where that
/// standard has `X`, which is also a letter of codes, it stays `X`.
fn organisation_check(body: [u8; 8]) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let value = |letter: u8| match letter {
        b'0'..=b'9' => u32::from(letter - b'0'),
        _ => u32::from(letter - b'A') + 10,
    };
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(letter, weight)| value(*letter) * weight).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

fn value(letter: char) -> Option<u32> {
    ALPHABET.iter().position(|known| *known as char == letter).map(|place| place as u32)
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '－' | '\u{feff}'))
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
            _ => letter,
        })
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_right_or_its_first_fault_is_named() {
        // The first is the example that Annex B of the standard computes; the others are made from it.
        for (text, expected) in [
            ("91350100M000100Y43", "ok 91350100M000100Y43"),
            ("９１３５０１００ m000-100y43", "ok 91350100M000100Y43"),
            ("91350100M000100Y44", "the check character must be `3`, it is `4`"),
            ("93150100M000100Y43", "the check character must be"),
            ("91350100M000100Y4", "expected 18 characters, found 17"),
            ("91350100M0001O0Y43", "character 14, `O`, is none of a code"),
            ("9135010OM000100Y43", "character 8, `O`, is none of a code"),
            ("", "expected 18 characters, found 0"),
        ] {
            let found = match parse(text) {
                Ok(code) => format!("ok {code}"),
                Err(fault) => fault.reason().en,
            };
            assert!(found.starts_with(expected), "{text}: {found}");
        }
    }

    proptest! {
        #[test]
        fn every_single_slip_and_every_swap_of_neighbours_is_found(
            number in 0..31_u64.pow(8), place in 0_usize..18, letter in 0_usize..31,
        ) {
            let code = made_up(number);
            prop_assert_eq!(parse(&code), Ok(code.clone()));
            prop_assert!(is_made_up(&code));
            let mut slipped = code.clone().into_bytes();
            slipped[place] = ALPHABET[letter];
            let slipped = String::from_utf8(slipped).expect("ASCII");
            prop_assert_eq!(parse(&slipped).is_ok(), slipped == code);
            let mut swapped = code.clone().into_bytes();
            swapped.swap(place, (place + 1) % 17);
            let swapped = String::from_utf8(swapped).expect("ASCII");
            prop_assert!(place >= 16 || parse(&swapped).is_ok() == (swapped == code));
        }
    }
}
