//! `cargo xtask floors`: which crate may use which.
//!
//! A crate uses crates on lower floors only, never a neighbour and never one above. Engines know no other engine, no
//! network, no database server and no file format; what they need is handed to them. Both rules are read from
//! `cargo metadata`, so no convention has to be remembered.

mod graph;

use std::collections::BTreeSet;

use anyhow::Result;
use cargo_metadata::MetadataCommand;

use crate::finding::Finding;
use crate::workspace::root;
use graph::Graph;

/// The floor of each crate. A new crate is added here first.
const FLOORS: [(&str, u8); 16] = [
    ("linghang-core", 0),
    ("linghang-pack", 1),
    ("linghang-text", 1),
    ("linghang-expr", 1),
    ("linghang-evidence", 2),
    ("linghang-scan", ENGINES),
    ("linghang-rules", ENGINES),
    ("linghang-synth", ENGINES),
    ("linghang-index", ENGINES),
    ("linghang-matching", ENGINES),
    ("linghang-ledger", 4),
    ("linghang-review", 5),
    ("linghang-server", 6),
    ("linghang-cli", 7),
    ("linghang-bench", 8),
    ("xtask", 8),
];

const ENGINES: u8 = 3;

/// Not below the ledger, not even through another crate: network, database servers, asynchronous runtimes.
const NO_SERVERS: [&str; 12] = [
    "async-std",
    "axum",
    "diesel",
    "hyper",
    "mio",
    "reqwest",
    "rusqlite",
    "sea-orm",
    "smol",
    "sqlx",
    "tokio",
    "ureq",
];

/// Not directly in an engine: file formats and archives, the terminal, the command line, the clock of a machine.
const NOT_IN_ENGINES: [&str; 15] = [
    "calamine",
    "chardetng",
    "clap",
    "csv",
    "ctrlc",
    "encoding_rs",
    "flate2",
    "indicatif",
    "liblzma",
    "maud",
    "parquet",
    "tempfile",
    "time",
    "toml",
    "zstd",
];

/// One platform for all, so that the answer does not depend on the machine.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Reads the workspace and returns every edge that must not be.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--locked", "--filter-platform", PLATFORM].map(str::to_owned).to_vec())
        .exec()?;
    Ok(check(&Graph::from_metadata(&metadata)))
}

fn check(graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, member) in &graph.members {
        let Some(floor) = floor(name) else {
            findings.push(Finding::new(name, "has no floor; add it to xtask/src/floors/mod.rs"));
            continue;
        };
        let members = member.direct.iter().chain(&member.for_tests);
        for used in members.filter(|used| graph.members.contains_key(*used)) {
            match self::floor(used) {
                Some(below) if below < floor => {}
                Some(other) => findings.push(Finding::new(
                    name,
                    format!(
                        "on floor {floor} uses {used} on floor {other}; an edge must point down"
                    ),
                )),
                None => {}
            }
        }
        if floor == ENGINES {
            ban(&mut findings, name, &member.direct, &NOT_IN_ENGINES, "an engine must not use");
        }
        if floor <= ENGINES {
            let everything = graph.everything_below(name);
            ban(
                &mut findings,
                name,
                &everything,
                &NO_SERVERS,
                "nothing below the ledger may reach",
            );
        }
    }
    findings
}

fn floor(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, floor)| *floor)
}

fn ban(out: &mut Vec<Finding>, name: &str, used: &BTreeSet<String>, banned: &[&str], rule: &str) {
    for found in banned.iter().filter(|banned| used.contains(**banned)) {
        out.push(Finding::new(name, format!("depends on {found}; {rule} it")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::lines;

    /// Builds a workspace from lines `crate: used, used; used only in tests` and lists what is wrong with it.
    fn check(workspace: &str) -> String {
        lines(&super::check(&Graph::from_lines(workspace)))
    }

    #[test]
    fn edges_that_point_down_are_fine() {
        let workspace = "\
linghang-core:
linghang-text: linghang-core
linghang-evidence: linghang-core, parquet
linghang-scan: linghang-text, linghang-evidence, rayon
linghang-cli: linghang-scan, clap";
        insta::assert_snapshot!(check(workspace), @"");
    }

    #[test]
    fn an_edge_up_is_named() {
        insta::assert_snapshot!(
            check("linghang-evidence: linghang-scan\nlinghang-scan:"),
            @"linghang-evidence: on floor 2 uses linghang-scan on floor 3; an edge must point down"
        );
    }

    #[test]
    fn a_neighbour_is_not_below() {
        insta::assert_snapshot!(
            check("linghang-pack: linghang-text\nlinghang-text:"),
            @"linghang-pack: on floor 1 uses linghang-text on floor 1; an edge must point down"
        );
    }

    #[test]
    fn an_edge_that_only_tests_use_must_point_down_too() {
        insta::assert_snapshot!(
            check("linghang-core: ; linghang-pack\nlinghang-pack: linghang-core"),
            @"linghang-core: on floor 0 uses linghang-pack on floor 1; an edge must point down"
        );
    }

    #[test]
    fn a_new_crate_needs_a_floor() {
        insta::assert_snapshot!(
            check("linghang-attic: linghang-core\nlinghang-core:"),
            @"linghang-attic: has no floor; add it to xtask/src/floors/mod.rs"
        );
    }

    #[test]
    fn an_engine_reads_no_file_format_but_evidence_does() {
        insta::assert_snapshot!(
            check("linghang-scan: parquet; csv\nlinghang-evidence: parquet, csv"),
            @"linghang-scan: depends on parquet; an engine must not use it"
        );
    }

    #[test]
    fn a_network_that_comes_through_another_crate_is_found() {
        insta::assert_snapshot!(
            check("linghang-evidence: object_store\nobject_store: reqwest\nlinghang-server: tokio"),
            @"linghang-evidence: depends on reqwest; nothing below the ledger may reach it"
        );
    }
}
