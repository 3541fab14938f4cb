//! From the home folder to what the engines take: state, figures, pack, rules, enterprises.

pub(crate) mod corpora;
pub(crate) mod enterprises;
pub(crate) mod experts;
pub(crate) mod figures_file;
pub(crate) mod pack;
pub(crate) mod rules;
pub(crate) mod scope;
pub(crate) mod state;
pub(crate) mod topics;
