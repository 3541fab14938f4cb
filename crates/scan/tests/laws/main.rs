//! Laws of counting, checked on random small corpora: what must hold for any documents.
//!
//! `results` holds the laws of whole scans, `states` those of counted states, `oracle` compares the counters with slow
//! ones that were written from the rules alone.

mod corpora;
mod oracle;
mod results;
mod states;
