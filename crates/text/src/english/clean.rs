//! Takes LaTeX, addresses, accents and capitals out of a text.

use unicode_normalization::UnicodeNormalization as _;

/// Commands whose argument is a key, an address or a number, not language.
const DROPPED_ARGUMENT: [&str; 12] = [
    "cite",
    "citep",
    "citet",
    "ref",
    "eqref",
    "label",
    "url",
    "href",
    "footnote",
    "vspace",
    "hspace",
    "includegraphics",
];

/// Longest mathematical formula that is passed over; a lone dollar sign further from its partner is a price.
const LONGEST_FORMULA: usize = 400;

/// Writes `text` in lower case ASCII to `output` (which is cleared first).
///
/// Mathematics, citations and addresses become a break (`|`), formatting commands are unwrapped, accents are folded
/// (`\"o`, `ö` → `o`), braces are dropped, en dashes become hyphens and curly apostrophes straight ones. Characters that have no ASCII letter become a
/// break, so Chinese must be taken out before.
pub fn clean(text: &str, output: &mut String) {
    output.clear();
    output.reserve(text.len());
    if !needs_work(text) {
        output.push_str(text);
        output.make_ascii_lowercase();
        return;
    }
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        rest = match next {
            '$' => after_formula(rest, output),
            '\\' => after_command(rest, output),
            'h' | 'H' | 'w' | 'W' if is_address(rest) => after_address(rest, output),
            '{' | '}' => &rest[1..],
            '\u{2010}'..='\u{2013}' => pushed('-', next, rest, output),
            '\u{2018}' | '\u{2019}' => pushed('\'', next, rest, output),
            _ if next.is_ascii() => pushed(next.to_ascii_lowercase(), next, rest, output),
            _ => after_folded(next, rest, output),
        };
    }
}

fn needs_work(text: &str) -> bool {
    text.bytes().any(|byte| !byte.is_ascii() || matches!(byte, b'$' | b'\\' | b'{' | b'}'))
        || text.contains("://")
        || text.contains("www.")
}

fn pushed<'a>(character: char, read: char, rest: &'a str, output: &mut String) -> &'a str {
    output.push(character);
    &rest[read.len_utf8()..]
}

fn after_formula<'a>(rest: &'a str, output: &mut String) -> &'a str {
    output.push('|');
    let display = rest.starts_with("$$");
    let (opening, closing) = if display { (2, "$$") } else { (1, "$") };
    match rest[opening..].find(closing) {
        Some(length) if length <= LONGEST_FORMULA => &rest[opening + length + closing.len()..],
        _ => &rest[opening..],
    }
}

fn after_command<'a>(rest: &'a str, output: &mut String) -> &'a str {
    let body = &rest[1..];
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 {
        return after_symbol_command(body, output);
    }
    let (name, after) = body.split_at(letters);
    if DROPPED_ARGUMENT.contains(&name) {
        output.push('|');
        return after_argument(after);
    }
    // Accents by letter (`\v{c}`, `\c c`) join the letters around them; other commands only format.
    if letters > 1 {
        after.strip_prefix(' ').unwrap_or(after)
    } else {
        after.trim_start_matches([' ', '{'])
    }
}

fn after_symbol_command<'a>(body: &'a str, output: &mut String) -> &'a str {
    let Some(symbol) = body.chars().next() else { return body };
    match symbol {
        '\'' | '"' | '^' | '`' | '~' | '=' | '.' => {}
        '(' | '[' | ')' | ']' | '%' | '&' | '$' => output.push('|'),
        _ => output.push(' '),
    }
    &body[symbol.len_utf8()..]
}

/// Passes over `[…]` and `{…}` after a command.
fn after_argument(mut rest: &str) -> &str {
    for (opening, closing) in [('[', ']'), ('{', '}')] {
        if rest.starts_with(opening) {
            rest = rest.find(closing).map_or("", |end| &rest[end + 1..]);
        }
    }
    rest
}

fn is_address(rest: &str) -> bool {
    let start = rest.as_bytes();
    let begins =
        |word: &[u8]| start.len() >= word.len() && start[..word.len()].eq_ignore_ascii_case(word);
    begins(b"http://") || begins(b"https://") || begins(b"www.")
}

fn after_address<'a>(rest: &'a str, output: &mut String) -> &'a str {
    output.push('|');
    let end = rest.find(|c: char| c.is_whitespace() || c == '}' || c == ')').unwrap_or(rest.len());
    &rest[end..]
}

/// Folds one character outside ASCII to its base letters; what has none becomes a break.
fn after_folded<'a>(character: char, rest: &'a str, output: &mut String) -> &'a str {
    let before = output.len();
    for part in std::iter::once(character).nfkd() {
        match part {
            _ if part.is_ascii() => output.push(part.to_ascii_lowercase()),
            'ß' => output.push_str("ss"),
            'ø' | 'Ø' => output.push('o'),
            'ł' | 'Ł' => output.push('l'),
            'æ' | 'Æ' => output.push_str("ae"),
            _ => {}
        }
    }
    let is_mark = matches!(character, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{feff}');
    if output.len() == before && !is_mark {
        output.push(if character.is_whitespace() { ' ' } else { '|' });
    }
    &rest[character.len_utf8()..]
}
