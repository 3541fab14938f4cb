//! Topics: the clusters of the term graph that are large enough to be shown, with label, keywords and score.
//!
//! A topic has at least five terms, and at least twenty documents of the window hold two of its terms. Where only
//! figures are known, that number cannot be counted; then a cluster is refused only if its pair counts prove that
//! it has fewer.
//!
//! Not here: ids (see `stability`), tracks, stages and actors.

use linghang_core::Lang;

use super::graph::Graph;
use super::leiden::{LeidenOptions, leiden};
use super::partition::members_by_community;
use super::space::TermSpace;

/// When a cluster is a topic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopicOptions {
    /// How to cluster.
    pub leiden: LeidenOptions,
    /// Smallest number of terms.
    pub min_terms: usize,
    /// Smallest number of documents that hold two of its terms.
    pub min_documents: u64,
}

impl Default for TopicOptions {
    fn default() -> Self {
        Self { leiden: LeidenOptions::default(), min_terms: 5, min_documents: 20 }
    }
}

/// The documents of the window, seen as lists of terms.
pub trait WindowDocuments {
    /// Calls `visit` once a document with its terms, each term once, by their places in the caller's list.
    fn for_each(&self, visit: &mut dyn FnMut(&[u32]));
}

impl<T: AsRef<[u32]>> WindowDocuments for [T] {
    fn for_each(&self, visit: &mut dyn FnMut(&[u32])) {
        for terms in self {
            visit(terms.as_ref());
        }
    }
}

/// A cluster that is large enough to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its terms by their places in the caller's list, highest LH-6 first.
    pub terms: Vec<u32>,
    /// The strongest term by C-value: the English one where there is one, else the Chinese one.
    pub label: String,
    /// The strongest Chinese term by C-value.
    pub label_zh: Option<String>,
    /// Three terms by LH-6.
    pub keywords: Vec<String>,
    /// Mean LH-6 of the five best terms that were scored; zero when none was.
    pub score: f64,
    /// Share of topics that score lower, 0 to 100.
    pub percentile: f64,
    /// Documents of the window that hold at least two of its terms; absent when only figures are known.
    pub window_documents: Option<u64>,
    /// 1 − conductance: share of its link weight that stays inside, 0 to 1.
    pub coherence: f64,
    /// Share of its pairs of terms that are linked, 0 to 1.
    pub density: f64,
}

/// Clusters the terms and returns the topics, highest score first, then by label.
pub fn find_topics<D: WindowDocuments + ?Sized>(
    space: &TermSpace<'_>,
    documents: Option<&D>,
    options: &TopicOptions,
) -> Vec<Topic> {
    let partition = leiden(space.graph(), &options.leiden);
    let clusters = members_by_community(&partition.membership, partition.communities);
    let counts =
        documents.map(|documents| count_documents(space, &partition.membership, documents));
    let bounds = most_documents_possible(space, &partition.membership);
    let mut topics: Vec<Topic> = clusters
        .iter()
        .enumerate()
        .filter(|(cluster, members)| {
            let documents = counts.as_ref().map_or(bounds[*cluster], |counts| counts[*cluster]);
            members.len() >= options.min_terms && documents >= options.min_documents
        })
        .map(|(cluster, members)| {
            topic(
                space,
                &partition.membership,
                members,
                counts.as_ref().map(|counts| counts[cluster]),
            )
        })
        .collect();
    topics.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.label.cmp(&b.label)));
    let scores: Vec<f64> = topics.iter().map(|topic| topic.score).collect();
    for topic in &mut topics {
        let lower = scores.iter().filter(|&&score| score < topic.score).count();
        topic.percentile = 100.0 * lower as f64 / scores.len() as f64;
    }
    topics
}

fn topic(
    space: &TermSpace<'_>,
    membership: &[u32],
    members: &[u32],
    documents: Option<u64>,
) -> Topic {
    let score_of = |node: u32| space.term(node).lh6.unwrap_or(f64::NEG_INFINITY);
    let mut nodes = members.to_vec();
    // Nodes stand in the order of their texts, so equal scores stay in that order.
    nodes.sort_by(|&a, &b| score_of(b).total_cmp(&score_of(a)));
    let best: Vec<f64> = nodes.iter().filter_map(|&node| space.term(node).lh6).take(5).collect();
    let label_zh = strongest(space, members, Lang::Zh);
    let label = strongest(space, members, Lang::En).or_else(|| label_zh.clone());
    let (coherence, density) = cohesion(space.graph(), membership, members);
    Topic {
        label: label.unwrap_or_default(),
        label_zh,
        keywords: keywords(space, &nodes),
        score: best.iter().sum::<f64>() / best.len().max(1) as f64,
        percentile: 0.0,
        window_documents: documents,
        coherence,
        density,
        terms: nodes.into_iter().map(|node| space.callers_index(node)).collect(),
    }
}

/// The first three of `nodes` that name a technology, or the first three where fewer do.
fn keywords(space: &TermSpace<'_>, nodes: &[u32]) -> Vec<String> {
    let terms = || nodes.iter().map(|&node| space.term(node));
    let names: Vec<&str> =
        terms().filter(|term| !term.is_hidden).map(|term| term.text).take(3).collect();
    let chosen =
        if names.len() < 3 { terms().map(|term| term.text).take(3).collect() } else { names };
    chosen.into_iter().map(str::to_owned).collect()
}

/// Returns the text that names a technology with the highest C-value, then the most documents, then the first in order;
/// one that names none only where there is no other.
fn strongest(space: &TermSpace<'_>, members: &[u32], lang: Lang) -> Option<String> {
    let mut terms: Vec<_> =
        members.iter().map(|&node| space.term(node)).filter(|term| term.lang == lang).collect();
    terms.sort_by(|a, b| {
        a.is_hidden
            .cmp(&b.is_hidden)
            .then(b.c_value.total_cmp(&a.c_value))
            .then(b.window_documents.cmp(&a.window_documents))
            .then(a.text.cmp(b.text))
    });
    terms.first().map(|term| term.text.to_owned())
}

/// Returns (1 − conductance, share of linked pairs) of a community.
fn cohesion(graph: &Graph, membership: &[u32], members: &[u32]) -> (f64, f64) {
    let own = membership[members[0] as usize];
    let volume: f64 = members.iter().map(|&node| graph.strength(node)).sum();
    let (mut cut, mut half_links_inside) = (0.0, 0_usize);
    for &node in members {
        for (other, weight) in graph.links(node) {
            if membership[other as usize] == own {
                half_links_inside += 1;
            } else {
                cut += weight;
            }
        }
    }
    let smaller_side = volume.min(2.0 * graph.total_weight() - volume);
    // Nothing leads out of a community that has no outside.
    let conductance = if cut > 0.0 { cut / smaller_side } else { 0.0 };
    let pairs_twice = members.len() * (members.len() - 1);
    (1.0 - conductance, half_links_inside as f64 / pairs_twice.max(1) as f64)
}

/// Counts for each community the documents that hold at least two of its terms.
fn count_documents<D: WindowDocuments + ?Sized>(
    space: &TermSpace<'_>,
    membership: &[u32],
    documents: &D,
) -> Vec<u64> {
    let mut counts = vec![0; membership.len()];
    let mut communities = Vec::new();
    documents.for_each(&mut |terms| {
        communities.clear();
        communities.extend(terms.iter().map(|&term| membership[space.node(term) as usize]));
        communities.sort_unstable();
        for same in communities.chunk_by(|a, b| a == b).filter(|same| same.len() >= 2) {
            counts[same[0] as usize] += 1;
        }
    });
    counts
}

/// Returns for each community a number that the documents with two of its terms cannot exceed: the sum of its pair
/// counts. Pairs below the smallest count of the graph are not known and not in the sum.
fn most_documents_possible(space: &TermSpace<'_>, membership: &[u32]) -> Vec<u64> {
    let mut bounds = vec![0; membership.len()];
    for pair in space.pairs() {
        let community = membership[pair.a as usize];
        if community == membership[pair.b as usize] {
            bounds[community as usize] += u64::from(pair.documents);
        }
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::super::space::TermProfile;
    use super::*;
    use crate::figures::Pair;

    const TEXTS: [&str; 11] = [
        "gripper",
        "grasp planning",
        "tactile sensing",
        "soft hand",
        "机械手",
        "underactuated finger",
        "qubit",
        "ion trap",
        "error correction",
        "surface code",
        "gate fidelity",
    ];

    fn profiles() -> Vec<TermProfile<'static>> {
        TEXTS
            .iter()
            .enumerate()
            .map(|(index, text)| TermProfile {
                text,
                lang: if text.is_ascii() { Lang::En } else { Lang::Zh },
                window_documents: 20 + index as u32,
                lh6: Some(index as f64 / 2.0 - 1.0),
                is_hidden: false,
                c_value: 30.0 - index as f64,
                fields: &[],
            })
            .collect()
    }

    /// Documents: those of the first field hold three neighbouring terms of the first six, the others of the last five.
    fn documents() -> Vec<Vec<u32>> {
        (0..60)
            .map(|n| match n % 2 {
                0 => vec![n / 2 % 6, (n / 2 + 1) % 6, (n / 2 + 3) % 6],
                _ => vec![6 + n / 2 % 5, 6 + (n / 2 + 1) % 5, 6 + (n / 2 + 2) % 5],
            })
            .collect()
    }

    fn pairs(documents: &[Vec<u32>]) -> Vec<Pair> {
        let mut counts = std::collections::BTreeMap::<(u32, u32), u32>::new();
        for terms in documents {
            for &one in terms {
                for &other in terms.iter().filter(|&&other| one < other) {
                    *counts.entry((one, other)).or_default() += 1;
                }
            }
        }
        counts
            .into_iter()
            .map(|((one, other), documents)| Pair { a: one, b: other, documents })
            .collect()
    }

    fn options() -> TopicOptions {
        let leiden = LeidenOptions { resolution: 1.0, ..LeidenOptions::default() };
        TopicOptions { leiden, ..TopicOptions::default() }
    }

    fn check(documents: &[Vec<u32>], known: bool) -> Vec<Topic> {
        let space = TermSpace::new(&profiles(), &pairs(documents), 600);
        find_topics(&space, known.then_some(documents), &options())
    }

    #[test]
    fn two_fields_become_two_topics_with_labels_in_both_languages() {
        let topics = check(&documents(), true);
        let shown: Vec<_> = topics
            .iter()
            .map(|t| {
                format!(
                    "{} {:?} {:?} {:.2} {}",
                    t.label, t.label_zh, t.keywords, t.score, t.percentile
                )
            })
            .collect();
        insta::assert_debug_snapshot!(shown, @r#"
        [
            "qubit None [\"gate fidelity\", \"surface code\", \"error correction\"] 3.00 50",
            "gripper Some(\"机械手\") [\"underactuated finger\", \"机械手\", \"soft hand\"] 0.50 0",
        ]
        "#);
        assert_eq!(topics[0].window_documents, Some(30));
        assert!((topics[0].coherence - 1.0).abs() < 1e-12, "no link leads out");
    }

    #[test]
    fn a_cluster_with_too_few_documents_is_no_topic() {
        let mut documents = documents();
        documents.retain(|terms| terms[0] < 6 || terms.contains(&6));
        assert_eq!(check(&documents, true).len(), 1);
    }

    #[test]
    fn without_documents_only_a_proof_of_too_few_refuses() {
        let topics = check(&documents(), false);
        assert_eq!(topics.len(), 2);
        assert_eq!(topics[0].window_documents, None);
        let few: Vec<_> =
            documents().into_iter().filter(|terms| terms[0] < 6).chain([vec![6, 7]]).collect();
        assert_eq!(check(&few, false).len(), 1);
    }

    #[test]
    fn the_order_of_terms_pairs_and_documents_changes_nothing() {
        let (terms, documents) = (profiles(), documents());
        let pairs = pairs(&documents);
        let last = terms.len() as u32 - 1;
        let turned_terms: Vec<_> = terms.iter().rev().copied().collect();
        let turned_pairs: Vec<_> =
            pairs.iter().rev().map(|p| Pair { a: last - p.a, b: last - p.b, ..*p }).collect();
        let turned_documents: Vec<Vec<u32>> =
            documents.iter().rev().map(|d| d.iter().map(|term| last - term).collect()).collect();
        let straight =
            find_topics(&TermSpace::new(&terms, &pairs, 600), Some(&documents[..]), &options());
        let mut turned = find_topics(
            &TermSpace::new(&turned_terms, &turned_pairs, 600),
            Some(&turned_documents[..]),
            &options(),
        );
        for term in turned.iter_mut().flat_map(|topic| &mut topic.terms) {
            *term = last - *term;
        }
        assert_eq!(straight, turned);
    }
}
