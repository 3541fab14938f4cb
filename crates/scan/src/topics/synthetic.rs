//! Artificial graphs with known communities and very unequal nodes, for measuring speed and for tests.
//!
//! They imitate term graphs: few terms have very many partners, and most links of a term stay in its own field.

use super::graph::Graph;
use crate::random::Random;

/// What to plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantedGraph {
    /// Number of nodes.
    pub nodes: u32,
    /// Number of communities, at least one; sizes differ by one at most.
    pub communities: u32,
    /// Number of different links; it must leave room, that is stay well below half of all possible pairs.
    pub links: usize,
    /// Share of links that ignore communities, 0 to 1.
    pub mixing: f64,
    /// Seed of everything random.
    pub seed: u64,
}

impl PlantedGraph {
    /// The size for which the speed target of the clustering is set: 20,000 nodes and 3.2 million links.
    pub const TARGET_SIZE: Self =
        Self { nodes: 20_000, communities: 60, links: 3_200_000, mixing: 0.6, seed: 1 };
}

/// Makes the graph and returns it with the planted community of each node.
pub fn planted_graph(plan: &PlantedGraph) -> (Graph, Vec<u32>) {
    let mut random = Random::new(plan.seed, 0);
    let truth: Vec<u32> = (0..plan.nodes).map(|node| node % plan.communities).collect();
    let attractions: Vec<f64> = (0..plan.nodes).map(|_| attraction(&mut random)).collect();
    let everywhere = Urn::new((0..plan.nodes).collect(), &attractions);
    let at_home: Vec<Urn> = (0..plan.communities)
        .map(|home| {
            Urn::new((home..plan.nodes).step_by(plan.communities as usize).collect(), &attractions)
        })
        .collect();
    let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(plan.links);
    // Pairs that were drawn before are dropped and drawn anew, a bounded number of times.
    for _ in 0..64 {
        while pairs.len() < plan.links {
            let one = everywhere.draw(&mut random);
            let is_mixed = random.uniform() < plan.mixing;
            let urn = if is_mixed { &everywhere } else { &at_home[truth[one as usize] as usize] };
            let other = urn.draw(&mut random);
            if one != other {
                pairs.push((one.min(other), one.max(other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() == plan.links {
            break;
        }
    }
    let links: Vec<(u32, u32, f64)> = pairs
        .iter()
        .map(|&(one, other)| {
            // Weights as in term graphs: ln(1 + a) with a above one, larger inside a community.
            let reach = if truth[one as usize] == truth[other as usize] { 20.0 } else { 4.0 };
            (one, other, (2.0 + reach * random.uniform()).ln())
        })
        .collect();
    (Graph::from_links(plan.nodes as usize, &links), truth)
}

/// Draws from a power law with exponent 2.5, cut at 30 so that a graph of the wanted size exists.
fn attraction(random: &mut Random) -> f64 {
    (1.0 - random.uniform()).powf(-1.0 / 1.5).min(30.0)
}

/// Draws nodes with probability proportional to their attraction.
struct Urn {
    nodes: Vec<u32>,
    cumulative: Vec<f64>,
}

impl Urn {
    fn new(nodes: Vec<u32>, attractions: &[f64]) -> Self {
        let mut sum = 0.0;
        let cumulative = nodes
            .iter()
            .map(|&node| {
                sum += attractions[node as usize];
                sum
            })
            .collect();
        Self { nodes, cumulative }
    }

    fn draw(&self, random: &mut Random) -> u32 {
        let mark = random.uniform() * self.cumulative.last().copied().unwrap_or(0.0);
        let index = self.cumulative.partition_point(|&sum| sum <= mark);
        self.nodes[index.min(self.nodes.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::{LeidenOptions, leiden, modularity};

    const SMALL: PlantedGraph =
        PlantedGraph { nodes: 600, communities: 6, links: 12_000, mixing: 0.3, seed: 5 };

    #[test]
    fn the_graph_has_the_size_that_was_asked_for_and_repeats() {
        let (graph, truth) = planted_graph(&SMALL);
        assert_eq!((graph.node_count(), graph.link_count(), truth.len()), (600, 12_000, 600));
        assert_eq!((graph, truth), planted_graph(&SMALL));
    }

    #[test]
    fn some_nodes_have_many_more_links_than_others() {
        let (graph, _) = planted_graph(&SMALL);
        let mut degrees: Vec<usize> = (0..600).map(|node| graph.links(node).count()).collect();
        degrees.sort_unstable();
        assert!(degrees[599] > 4 * degrees[300], "{} and {}", degrees[599], degrees[300]);
    }

    #[test]
    fn clustering_finds_the_planted_communities() {
        let (graph, truth) = planted_graph(&SMALL);
        let options = LeidenOptions { resolution: 1.0, ..LeidenOptions::default() };
        let partition = leiden(&graph, &options);
        assert!(partition.modularity >= modularity(&graph, &truth, 1.0) - 1e-9);
        assert_eq!(partition.communities, 6);
    }
}
