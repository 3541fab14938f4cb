//! From the home folder to what the engines take: state, figures, pack.

pub(crate) mod corpora;
pub(crate) mod experts;
pub(crate) mod figures_file;
pub(crate) mod pack;
pub(crate) mod scope;
pub(crate) mod state;
pub(crate) mod topics;
