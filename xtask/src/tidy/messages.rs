//! The two languages of a crate say the same things: `zh.ftl` and `en.ftl` hold the same ids and the same variables.
//!
//! Help of the command line is the exception: its English stands beside the arguments in Rust, so ids of help are in
//! `zh.ftl` only.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::finding::Finding;
use crate::workspace::{TextFile, texts};

/// Checks each pair of Fluent files below `crates`.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let mut pairs: BTreeMap<String, [Option<TextFile>; 2]> = BTreeMap::new();
    for file in texts("crates", "ftl")? {
        let side = usize::from(file.path.ends_with("en.ftl"));
        let pair = file.path.replace(["zh.ftl", "en.ftl"][side], "");
        pairs.entry(pair).or_default()[side] = Some(file);
    }
    let mut findings = Vec::new();
    for (pair, sides) in &pairs {
        match sides {
            [Some(zh), Some(en)] => findings.extend(check(zh, en)),
            _ => findings.push(Finding::new(pair, "needs both zh.ftl and en.ftl")),
        }
    }
    Ok(findings)
}

fn check(zh: &TextFile, en: &TextFile) -> Vec<Finding> {
    let (in_zh, in_en) = (messages(&zh.text), messages(&en.text));
    let mut findings = Vec::new();
    for (one, other, path) in [(&in_zh, &in_en, &en.path), (&in_en, &in_zh, &zh.path)] {
        for id in one.keys().filter(|id| !other.contains_key(*id) && !is_help(id)) {
            findings
                .push(Finding::new(path, format!("lacks `{id}`, which the other language has")));
        }
    }
    for (id, variables) in &in_zh {
        if in_en.get(id).is_some_and(|others| others != variables) {
            findings.push(Finding::new(
                &en.path,
                format!("`{id}` uses other variables than in zh.ftl"),
            ));
        }
    }
    findings
}

fn is_help(id: &str) -> bool {
    id == "help" || id.starts_with("help-")
}

/// Ids with the variables (`$name`) of their texts.
fn messages(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut current = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once('=')
            && line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-')
        {
            current = id.trim();
            found.entry(current).or_default();
        }
        for rest in line.split('$').skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            found.entry(current).or_default().insert(&rest[..end.unwrap_or(rest.len())]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::lines;

    fn check(zh: &str, en: &str) -> String {
        let file =
            |path: &str, text: &str| TextFile { path: path.to_owned(), text: text.to_owned() };
        lines(&super::check(&file("zh.ftl", zh), &file("en.ftl", en)))
    }

    #[test]
    fn the_same_ids_in_any_order_are_fine() {
        assert_eq!(check("# 注\na = 一\nb = 二 { $n }\n", "b = { $n } two\na = one\n"), "");
    }

    #[test]
    fn an_id_in_one_language_only_is_named_where_it_is_missing() {
        insta::assert_snapshot!(check("a = 一\n", "b = two\n"), @"
        en.ftl: lacks `a`, which the other language has
        zh.ftl: lacks `b`, which the other language has
        ");
    }

    #[test]
    fn help_is_in_chinese_only_and_nothing_else_is() {
        insta::assert_snapshot!(
            check("help = 一\nhelp-scan--top = 二\nhelpless = 三\n", ""),
            @"en.ftl: lacks `helpless`, which the other language has"
        );
    }

    #[test]
    fn a_variable_that_one_language_forgets_is_named() {
        insta::assert_snapshot!(
            check("a =\n    共{ $count }项\n", "a = some\n"),
            @"en.ftl: `a` uses other variables than in zh.ftl"
        );
    }
}
