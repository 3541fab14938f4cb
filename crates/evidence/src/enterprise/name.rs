//! Names of enterprises: the form that is stored, the key by which spellings are matched, the id of a nameless code.

use linghang_text::names::organisation_key;
use unicode_normalization::UnicodeNormalization as _;

use crate::normal::one_line;

/// Scheme of ids made from names.
pub const SCHEME: &str = "name";

/// Puts a name in order: white space, and full-width letters, digits and brackets of a name in Chinese.
///
/// The rest stays as written, since names are compared by their [`key`].
pub fn tidy(name: &str) -> String {
    let name = one_line(name);
    if !has_han(&name) {
        return name;
    }
    let half: String = name
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| match letter {
            '！'..='～' if !matches!(letter, '（' | '）') => {
                char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter)
            }
            '(' | '〔' | '【' => '（',
            ')' | '〕' | '】' => '）',
            _ => letter,
        })
        .collect();
    half
}

/// Returns the key that spellings of one name share; empty only for an empty name.
///
/// Width, brackets, spaces, traditional forms, legal forms (有限公司, 有限责任公司, 股份有限公司, 集团, Co., Ltd.) and
/// capitals do not matter; places do. A name of which nothing is left keeps its letters.
pub fn key(name: &str) -> String {
    let key = organisation_key(name);
    if key.is_empty() { name.nfkc().collect::<String>().trim().to_lowercase() } else { key }
}

/// Returns the id of an enterprise of which only the name is known, made from the [`key`] of the name.
pub fn id(key: &str) -> String {
    let hash = blake3::hash(key.as_bytes()).to_hex();
    format!("{SCHEME}:{}", &hash[..16])
}

/// Whether a text has Chinese characters.
pub fn has_han(text: &str) -> bool {
    linghang_text::chinese::contains_han(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stored_in_one_form_and_matched_in_all_their_spellings() {
        for (written, stored, same_as) in [
            (
                "  海星　科技 (广州) 有限公司 ",
                "海星科技（广州）有限公司",
                "海星科技（广州）有限责任公司",
            ),
            ("ＡＢ海星股份有限公司", "AB海星股份有限公司", "AB海星集团"),
            ("Seastar  Robotics, Inc.", "Seastar Robotics, Inc.", "SEASTAR ROBOTICS INC"),
            ("#", "#", "#"),
        ] {
            assert_eq!(tidy(written), stored);
            assert_eq!(key(written), key(same_as), "{written}");
        }
        assert_ne!(id(&key("海星科技（广州）")), id(&key("海星科技（深圳）")));
    }
}
