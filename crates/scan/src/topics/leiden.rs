//! Communities of a graph by the Leiden algorithm (Traag, Waltman and van Eck, Scientific Reports 9, 2019, 5233).
//!
//! Quality is modularity with a resolution γ: Q = Σ_c [ inside(c)/m − γ·(strength(c)/2m)² ].
//!
//! # Invariants
//!
//! - Every community is connected in the graph.
//! - Quality never falls from one iteration to the next.
//! - Equal graph, options and seed give equal bytes; a single thread does all the work.
//!
//! Not here: what a node means, and which communities are worth showing.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::graph::Graph;
use super::partition::{members_by_community, modularity, renumber, split_into_connected_parts};
use crate::random::Random;

/// How to cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeidenOptions {
    /// Resolution γ; larger values give more and smaller communities.
    pub resolution: f64,
    /// Randomness θ of the refinement, in units of the mean link weight; near zero it is greedy.
    pub randomness: f64,
    /// Seed of the order in which nodes are looked at.
    pub seed: u64,
    /// Upper bound of iterations; the run ends earlier when an iteration finds nothing better.
    pub max_iterations: u32,
}

impl Default for LeidenOptions {
    /// The method's values: γ = 3, θ = 0.01.
    fn default() -> Self {
        Self { resolution: 3.0, randomness: 0.01, seed: 0, max_iterations: 100 }
    }
}

/// Nodes in communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// Community of each node, numbered from 0 in the order of their first nodes.
    pub membership: Vec<u32>,
    /// Number of communities.
    pub communities: u32,
    /// Modularity at the resolution that was asked for.
    pub modularity: f64,
    /// Iterations that were run.
    pub iterations: u32,
}

/// Finds communities. A graph without links gives one community a node.
pub fn leiden(graph: &Graph, options: &LeidenOptions) -> Partition {
    let mut random = Random::new(options.seed, 0);
    let mut membership: Vec<u32> = (0..graph.node_count() as u32).collect();
    let mut quality = modularity(graph, &membership, options.resolution);
    let mut iterations = 0;
    while iterations < options.max_iterations && graph.total_weight() > 0.0 {
        iterations += 1;
        let mut improved = improve(graph, &membership, options, &mut random);
        split_into_connected_parts(graph, &mut improved);
        let improved_quality = modularity(graph, &improved, options.resolution);
        if improved_quality <= quality + SMALLEST_GAIN {
            break;
        }
        (membership, quality) = (improved, improved_quality);
    }
    let communities = renumber(&mut membership);
    Partition { membership, communities, modularity: quality, iterations }
}

/// A gain in modularity below this is rounding, not improvement.
const SMALLEST_GAIN: f64 = 1e-12;

/// What stays the same through all levels of one run.
struct Scale {
    /// γ/2m: expected weight between two sets is this times the product of their strengths.
    expectation: f64,
    /// θ in weight units.
    temperature: f64,
    /// Gain in weight units below which a move is not worth it.
    smallest_gain: f64,
}

/// Sums of weights by community, cleared after each use.
struct Tally {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Tally {
    fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], touched: Vec::new() }
    }

    fn add(&mut self, community: u32, weight: f64) {
        let sum = &mut self.weight[community as usize];
        if *sum == 0.0 {
            self.touched.push(community);
        }
        *sum += weight;
    }

    fn clear(&mut self) {
        for community in self.touched.drain(..) {
            self.weight[community as usize] = 0.0;
        }
    }
}

/// One iteration: moves, refines and aggregates until nothing can be aggregated any more.
fn improve(graph: &Graph, start: &[u32], options: &LeidenOptions, random: &mut Random) -> Vec<u32> {
    let mean_weight = graph.total_weight() / graph.link_count().max(1) as f64;
    let scale = Scale {
        expectation: options.resolution / (2.0 * graph.total_weight()),
        temperature: (options.randomness * mean_weight).max(f64::MIN_POSITIVE),
        smallest_gain: SMALLEST_GAIN * graph.total_weight(),
    };
    let mut level = Cow::Borrowed(graph);
    let mut level_node: Vec<u32> = (0..graph.node_count() as u32).collect();
    let mut membership = start.to_vec();
    loop {
        let mut communities = renumber(&mut membership);
        move_nodes(&level, &mut membership, communities, &scale, random);
        communities = renumber(&mut membership);
        if communities as usize == level.node_count() {
            break;
        }
        let mut parts = refine(&level, &membership, &scale, random);
        let mut part_count = renumber(&mut parts);
        if part_count as usize == level.node_count() {
            // Refinement joined nothing; going on from the communities themselves avoids an endless loop.
            (parts, part_count) = (membership.clone(), communities);
        }
        let mut part_membership = vec![0; part_count as usize];
        for (node, &part) in parts.iter().enumerate() {
            part_membership[part as usize] = membership[node];
        }
        level = Cow::Owned(aggregate(&level, &parts, part_count));
        for node in &mut level_node {
            *node = parts[*node as usize];
        }
        membership = part_membership;
    }
    level_node.iter().map(|&node| membership[node as usize]).collect()
}

/// Fast local moving: each node goes where modularity gains most; only neighbours of moved nodes are looked at again.
fn move_nodes(
    graph: &Graph,
    membership: &mut [u32],
    communities: u32,
    scale: &Scale,
    random: &mut Random,
) {
    let nodes = graph.node_count();
    let mut strength = vec![0.0; nodes];
    let mut size = vec![0_u32; nodes];
    for (node, &community) in membership.iter().enumerate() {
        strength[community as usize] += graph.strength(node as u32);
        size[community as usize] += 1;
    }
    let mut empty: Vec<u32> = (communities..nodes as u32).rev().collect();
    let mut queue = VecDeque::from(shuffled_nodes(nodes, random));
    let mut is_queued = vec![true; nodes];
    let mut tally = Tally::new(nodes);
    while let Some(node) = queue.pop_front() {
        is_queued[node as usize] = false;
        let own = membership[node as usize];
        size[own as usize] -= 1;
        strength[own as usize] -= graph.strength(node);
        if size[own as usize] == 0 {
            // Rounding must not leave strength in an empty community.
            strength[own as usize] = 0.0;
            empty.push(own);
        }
        graph.links(node).for_each(|(other, weight)| tally.add(membership[other as usize], weight));
        let gain = |community: u32| {
            tally.weight[community as usize]
                - scale.expectation * graph.strength(node) * strength[community as usize]
        };
        let (mut best, mut best_gain) = (own, gain(own));
        // The last empty community stands for leaving all others.
        for &community in tally.touched.iter().chain(empty.last()) {
            let community_gain = gain(community);
            if community_gain > best_gain + scale.smallest_gain {
                (best, best_gain) = (community, community_gain);
            }
        }
        tally.clear();
        if size[best as usize] == 0 {
            empty.pop();
        }
        size[best as usize] += 1;
        strength[best as usize] += graph.strength(node);
        if best != own {
            membership[node as usize] = best;
            for (other, _) in graph.links(node) {
                if membership[other as usize] != best && !is_queued[other as usize] {
                    is_queued[other as usize] = true;
                    queue.push_back(other);
                }
            }
        }
    }
}

/// Refinement: starts from single nodes and joins them inside each community, only where both sides are well
/// connected to the rest of it, with probability growing with the gain.
fn refine(graph: &Graph, membership: &[u32], scale: &Scale, random: &mut Random) -> Vec<u32> {
    let nodes = graph.node_count();
    let mut community_strength = vec![0.0; nodes];
    for (node, &community) in membership.iter().enumerate() {
        community_strength[community as usize] += graph.strength(node as u32);
    }
    let inside = |node: u32, other: u32| membership[node as usize] == membership[other as usize];
    // Weight between a part and the rest of its community.
    let mut cut: Vec<f64> = (0..nodes as u32)
        .map(|node| graph.links(node).filter(|link| inside(node, link.0)).map(|link| link.1).sum())
        .collect();
    let mut strength: Vec<f64> = (0..nodes as u32).map(|node| graph.strength(node)).collect();
    let mut size = vec![1_u32; nodes];
    let mut parts: Vec<u32> = (0..nodes as u32).collect();
    let mut tally = Tally::new(nodes);
    let mut choices = Vec::new();
    for node in shuffled_nodes(nodes, random) {
        let own = node as usize;
        let whole = community_strength[membership[own] as usize];
        let is_well_connected =
            |cut: f64, part: f64| cut >= scale.expectation * part * (whole - part);
        if parts[own] != node || size[own] != 1 || !is_well_connected(cut[own], strength[own]) {
            continue;
        }
        for (other, weight) in graph.links(node).filter(|link| inside(node, link.0)) {
            tally.add(parts[other as usize], weight);
        }
        choices.clear();
        choices.push((node, 0.0));
        for &part in &tally.touched {
            let gain = tally.weight[part as usize]
                - scale.expectation * strength[own] * strength[part as usize];
            if gain >= 0.0 && is_well_connected(cut[part as usize], strength[part as usize]) {
                choices.push((part, gain));
            }
        }
        let chosen = choose(&choices, scale.temperature, random) as usize;
        if chosen != own {
            parts[own] = chosen as u32;
            cut[chosen] += cut[own] - 2.0 * tally.weight[chosen];
            strength[chosen] += strength[own];
            size[chosen] += 1;
            size[own] = 0;
        }
        tally.clear();
    }
    parts
}

/// Draws one of the choices with probability proportional to exp(gain / temperature).
fn choose(choices: &[(u32, f64)], temperature: f64, random: &mut Random) -> u32 {
    let best = choices.iter().map(|choice| choice.1).fold(0.0, f64::max);
    let odds = |choice: &(u32, f64)| ((choice.1 - best) / temperature).exp();
    let mut rest = random.uniform() * choices.iter().map(odds).sum::<f64>();
    for choice in choices {
        rest -= odds(choice);
        if rest < 0.0 {
            return choice.0;
        }
    }
    // Rounding can leave a trace of `rest`; the first choice is to stay.
    choices[0].0
}

/// Makes each part a node of a smaller graph.
fn aggregate(graph: &Graph, parts: &[u32], part_count: u32) -> Graph {
    let members = members_by_community(parts, part_count);
    let mut starts = vec![0];
    let (mut neighbours, mut weights) = (Vec::new(), Vec::new());
    let mut self_weights = Vec::with_capacity(part_count as usize);
    let mut tally = Tally::new(part_count as usize);
    for (part, nodes) in members.iter().enumerate() {
        let mut own = 0.0;
        for &node in nodes {
            own += graph.self_weight(node);
            for (other, weight) in graph.links(node) {
                tally.add(parts[other as usize], weight);
            }
        }
        for &other in &tally.touched {
            let weight = tally.weight[other as usize];
            if other as usize == part {
                own += weight / 2.0;
            } else {
                neighbours.push(other);
                weights.push(weight);
            }
        }
        tally.clear();
        self_weights.push(own);
        starts.push(neighbours.len());
    }
    Graph::from_rows(starts, neighbours, weights, self_weights)
}

pub(super) fn shuffled_nodes(nodes: usize, random: &mut Random) -> Vec<u32> {
    let mut order: Vec<u32> = (0..nodes as u32).collect();
    // Fisher and Yates.
    for last in (1..order.len()).rev() {
        order.swap(last, random.below(last + 1));
    }
    order
}
