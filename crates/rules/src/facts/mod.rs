//! Facts of all enterprises, prepared once: typed columns, payments, and where each enterprise belongs.

mod cells;
mod deals;
mod payments;
mod population;
mod segments;
mod slots;
mod tables;
mod titles;
mod years;

pub use cells::{Cell, column};
pub use payments::PaidBefore;
pub use population::{FactsError, Population};
pub use segments::Segments;
pub use tables::{Conflict, Prepared, Tables, prepare};
