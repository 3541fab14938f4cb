//! Texts in order: white space, title keys for duplicates, language by script.

use unicode_normalization::UnicodeNormalization as _;

/// Shortest normalised title that can name a duplicate, in characters; shorter ones ("Introduction") are too common.
const TITLE_KEY_LETTERS: usize = 20;
/// The same for titles in Chinese characters, which say more per character.
const TITLE_KEY_HAN: usize = 8;

/// Trims a text and writes each run of white space as one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Normalises a title: NFKC, lower case, letters and digits only.
pub fn normal_title(title: &str) -> String {
    if title.is_ascii() {
        return title
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase() as char)
            .collect();
    }
    title.nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

/// Returns a number that equal normalised titles share; 0 when the title is too short to name a work.
pub fn title_key(title: &str) -> u64 {
    let normal = normal_title(title);
    let han = normal.chars().filter(|letter| is_han(*letter)).count();
    if normal.chars().count() < TITLE_KEY_LETTERS && han < TITLE_KEY_HAN {
        return 0;
    }
    let hash = blake3::hash(normal.as_bytes());
    let mut key = [0; 8];
    key.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(key).max(1)
}

/// Detects the language from the script: `zh` from a fifth of Chinese characters without kana, `en` where nearly all
/// letters are ASCII, else `other`.
///
/// A Latin-script language written without accents is taken for English; sources that name the language are believed.
pub fn detect_language(text: &str) -> &'static str {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_alphabetic()) { "en" } else { "other" };
    }
    let (mut letters, mut ascii, mut han, mut kana) = (0_u32, 0_u32, 0_u32, 0_u32);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        letters += 1;
        ascii += u32::from(letter.is_ascii());
        han += u32::from(is_han(letter));
        kana += u32::from(matches!(letter, '\u{3040}'..='\u{30ff}'));
    }
    if letters == 0 {
        "other"
    } else if han * 5 >= letters && kana * 10 < han {
        "zh"
    } else if u64::from(ascii) * 100 >= u64::from(letters) * 97 {
        "en"
    } else {
        "other"
    }
}

/// Returns the language code for a name or code that a source gives (`English`, `EN`, `chi`, `中文`).
///
/// Unknown names give `other`; an empty one gives `None`.
pub fn language_code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let primary = name.split(['-', '_']).next().unwrap_or_default();
    Some(
        match primary {
            "" => return None,
            "english" | "eng" => "en",
            "chinese" | "chi" | "zho" | "中文" | "汉语" | "简体中文" | "繁體中文" => {
                "zh"
            }
            "german" | "ger" | "deu" => "de",
            "french" | "fre" | "fra" => "fr",
            "spanish" | "spa" => "es",
            "portuguese" | "por" => "pt",
            "russian" | "rus" => "ru",
            "japanese" | "jpn" => "ja",
            "korean" | "kor" => "ko",
            code if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code,
            _ => "other",
        }
        .to_owned(),
    )
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_form_only_share_a_key() {
        for (one, other, same) in [
            ("A Survey of Soft Robotic Hands", "a survey of soft-robotic hands.", true),
            (
                "Ｇｒａｐｈｅｎｅ sensors for everyday use",
                "Graphene Sensors for Everyday Use",
                true,
            ),
            ("面向城市低空物流的无人机航线规划", "面向城市低空物流的无人机航线规划。", true),
            ("A Survey of Soft Robotic Hands", "A Survey of Soft Robotic Arms", false),
        ] {
            assert_eq!(title_key(one) == title_key(other), same, "{one}");
        }
    }

    #[test]
    fn a_short_title_names_no_work() {
        for title in ["Introduction", "序言", "", "!!!"] {
            assert_eq!(title_key(title), 0, "{title}");
        }
    }

    #[test]
    fn the_script_tells_the_language() {
        for (text, language) in [
            ("Soft robots", "en"),
            ("具身智能 (embodied intelligence) 综述", "zh"),
            ("naïve Bayes for robots that read many long English sentences", "en"),
            ("深層学習によるロボットのせいぎょについて", "other"),
            ("Управление роботами", "other"),
            ("123", "other"),
        ] {
            assert_eq!(detect_language(text), language, "{text}");
        }
    }

    #[test]
    fn language_names_become_codes() {
        for (name, code) in [
            ("English", Some("en")),
            ("zh-CN", Some("zh")),
            ("Klingon", Some("other")),
            (" ", None),
        ] {
            assert_eq!(language_code(name).as_deref(), code, "{name}");
        }
    }
}
