//! Which characters are Han, and which are another written form of Han.

/// Whether a character is a Han character (unified ideographs with their extensions, 々 and 〇).
#[inline]
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}') || is_rare_han(character)
}

fn is_rare_han(character: char) -> bool {
    matches!(
        character,
        '\u{3400}'..='\u{4dbf}' | '々' | '〇' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'
    )
}

/// Whether a character stands for Han characters that NFKC writes plainly: radicals, circled and squared forms,
/// compatibility ideographs.
pub(super) fn has_compatibility_form(character: char) -> bool {
    matches!(
        character,
        '\u{2e80}'..='\u{2fdf}'
            | '\u{3036}'..='\u{303a}'
            | '\u{3190}'..='\u{319f}'
            | '\u{3200}'..='\u{33ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{1f200}'..='\u{1f2ff}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
}

/// Whether a text holds a Han character.
pub fn contains_han(text: &str) -> bool {
    text.chars().any(is_han)
}
