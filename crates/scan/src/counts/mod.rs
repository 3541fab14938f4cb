//! From documents to counts: words, phrases, and which document holds which term.
//!
//! A [`State`] is everything that scoring needs to know of the documents. It is built from batches in the order of
//! import; adding a batch gives the same bytes as building it anew from all batches. Terms are numbered by their
//! text, not by their first appearance, so nothing depends on the order in which documents came.

mod documents;
mod encode;
mod grams;
mod increment;
mod level;
mod mentions;
mod reading;
mod repeats;
mod state;
mod templates;
mod terms;
mod words;

pub(crate) use documents::Lists;
pub use documents::{DocumentInput, DocumentTable, Interner};
pub use reading::{BilingualReader, EnglishReader, TextReader, term_text};
pub use state::State;
pub use templates::View;
pub use terms::{TermId, TermTable};
pub use words::{WordId, WordTable};

/// Longest phrase, in words.
pub const LONGEST_PHRASE: usize = 4;
