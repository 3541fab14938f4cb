//! From scored terms to topics: graph, clustering, stable ids, tracks, X candidates and the back-test of topics.
//!
//! The way: a [`TermSpace`] lays out terms and pair counts, [`find_topics`] clusters it with [`leiden`],
//! [`keep_identities`] gives the clusters the ids of the previous run, [`TrackModel`] compares them with the tracks
//! of a pack, and [`x_candidates`] lists what belongs to none. [`topic_quality`] measures all of it on the past.
//!
//! # Invariants
//!
//! - The order of terms, pairs and documents in the input changes no byte of the output.
//! - Nothing is random but the order in which Leiden looks at nodes, and that follows from a seed.
//! - What is not known stays `None`; it is never taken for zero.
//!
//! Not here: how terms are found and scored, and single curves.

mod cluster;
mod graph;
mod leiden;
#[cfg(test)]
mod leiden_tests;
mod naming;
mod of_figures;
mod partition;
mod quality;
mod space;
mod stability;
mod synthetic;
mod term_table;
mod tipping;
mod tracks;
#[cfg(test)]
mod tracks_tests;
mod x_candidates;

pub use crate::figures::Pair;
pub use cluster::{Topic, TopicOptions, WindowDocuments, find_topics};
pub use graph::Graph;
pub use leiden::{LeidenOptions, Partition, leiden};
pub use of_figures::{FiguresTopics, topic_options, topics_of_figures};
pub use partition::modularity;
pub use quality::{TopicQuality, topic_quality};
pub use space::{TermProfile, TermSpace};
pub use stability::{Identified, RememberedTopic, keep_identities, weighted_jaccard};
pub use synthetic::{PlantedGraph, planted_graph};
pub use term_table::TermTable;
pub use tipping::{KindOnset, tipping_flags};
pub use tracks::{TrackFindings, TrackModel, TrackOptions, TrackSelector};
pub use x_candidates::{TopicFacts, XOptions, x_candidates};
