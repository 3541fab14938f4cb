//! A made-up city: enterprises, their years, their deals, and what they were paid.
//!
//! The marginals are those that a policy office meets, not those of any real city: very many small enterprises and few
//! large ones, most of them young, R&D intensity by industry, fast growth among the young, titles by rung, and data with
//! holes. What is made up here proves nothing about a policy's cost in a real place.
//!
//! Every table is a function of the plan; each row of its number alone.

mod history;
mod industry;
mod plan;
mod profile;
mod tables;

pub use industry::{INDUSTRIES, Industry};
pub use plan::{CityPlan, Extra, Programme, Titles};
pub use profile::{Profile, Year};
pub use tables::{TableRows, rows};
