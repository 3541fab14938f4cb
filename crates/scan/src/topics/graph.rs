//! A weighted undirected graph in compressed rows: for each node its neighbours and the weights of the links.
//!
//! # Invariants
//!
//! - Every link is stored from both ends with the same weight; parallel links are added up.
//! - A link from a node to itself is kept apart and counts twice in the node's strength, as in modularity.
//! - The order of neighbours follows from the links, not from the order in which they were given.

/// The graph. Nodes are 0 to `node_count() − 1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// Row `node` is `starts[node]..starts[node + 1]` of the two lists below.
    starts: Vec<usize>,
    neighbours: Vec<u32>,
    weights: Vec<f64>,
    self_weights: Vec<f64>,
    strengths: Vec<f64>,
    total_weight: f64,
}

impl Graph {
    /// Builds the graph of `node_count` nodes from links `(node, node, weight)` in any order and direction.
    ///
    /// Links with a weight that is not above zero carry no information and are left out.
    ///
    /// # Panics
    ///
    /// When a link names a node outside `0..node_count`.
    pub fn from_links(node_count: usize, links: &[(u32, u32, f64)]) -> Self {
        let mut half_links = Vec::with_capacity(links.len() * 2);
        for &(one, other, weight) in links.iter().filter(|link| link.2 > 0.0) {
            assert!((one.max(other) as usize) < node_count, "link to an unknown node");
            half_links.push((one, other, weight));
            if one != other {
                half_links.push((other, one, weight));
            }
        }
        // The weight takes part in the order, so that sums of parallel links do not depend on the input's order.
        half_links.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        half_links.dedup_by(|next, kept| {
            let is_parallel = (next.0, next.1) == (kept.0, kept.1);
            if is_parallel {
                kept.2 += next.2;
            }
            is_parallel
        });
        let mut self_weights = vec![0.0; node_count];
        half_links.retain(|&(one, other, weight)| {
            if one == other {
                self_weights[one as usize] = weight;
            }
            one != other
        });
        let mut starts = vec![0; node_count + 1];
        for link in &half_links {
            starts[link.0 as usize + 1] += 1;
        }
        for node in 0..node_count {
            starts[node + 1] += starts[node];
        }
        let neighbours = half_links.iter().map(|link| link.1).collect();
        let weights = half_links.iter().map(|link| link.2).collect();
        Self::from_rows(starts, neighbours, weights, self_weights)
    }

    /// Takes over rows that already hold both directions of every link.
    pub(super) fn from_rows(
        starts: Vec<usize>,
        neighbours: Vec<u32>,
        weights: Vec<f64>,
        self_weights: Vec<f64>,
    ) -> Self {
        let strengths: Vec<f64> = self_weights
            .iter()
            .enumerate()
            .map(|(node, own)| {
                weights[starts[node]..starts[node + 1]].iter().sum::<f64>() + 2.0 * own
            })
            .collect();
        let total_weight = strengths.iter().sum::<f64>() / 2.0;
        Self { starts, neighbours, weights, self_weights, strengths, total_weight }
    }

    /// Returns the number of nodes.
    pub const fn node_count(&self) -> usize {
        self.self_weights.len()
    }

    /// Returns the number of links between different nodes.
    pub const fn link_count(&self) -> usize {
        self.neighbours.len() / 2
    }

    /// Returns the sum of the weights of all links (m in the formulae).
    pub const fn total_weight(&self) -> f64 {
        self.total_weight
    }

    /// Returns the sum of the weights at a node; a link to itself counts twice.
    pub fn strength(&self, node: u32) -> f64 {
        self.strengths[node as usize]
    }

    /// Returns the weight of the link from a node to itself.
    pub fn self_weight(&self, node: u32) -> f64 {
        self.self_weights[node as usize]
    }

    /// Returns the neighbours of a node with the weights of the links, without the node itself.
    pub fn links(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.starts[node as usize]..self.starts[node as usize + 1];
        self.neighbours[row.clone()].iter().copied().zip(self.weights[row].iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(graph: &Graph) -> Vec<Vec<(u32, f64)>> {
        (0..graph.node_count() as u32).map(|node| graph.links(node).collect()).collect()
    }

    #[test]
    fn links_are_seen_from_both_ends_and_parallel_ones_are_added() {
        let graph = Graph::from_links(3, &[(1, 0, 2.0), (0, 1, 0.5), (2, 1, 1.0), (2, 2, 4.0)]);
        assert_eq!(rows(&graph), [vec![(1, 2.5)], vec![(0, 2.5), (2, 1.0)], vec![(1, 1.0)]]);
        assert_eq!((graph.strength(2), graph.self_weight(2)), (9.0, 4.0));
        assert_eq!((graph.total_weight(), graph.link_count()), (7.5, 2));
    }

    #[test]
    fn links_without_weight_are_left_out() {
        let graph = Graph::from_links(2, &[(0, 1, 0.0), (0, 1, f64::NAN), (1, 0, -1.0)]);
        assert_eq!((graph.link_count(), graph.total_weight()), (0, 0.0));
    }

    #[test]
    fn the_order_of_links_does_not_matter() {
        let mut links = vec![(0, 1, 0.1), (1, 0, 0.7), (0, 1, 1e9), (2, 0, 0.3)];
        let graph = Graph::from_links(3, &links);
        links.reverse();
        assert_eq!(graph, Graph::from_links(3, &links));
    }
}
