//! `linghang evidence …`: import, list, show, export.

use serde_json::json;

use crate::corpus;
use crate::support::Home;

const HEADER: &str = "arxiv_id\ttitle\tabstract\tcreated\tprimary_cat\tauthor_text\n";
const IMPORT: [&str; 5] = ["evidence", "import", "a.tsv", "--format", "arxiv-tsv"];

/// A home with two papers, one repetition and one record without a date imported.
fn small() -> (Home, serde_json::Value) {
    let home = Home::new();
    home.write(
        "a.tsv",
        format!(
            "{HEADER}0701.0001\tA glimmer relay\tIt relays.\t2007-01-03\tcs.QA\tAda Bo\n\
             0702.0002\tA brackish loom\tIt weaves.\t2007-02-04\tcs.QB\tChen Dai\n\
             0702.0002\tA brackish loom\tIt weaves.\t2007-02-04\tcs.QB\tChen Dai\n\
             0703.0003\tNo day\tNone.\tsome day\tcs.QB\tEve\n"
        ),
    );
    let answer = home.run([&IMPORT[..], &["--json"]].concat()).expect(0).json();
    (home, answer)
}

#[test]
fn an_import_counts_what_it_kept_and_what_it_did_not() {
    let (home, answer) = small();
    assert_eq!(answer["outcome"], "created");
    let expected = json!({
        "read": 4, "kept": 2, "duplicates": 1, "rejected": 1, "same_title": 0, "revisions": 0
    });
    assert_eq!(answer["counts"], expected);
    let folder = home.path(answer["folder"].as_str().expect("a folder"));
    let rejects = std::fs::read_to_string(folder.join("rejects.csv")).expect("rejects");
    assert!(rejects.contains("some day"), "{rejects}");
}

#[test]
fn the_same_import_again_reads_nothing_and_ends_with_0() {
    let (home, first) = small();
    let second = home.run([&IMPORT[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(second["outcome"], "already_imported");
    assert_eq!(second["snapshot"], first["snapshot"]);
    let listed = home.run(["evidence", "list", "--json"]).expect(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
}

#[test]
fn imports_that_cannot_be_done_end_with_2_or_3_and_say_why() {
    let home = Home::new();
    home.write("a.tsv", format!("{HEADER}0701.0001\tA\tB\t2007-01-03\tcs.QA\tAda\n"));
    home.write("no-title.tsv", "arxiv_id\tcreated\n0701.0001\t2007-01-03\n");
    home.write("bad.toml", "kind = \"poem\"\n[columns]\nheading = \"x\"\n");
    for (arguments, code, said) in [
        ("evidence import a.tsv", 2, "--format"),
        ("evidence import a.tsv --format parchment", 2, "parchment"),
        ("evidence import --format arxiv-tsv", 2, "FILE"),
        ("evidence import a.tsv --format csv", 3, "mapping"),
        ("evidence import no-title.tsv --format arxiv-tsv", 3, "title"),
        ("evidence import a.tsv --format jsonl --mapping bad.toml", 3, "poem"),
        ("evidence import absent.tsv --format arxiv-tsv", 4, "absent.tsv"),
        ("evidence show arxiv:0000.0000", 3, "arxiv:0000.0000"),
        ("evidence export --format parquet", 2, "--output"),
    ] {
        let answer = home.run(arguments.split(' '));
        assert_eq!(answer.code, code, "{arguments}: {}", answer.err);
        assert!(answer.err.contains(said), "{arguments}: {}", answer.err);
        assert!(answer.out.is_empty(), "{arguments}: {}", answer.out);
    }
}

#[test]
fn a_refused_import_leaves_nothing_that_looks_interrupted() {
    let home = Home::new();
    home.write("no-title.tsv", "arxiv_id\tcreated\n0701.0001\t2007-01-03\n");
    home.run("evidence import no-title.tsv --format arxiv-tsv".split(' ')).expect(3);
    let listed = home.run(["evidence", "list"]).expect(0);
    assert!(!listed.err.contains("interrupted"), "{}", listed.err);
}

#[test]
fn rejects_are_counted_by_reason_in_both_languages() {
    for (language, said) in [("zh", "日期无法识别 1"), ("en", "not a date 1")] {
        let home = Home::new();
        home.write(
            "a.tsv",
            format!(
                "{HEADER}0701.0001\tA glimmer relay\tIt relays.\t2007-01-03\tcs.QA\tAda\n\
                 0703.0003\tNo day\tNone.\tsome day\tcs.QB\tEve\n"
            ),
        );
        let answer = home.run([&IMPORT[..], &["--lang", language]].concat()).expect(0);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn the_last_language_counts_and_the_system_speaks_it() {
    let home = Home::new();
    let absent = "evidence import absent.tsv --format arxiv-tsv";
    for (languages, said) in [
        ("--lang en --lang zh", "文件或文件夹不存在"),
        ("--lang zh --lang en", "cannot be read or written"),
    ] {
        let answer = home.run(format!("{absent} {languages}").split(' '));
        assert_eq!(answer.code, 4, "{languages}: {}", answer.err);
        assert!(answer.err.contains(said), "{languages}: {}", answer.err);
    }
}

#[test]
fn what_was_imported_can_be_listed_shown_and_exported() {
    let (home, first) = small();
    let snapshot = first["snapshot"].as_str().expect("a name");
    let listed = home.run(["evidence", "list"]).expect(0).out;
    assert!(listed.contains(snapshot) && listed.contains("arxiv-tsv"), "{listed}");
    let shown = home.run(["evidence", "show", "arxiv:0701.0001"]).expect(0).out;
    for part in
        ["A glimmer relay", "It relays.", "Ada Bo", "arxiv:cs.QA", "2007-01-03", "a.tsv", snapshot]
    {
        assert!(shown.contains(part), "no {part} in {shown}");
    }
    let export = home.run(["evidence", "export"]).expect(0).out;
    let ids: Vec<serde_json::Value> = export
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON")["document"]
                    ["id"]
                    .clone()
        })
        .collect();
    assert_eq!(ids, ["arxiv:0701.0001", "arxiv:0702.0002"]);
    let until =
        home.run("evidence export --format csv --until 2007-01-31".split(' ')).expect(0).out;
    assert!(until.contains("0701.0001") && !until.contains("0702.0002"), "{until}");
    home.run("evidence export --format parquet -o all.parquet".split(' ')).expect(0);
    let bytes = std::fs::read(home.path("all.parquet")).expect("a file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn messages_are_in_the_language_asked_for_and_data_is_not() {
    let (home, _) = small();
    for (language, said) in [("zh", "这些文件已在快照"), ("en", "These files are here already")]
    {
        let answer = home.run([&IMPORT[..], &["--lang", language]].concat()).expect(0);
        assert!(answer.err.contains(said) && answer.out.is_empty(), "{}{}", answer.err, answer.out);
    }
    let data =
        |language| home.run(["evidence", "list", "--json", "--lang", language]).expect(0).out;
    assert_eq!(data("zh"), data("en"));
    let quiet = home.run([&IMPORT[..], &["--quiet"]].concat()).expect(0);
    assert_eq!(quiet.err, "");
}

#[test]
fn a_refusal_as_json_has_a_code_and_both_languages() {
    let home = Home::new();
    let err = home.run(["evidence", "show", "arxiv:1", "--json"]).expect(3).err;
    let finding: serde_json::Value = serde_json::from_str(err.trim()).expect("one line of JSON");
    assert_eq!(finding["code"], "evidence.no_document");
    assert!(
        finding["message"]["zh"].is_string() && finding["message"]["en"].is_string(),
        "{finding}"
    );
}

#[test]
fn chinese_records_and_patents_are_imported_beside_papers() {
    let home = Home::with_everything();
    let listed = home.run(["evidence", "list", "--json"]).expect(0).json();
    let kept = |format: &str| {
        let of_format = listed.as_array().into_iter().flatten().find(|one| one["format"] == format);
        of_format.and_then(|one| one["counts"]["kept"].as_u64())
    };
    let papers = corpus::papers(1995..=2019).lines().count() as u64 - 1;
    assert_eq!(kept("arxiv-tsv"), Some(papers));
    assert_eq!(kept("jsonl"), Some(12 * corpus::CHINESE_A_YEAR as u64));
    assert_eq!(kept("lens"), Some(11 * 20));
}
