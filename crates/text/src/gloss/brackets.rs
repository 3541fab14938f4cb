//! Finds brackets and what stands before them.

/// Longest content of a bracket, in bytes; longer ones are sentences.
const LONGEST_CONTENT: usize = 160;
/// How many characters before a bracket are looked at.
const LONGEST_BEFORE: usize = 90;

/// A bracket of a text.
pub(super) struct Bracket<'a> {
    /// The text before the bracket, from its last sentence mark or bracket on.
    pub(super) before: &'a str,
    content: &'a str,
}

impl<'a> Bracket<'a> {
    /// The parts of the content: `Generative Adversarial Network, GAN` has two.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'a str> {
        let marks = [',', '，', ';', '；', '、', ':', '：', '/'];
        self.content.split(marks).map(str::trim).filter(|part| !part.is_empty())
    }
}

/// The innermost brackets of a text, in order.
pub(super) fn brackets(text: &str) -> impl Iterator<Item = Bracket<'_>> {
    let mut opened: Option<(usize, usize)> = None;
    text.char_indices().filter_map(move |(place, character)| match character {
        '(' | '（' => {
            opened = Some((place, place + character.len_utf8()));
            None
        }
        ')' | '）' => {
            let (start, content_start) = opened.take()?;
            let content = &text[content_start..place];
            (content.len() <= LONGEST_CONTENT)
                .then(|| Bracket { before: tail(&text[..start]), content })
        }
        _ => None,
    })
}

/// The end of a text, at most [`LONGEST_BEFORE`] characters, without cutting a Latin word.
fn tail(text: &str) -> &str {
    let Some((start, _)) = text.char_indices().rev().nth(LONGEST_BEFORE - 1) else { return text };
    let tail = &text[start..];
    let word_end =
        tail.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(tail.len());
    &tail[word_end..]
}
