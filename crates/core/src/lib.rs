//! The words that every other crate uses: languages, money, periods, numbers for readers, diagnostics, provenance.
//!
//! Floor 0. This crate knows no file, clock, network, city or engine. It holds only types whose meaning is the
//! same everywhere; anything that one engine alone needs belongs to that engine.

pub mod diagnostic;
pub mod lang;
pub mod money;
pub mod number;
pub mod period;
pub mod provenance;
pub mod texts;

pub use diagnostic::{Diagnostic, Severity};
pub use lang::{Bilingual, Lang};
pub use money::Fen;
pub use period::{HalfYear, Year};
pub use provenance::{EvidenceRef, PackRef, Provenance};
