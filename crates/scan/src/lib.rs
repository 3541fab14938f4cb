//! Horizon scan: which technologies are emerging, how ripe they are, to which track they belong, and how well such
//! statements did in the past.
//!
//! Floor 3. Data in, explained result out: this crate knows no city, no track by name, no clock, no file and no
//! network. Method, formulae and sources are in `docs/guide/scan-method.md`.
//!
//! The way of a scan: documents are counted ([`counts`]), the counts of one corpus at one date are laid out as
//! [`figures`], [`candidates`] are chosen from them, [`signals`] score the candidates, [`series`] reads single curves,
//! [`topics`] groups terms and assigns tracks, and [`backtest`] measures all of it on the past.

pub mod actors;
pub mod analysis;
pub mod backtest;
pub mod candidates;
pub mod counts;
pub mod figures;
pub mod novelty;
pub mod params;
mod quantile;
mod random;
pub mod result;
pub mod series;
pub mod signals;
pub mod topics;
