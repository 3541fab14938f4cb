//! English text: cleaning, words, word classes.
//!
//! [`clean`] takes LaTeX, addresses and accents out; [`words`] cuts the cleaned text into words and breaks;
//! [`fold_plural`] and [`WordClass`] are applied once a distinct word by whoever keeps a word table.

mod classes;
mod clean;
pub mod general;
mod plural;
mod words;

pub use classes::{WordClass, classify};
pub use clean::clean;
pub use plural::fold_plural;
pub use words::words;
