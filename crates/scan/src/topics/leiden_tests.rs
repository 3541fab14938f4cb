//! Laws and known answers of the clustering.

use proptest::prelude::*;

use super::graph::Graph;
use super::leiden::{LeidenOptions, Partition, leiden, shuffled_nodes};
use super::partition::{members_by_community, modularity, renumber, split_into_connected_parts};
use super::synthetic::{PlantedGraph, planted_graph};
use crate::random::Random;

fn cluster(nodes: usize, links: &[(u32, u32)], resolution: f64, seed: u64) -> (Graph, Partition) {
    let links: Vec<_> = links.iter().map(|&(a, b)| (a, b, 1.0)).collect();
    let graph = Graph::from_links(nodes, &links);
    let partition = leiden(&graph, &LeidenOptions { resolution, seed, ..LeidenOptions::default() });
    (graph, partition)
}

fn clique(nodes: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    nodes.clone().flat_map(|a| nodes.clone().filter(move |&b| a < b).map(move |b| (a, b))).collect()
}

/// Zachary's karate club (1977): 34 members and 78 friendships.
#[rustfmt::skip]
const KARATE: [(u32, u32); 78] = [
    (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (0, 10), (0, 11), (0, 12), (0, 13), (0, 17),
    (0, 19), (0, 21), (0, 31), (1, 2), (1, 3), (1, 7), (1, 13), (1, 17), (1, 19), (1, 21), (1, 30), (2, 3),
    (2, 7), (2, 8), (2, 9), (2, 13), (2, 27), (2, 28), (2, 32), (3, 7), (3, 12), (3, 13), (4, 6), (4, 10),
    (5, 6), (5, 10), (5, 16), (6, 16), (8, 30), (8, 32), (8, 33), (9, 33), (13, 33), (14, 32), (14, 33),
    (15, 32), (15, 33), (18, 32), (18, 33), (19, 33), (20, 32), (20, 33), (22, 32), (22, 33), (23, 25),
    (23, 27), (23, 29), (23, 32), (23, 33), (24, 25), (24, 27), (24, 31), (25, 31), (26, 29), (26, 33),
    (27, 33), (28, 31), (28, 33), (29, 32), (29, 33), (30, 32), (30, 33), (31, 32), (31, 33), (32, 33),
];

#[test]
fn two_cliques_with_a_bridge_are_two_communities() {
    let mut links = [clique(0..6), clique(6..12)].concat();
    links.push((5, 6));
    let (_, partition) = cluster(12, &links, 1.0, 7);
    assert_eq!(partition.membership, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
}

#[test]
fn thirty_cliques_in_a_ring_come_apart_where_the_resolution_is_high() {
    let mut links: Vec<_> = (0..30).flat_map(|c| clique(c * 5..c * 5 + 5)).collect();
    links.extend((0..30).map(|c| (c * 5, (c * 5 + 5) % 150)));
    assert_eq!(cluster(150, &links, 3.0, 0).1.communities, 30);
    assert!(cluster(150, &links, 1.0, 0).1.communities < 20, "the known resolution limit at 1");
}

#[test]
fn the_karate_club_reaches_the_best_known_modularity_for_nearly_every_seed() {
    let mut best = 0;
    for seed in 0..20 {
        let (_, partition) = cluster(34, &KARATE, 1.0, seed);
        assert!(partition.modularity > 0.415, "seed {seed}: {}", partition.modularity);
        best += u32::from(partition.modularity > 0.4197);
    }
    assert!(best >= 12, "{best} of 20");
}

#[test]
fn a_graph_without_links_keeps_its_nodes_apart() {
    let (_, partition) = cluster(4, &[], 3.0, 0);
    assert_eq!((partition.membership, partition.modularity), (vec![0, 1, 2, 3], 0.0));
    assert_eq!(cluster(0, &[], 3.0, 0).1.communities, 0);
}

#[test]
fn splitting_separates_parts_that_no_link_joins() {
    let graph = Graph::from_links(4, &[(0, 1, 1.0), (2, 3, 1.0)]);
    let mut membership = [0, 0, 0, 0];
    split_into_connected_parts(&graph, &mut membership);
    assert_eq!(membership, [0, 0, 1, 1]);
}

fn random_links() -> impl Strategy<Value = (usize, Vec<(u32, u32, f64)>)> {
    (2..40_usize).prop_flat_map(|nodes| {
        let node = 0..nodes as u32;
        (Just(nodes), prop::collection::vec((node.clone(), node, 0.1..5.0), 0..160))
    })
}

proptest! {
    #[test]
    fn communities_are_connected((nodes, links) in random_links(), resolution in 0.2..4.0, seed: u64) {
        let graph = Graph::from_links(nodes, &links);
        let partition = leiden(&graph, &LeidenOptions { resolution, seed, ..LeidenOptions::default() });
        let mut parts = partition.membership.clone();
        split_into_connected_parts(&graph, &mut parts);
        prop_assert_eq!(renumber(&mut parts), partition.communities);
    }

    #[test]
    fn every_node_has_a_community_and_every_community_a_node((nodes, links) in random_links(), seed: u64) {
        let graph = Graph::from_links(nodes, &links);
        let partition = leiden(&graph, &LeidenOptions { seed, ..LeidenOptions::default() });
        prop_assert_eq!(partition.membership.len(), nodes);
        let members = members_by_community(&partition.membership, partition.communities);
        prop_assert!(members.iter().all(|members| !members.is_empty()));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes((nodes, mut links) in random_links(), seed: u64) {
        let options = LeidenOptions { seed, ..LeidenOptions::default() };
        let first = leiden(&Graph::from_links(nodes, &links), &options);
        links.reverse();
        prop_assert_eq!(first, leiden(&Graph::from_links(nodes, &links), &options));
    }

    #[test]
    fn quality_never_falls_with_more_iterations((nodes, links) in random_links(), seed: u64) {
        let graph = Graph::from_links(nodes, &links);
        let quality = |max_iterations| {
            let options = LeidenOptions { resolution: 1.0, seed, max_iterations, ..LeidenOptions::default() };
            let partition = leiden(&graph, &options);
            (partition.modularity, modularity(&graph, &partition.membership, 1.0))
        };
        let mut before = quality(0).0;
        for iterations in 1..5 {
            let (told, measured) = quality(iterations);
            prop_assert!(told >= before - 1e-12);
            prop_assert!((told - measured).abs() < 1e-9);
            before = told;
        }
    }
}

#[test]
fn other_names_for_the_nodes_change_quality_only_a_little() {
    // On a handful of nodes one move decides everything, so the law is about graphs with structure.
    let plan = PlantedGraph { nodes: 400, communities: 8, links: 6_000, mixing: 0.3, seed: 3 };
    let (graph, _) = planted_graph(&plan);
    let links: Vec<_> = (0..plan.nodes)
        .flat_map(|a| {
            graph.links(a).filter(move |(b, _)| a < *b).map(move |(b, weight)| (a, b, weight))
        })
        .collect();
    for seed in 0..10 {
        let options = LeidenOptions { resolution: 1.0, seed, ..LeidenOptions::default() };
        let names = shuffled_nodes(plan.nodes as usize, &mut Random::new(seed, 1));
        let renamed: Vec<_> =
            links.iter().map(|&(a, b, w)| (names[a as usize], names[b as usize], w)).collect();
        let before = leiden(&graph, &options).modularity;
        let after = leiden(&Graph::from_links(plan.nodes as usize, &renamed), &options).modularity;
        assert!((before - after).abs() < 0.02, "{before} and {after}");
    }
}
