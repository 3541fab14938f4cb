//! The dependencies of the workspace, reduced to names.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, Node};

/// Who uses whom.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// The crates of the workspace.
    pub(crate) members: BTreeMap<String, Uses>,
    /// What every crate, also those from outside, needs to be built.
    uses: BTreeMap<String, BTreeSet<String>>,
}

/// What one crate of the workspace names in its manifest.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// Needed to build it.
    pub(crate) direct: BTreeSet<String>,
    /// Needed by its tests alone.
    pub(crate) for_tests: BTreeSet<String>,
}

impl Graph {
    /// Reads what cargo resolved. Versions do not matter here, so two versions of a crate are one name.
    pub(crate) fn from_metadata(metadata: &Metadata) -> Self {
        let mut graph = Self::default();
        let nodes = metadata.resolve.as_ref().map_or(&[][..], |resolve| &resolve.nodes);
        for node in nodes {
            let name = metadata[&node.id].name.to_string();
            let built = names(metadata, node, |kind| kind != DependencyKind::Development);
            if metadata.workspace_members.contains(&node.id) {
                let for_tests = names(metadata, node, |kind| kind == DependencyKind::Development);
                graph.members.insert(name.clone(), Uses { direct: built.clone(), for_tests });
            }
            graph.uses.entry(name).or_default().extend(built);
        }
        graph
    }

    /// Returns everything that `name` needs to be built, directly or through others.
    pub(crate) fn everything_below(&self, name: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            for used in self.uses.get(next).into_iter().flatten() {
                if seen.insert(used.clone()) {
                    open.push(used);
                }
            }
        }
        seen
    }

    /// Builds a graph from lines `crate: used, used; used only in tests`; names with `linghang` are members.
    #[cfg(test)]
    pub(crate) fn from_lines(text: &str) -> Self {
        let set = |list: &str| -> BTreeSet<String> {
            list.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let mut graph = Self::default();
        for line in text.lines() {
            let (name, rest) = line.split_once(':').expect("a colon after the crate");
            let (direct, for_tests) = rest.split_once(';').unwrap_or((rest, ""));
            graph.uses.insert(name.to_owned(), set(direct));
            if name.starts_with("linghang") {
                let uses = Uses { direct: set(direct), for_tests: set(for_tests) };
                graph.members.insert(name.to_owned(), uses);
            }
        }
        graph
    }
}

fn names(metadata: &Metadata, node: &Node, wanted: fn(DependencyKind) -> bool) -> BTreeSet<String> {
    node.deps
        .iter()
        .filter(|dependency| dependency.dep_kinds.iter().any(|info| wanted(info.kind)))
        .map(|dependency| metadata[&dependency.pkg].name.to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "path+file:///linghang";

    fn package(name: &str) -> serde_json::Value {
        serde_json::json!({
            "name": name, "version": "0.1.0", "id": format!("{ID}/{name}#0.1.0"), "dependencies": [], "targets": [],
            "features": {}, "manifest_path": format!("/linghang/{name}/Cargo.toml"),
        })
    }

    fn node(name: &str, used: &[(&str, Option<&str>)]) -> serde_json::Value {
        let id = |name: &str| format!("{ID}/{name}#0.1.0");
        let deps: Vec<_> = used
            .iter()
            .map(|(used, kind)| {
                serde_json::json!({
                    "name": used.replace('-', "_"), "pkg": id(used),
                    "dep_kinds": [{ "kind": kind, "target": null }],
                })
            })
            .collect();
        let ids: Vec<_> = used.iter().map(|(used, _)| id(used)).collect();
        serde_json::json!({ "id": id(name), "dependencies": ids, "deps": deps, "features": [] })
    }

    #[test]
    fn building_and_testing_are_told_apart_and_only_building_is_followed() {
        let text = serde_json::json!({
            "packages": [package("linghang-scan"), package("rayon"), package("insta"), package("tokio")],
            "workspace_members": [format!("{ID}/linghang-scan#0.1.0")],
            "resolve": { "root": null, "nodes": [
                node("linghang-scan", &[("rayon", None), ("insta", Some("dev"))]),
                node("rayon", &[]), node("insta", &[("tokio", None)]), node("tokio", &[]),
            ]},
            "target_directory": "/linghang/target", "workspace_root": "/linghang", "version": 1,
        });
        let metadata: Metadata = serde_json::from_value(text).expect("the shape of cargo metadata");
        let graph = Graph::from_metadata(&metadata);
        let below = graph.everything_below("linghang-scan");
        insta::assert_snapshot!(format!("{:?} {below:?}", graph.members), @r#"{"linghang-scan": Uses { direct: {"rayon"}, for_tests: {"insta"} }} {"rayon"}"#);
    }
}
