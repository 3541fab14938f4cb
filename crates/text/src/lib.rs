//! Normalisation, tokens and phrases in English and Chinese.
//!
//! Floor 1. Text in, words out; this crate knows no document, term count, engine or file. Both languages hand out
//! the same stream of [`Token`]s, so that whoever counts phrases need not know which language it reads.

pub mod chinese;
pub mod english;
pub mod gloss;
pub mod names;
pub mod number_words;
pub mod similarity;

/// A step in the stream of words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word, normalised but not yet folded or classified.
    Word(&'a str),
    /// A place over which no phrase may reach: punctuation, a bracket, a formula, the end.
    Break,
}
