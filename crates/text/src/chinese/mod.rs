//! Chinese text: cleaning, words, corpus phrases, word classes.
//!
//! [`clean`] brings a text to one written form; [`Segmenter`] cuts the cleaned text into words and breaks, the same
//! stream as [`crate::english::words`] hands out; [`PhraseLearner`] finds in a corpus the terms that the dictionary
//! splits, and [`PhraseDictionary`] gives a segmenter that keeps them whole; [`classify`] tells what a word may do in
//! a phrase.

mod classes;
mod clean;
mod learner;
mod ngrams;
mod phrases;
mod script;
mod segment;

pub use classes::classify;
pub use clean::clean;
pub use learner::PhraseLearner;
pub use phrases::{Phrase, PhraseDictionary, Rules};
pub use script::{contains_han, is_han};
pub use segment::{Segmenter, join};
