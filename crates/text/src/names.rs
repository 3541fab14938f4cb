//! One key for the many spellings of an organisation's name.
//!
//! Patents and papers write the same applicant as `HUAWEI TECH CO LTD`, `Huawei Technologies Co., Ltd.` or
//! `华为技术有限公司`. The key takes away what does not tell organisations apart: capitals, punctuation, width, legal
//! form, common abbreviations, the order of Latin words. It never joins a Chinese with an English name, and it keeps
//! places, since subsidiaries differ by them.

use crate::{chinese, english};

/// Legal forms at the end of Chinese names, longest first.
const CHINESE_FORMS: [&str; 11] = [
    "股份有限公司",
    "有限责任公司",
    "控股有限公司",
    "有限合伙",
    "股份公司",
    "有限公司",
    "控股集团",
    "总公司",
    "集团",
    "股份",
    "公司",
];

/// Legal forms and filler in Latin names, as words.
const LATIN_FORMS: [&str; 44] = [
    "ab",
    "ag",
    "and",
    "as",
    "bhd",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "de",
    "dev",
    "et",
    "for",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "mbh",
    "nv",
    "of",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "publ",
    "sa",
    "sarl",
    "sas",
    "sdn",
    "se",
    "spa",
    "srl",
    "the",
];

/// Abbreviations of patent offices and the words they stand for.
const ABBREVIATIONS: [(&str, &str); 20] = [
    ("acad", "academy"),
    ("cent", "center"),
    ("centre", "center"),
    ("chem", "chemical"),
    ("elec", "electric"),
    ("electr", "electronic"),
    ("eng", "engineering"),
    ("gen", "general"),
    ("ind", "industry"),
    ("inst", "institute"),
    ("int", "international"),
    ("intl", "international"),
    ("lab", "laboratory"),
    ("mfg", "manufacturing"),
    ("nat", "national"),
    ("natl", "national"),
    ("res", "research"),
    ("sci", "science"),
    ("tech", "technology"),
    ("univ", "university"),
];

/// Fewest characters of a Chinese name that a legal form may leave.
const SHORTEST_CHINESE: usize = 2;

/// Returns the key of an organisation's name; two names with one key are the same organisation for counting.
///
/// A name that is nothing but legal forms keeps them. The empty name has the empty key.
pub fn organisation_key(name: &str) -> String {
    let mut cleaned = String::new();
    chinese::clean(name, &mut cleaned);
    if chinese::contains_han(&cleaned) { chinese_key(&cleaned) } else { latin_key(&cleaned) }
}

fn chinese_key(cleaned: &str) -> String {
    let mut key: String = cleaned.chars().filter(|character| *character != '|').collect();
    while let Some(shorter) = without_form(&key) {
        key = shorter;
    }
    key
}

fn without_form(key: &str) -> Option<String> {
    let stem = CHINESE_FORMS.iter().find_map(|form| key.strip_suffix(form))?;
    (stem.chars().count() >= SHORTEST_CHINESE).then(|| stem.trim_end().to_owned())
}

fn latin_key(cleaned: &str) -> String {
    let words: Vec<&str> = cleaned.split([' ', '|']).filter(|word| !word.is_empty()).collect();
    let mut telling: Vec<String> =
        words.iter().filter(|word| !is_form(word)).map(|word| expanded(word)).collect();
    if telling.is_empty() {
        return words.join(" ");
    }
    telling.sort();
    telling.join(" ")
}

/// Whether a word says nothing of who it is; single letters are what is left of `S.A.` and `Co., L.L.C.`.
fn is_form(word: &str) -> bool {
    LATIN_FORMS.contains(&word)
        || (word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

fn expanded(word: &str) -> String {
    let singular = english::fold_plural(word);
    let full = ABBREVIATIONS.iter().find(|(short, _)| *short == singular).map(|(_, full)| *full);
    full.unwrap_or(&singular).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_organisation_have_one_key() {
        for (spellings, expected) in [
            (
                [
                    "Redwood Technologies Co., Ltd.",
                    "REDWOOD TECH CO LTD",
                    "Redwood Technology Company Limited",
                ],
                "redwood technology",
            ),
            (
                ["Univ Wichita State", "Wichita State University", "WICHITA STATE UNIV."],
                "state university wichita",
            ),
            (["Nordlicht S.A.", "NORDLICHT SA", "Nordlicht"], "nordlicht"),
            (
                ["海星无人机有限公司", "海星无人机（集团）股份有限公司", "海星無人機集團有限公司"],
                "海星无人机",
            ),
            (["ＡＢＣ科技股份有限公司", "ABC科技", "abc 科技集团"], "abc科技"),
        ] {
            for spelling in spellings {
                assert_eq!(organisation_key(spelling), expected, "{spelling}");
            }
        }
    }

    #[test]
    fn different_organisations_keep_different_keys() {
        for (one, other) in [
            ("海星科技（深圳）有限公司", "海星科技（广州）有限公司"),
            ("General Drones Inc", "National Drones Inc"),
            ("集团公司", "公司"),
        ] {
            assert_ne!(organisation_key(one), organisation_key(other), "{one} / {other}");
        }
    }

    #[test]
    fn a_name_of_legal_forms_alone_is_kept() {
        for (name, expected) in [("The Company", "the company"), ("有限公司", "有限公司"), ("", "")]
        {
            assert_eq!(organisation_key(name), expected);
        }
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(name in r"[A-Za-z .,&()]{0,24}|[海星科技集团股份有限公司（）a-c ]{0,14}|\PC{0,16}") {
            let key = organisation_key(&name);
            prop_assert_eq!(organisation_key(&key), key);
        }
    }
}
