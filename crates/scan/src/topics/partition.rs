//! What can be said of any division of a graph into communities: modularity, connected parts, members.
//!
//! A division is a list with one community number a node; every number is below the number of nodes.
//!
//! Not here: how a good division is found.

use super::graph::Graph;

/// Returns the modularity of a partition; zero for a graph without links.
///
/// `membership` has one community number a node, each below the number of nodes.
pub fn modularity(graph: &Graph, membership: &[u32], resolution: f64) -> f64 {
    let total = graph.total_weight();
    if total <= 0.0 {
        return 0.0;
    }
    let mut strength = vec![0.0; graph.node_count()];
    let mut inside_twice = 0.0;
    for node in 0..graph.node_count() as u32 {
        let own = membership[node as usize];
        strength[own as usize] += graph.strength(node);
        inside_twice += 2.0 * graph.self_weight(node);
        inside_twice += graph
            .links(node)
            .filter(|link| membership[link.0 as usize] == own)
            .map(|link| link.1)
            .sum::<f64>();
    }
    let expected: f64 = strength.iter().map(|strength| (strength / (2.0 * total)).powi(2)).sum();
    inside_twice / (2.0 * total) - resolution * expected
}

/// Gives each connected part of a community its own number.
///
/// Moving nodes can cut a community in two in the rare case that refinement joined nothing; splitting it only raises
/// modularity, and makes connectedness a law instead of a likelihood.
pub(super) fn split_into_connected_parts(graph: &Graph, membership: &mut [u32]) {
    const UNSEEN: u32 = u32::MAX;
    let mut parts = vec![UNSEEN; membership.len()];
    let mut next = 0;
    let mut stack = Vec::new();
    for first in 0..membership.len() as u32 {
        if parts[first as usize] != UNSEEN {
            continue;
        }
        parts[first as usize] = next;
        stack.push(first);
        while let Some(node) = stack.pop() {
            for (other, _) in graph.links(node) {
                if parts[other as usize] == UNSEEN
                    && membership[other as usize] == membership[node as usize]
                {
                    parts[other as usize] = next;
                    stack.push(other);
                }
            }
        }
        next += 1;
    }
    membership.copy_from_slice(&parts);
}

/// Numbers communities from 0 in the order of their first nodes; returns how many there are.
pub(super) fn renumber(membership: &mut [u32]) -> u32 {
    const UNSEEN: u32 = u32::MAX;
    let mut numbers = vec![UNSEEN; membership.len()];
    let mut next = 0;
    for community in membership {
        let number = &mut numbers[*community as usize];
        if *number == UNSEEN {
            *number = next;
            next += 1;
        }
        *community = *number;
    }
    next
}

/// Lists the nodes of each community in increasing order.
pub(super) fn members_by_community(membership: &[u32], communities: u32) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); communities as usize];
    for (node, &community) in membership.iter().enumerate() {
        members[community as usize].push(node as u32);
    }
    members
}
