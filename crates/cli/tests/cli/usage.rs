//! Help, usage errors, exit codes, broken pipes.

use std::io::Read as _;
use std::process::Stdio;

use crate::support::Home;

#[test]
fn help_ends_with_0_and_a_wrong_command_line_with_2() {
    let home = Home::new();
    for (arguments, code) in [
        (&["--help"][..], 0),
        (&["--version"], 0),
        (&["help", "scan"], 0),
        (&["scan", "run", "--help"], 0),
        (&[], 2),
        (&["scan"], 2),
        (&["evidence"], 2),
        (&["fly"], 2),
        (&["scan", "run", "--top", "many"], 2),
        (&["scan", "run", "--as-of", "2019-13-01"], 2),
        (&["scan", "run", "--corpora", "cs.QA,cs.QA"], 2),
        (&["scan", "run", "--corpora", "P="], 2),
        (&["scan", "explain"], 2),
        (&["scan", "report"], 2),
        (&["scan", "backtest", "--signals", "crystal-ball"], 2),
        (&["pack", "check"], 2),
        (&["--lang", "tlh", "evidence", "list"], 2),
    ] {
        let said = home.run(arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.err);
        assert_eq!(said.out.is_empty(), code != 0, "{arguments:?}: {}", said.out);
    }
}

#[test]
fn a_wrong_command_line_is_explained_in_chinese_with_what_was_typed() {
    let home = Home::new();
    for (arguments, said) in [
        (&["scan", "run", "--tpo", "3"][..], "不认识参数 `--tpo`"),
        (&["scan", "run", "--corpra", "ALL"], "是否想写 `--corpora`"),
        (&["scna", "run"], "不认识子命令 `scna`"),
        (&["scan", "report"], "缺少参数 --out <DIR>"),
        (&["scan", "explain"], "缺少参数 <TERM>"),
        (&["scan", "run", "--top"], "`--top <N>` 后面缺少值"),
        (&["scan", "run", "--top", "many"], "`many` 不能作为 `--top <N>` 的值"),
        (&["scan", "run", "--as-of", "2019-13-01"], "`2019-13-01` 不能作为"),
        (&["evidence", "import", "a", "--format", "fax"], "可用：arxiv-tsv"),
        (&["scan", "run", "--top", "3", "--top", "4"], "不能重复"),
    ] {
        let answer = home.run([&["--lang", "zh"], arguments].concat()).expect(2);
        assert!(answer.err.contains(said), "{arguments:?}: no {said} in {}", answer.err);
        assert!(!answer.err.contains("error:"), "{}", answer.err);
        let english = home.run(arguments).expect(2);
        assert!(english.err.contains("error:"), "{}", english.err);
    }
}

#[test]
fn help_speaks_both_languages() {
    let home = Home::new();
    let help =
        |language: &str| home.run(["scan", "run", "--help", "--lang", language]).expect(0).out;
    let (chinese, english) = (help("zh"), help("en"));
    assert!(english.contains("Score terms") && !chinese.contains("Score terms"), "{chinese}");
    let is_han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(is_han(&chinese) && !is_han(&english), "{english}");
}

#[test]
fn a_home_without_evidence_is_refused_with_a_hint() {
    let home = Home::new();
    for (language, said) in [("zh", "evidence import` 导入文献"), ("en", "import documents with")]
    {
        let answer = home.run(["scan", "run", "--lang", language]).expect(3);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
    assert_eq!(home.run(["evidence", "list"]).expect(0).out, "");
}

#[test]
fn the_reference_names_every_command() {
    let reference = Home::new().run(["help-markdown"]).expect(0).out;
    for command in [
        "demo",
        "scan run",
        "scan explain",
        "scan backtest",
        "scan report",
        "scan figures",
        "evidence import",
        "evidence list",
        "evidence show",
        "evidence export",
        "pack check",
    ] {
        assert!(reference.contains(&format!("# `linghang {command}`")), "no {command}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = Home::with_everything();
    for arguments in [&["evidence", "export"][..], &["scan", "run", "--json"]] {
        let mut child = home.command(arguments).stdout(Stdio::piped()).spawn().expect("started");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut first = [0; 16];
        stdout.read_exact(&mut first).expect("some data");
        drop(stdout);
        let status = child.wait().expect("ended");
        assert_eq!(status.code(), Some(0), "{arguments:?}");
    }
}
