//! Facts of all enterprises, prepared once: typed columns, payments, and where each enterprise belongs.

mod payments;
mod population;
mod segments;

pub use payments::PaidBefore;
pub use population::{FactsError, Population};
pub use segments::Segments;
