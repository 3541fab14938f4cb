//! The page in a real browser: what its controls do, and that it reads without its script.
//!
//! Each case opens the page anew, acts on it like a reader, and fails when the page complains on its console.

mod chromium;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod support;

use std::collections::BTreeSet;

use chromium::{Seen, Visit};
use linghang_core::Lang;
use linghang_review::{ReportInput, build};
use serde_json::{Value, json};

/// Terms on the page.
const TERMS: usize = 40;
const DESK: u32 = 1280;
const PHONE: u32 = 390;
/// The stages as the page names them, in the order in which a technology ripens.
const STAGES: [&str; 6] = ["弱信号", "起飞", "成长", "成熟", "走弱", "未定"];

fn page(lang: Lang) -> String {
    let (scan, tracks, backtest) =
        (support::sized(TERMS, 24), support::tracks(), support::backtest());
    let input = ReportInput {
        scan: &scan,
        tracks: &tracks,
        backtest: Some(&backtest),
        forecast_check: Some(support::FORECAST_CHECK),
        lang,
        synthetic_evidence: &[],
    };
    let report = build(&input).expect("a report");
    String::from_utf8(report.files[0].bytes.clone()).expect("UTF-8")
}

fn without_script(page: &str) -> String {
    let (before, rest) = page.split_once("<script>").expect("a script");
    let (_, after) = rest.split_once("</script>").expect("its end");
    format!("{before}{after}")
}

/// Does `steps` on a page; nothing where there is no browser, and no complaint may be heard.
#[track_caller]
fn visit(html: &str, hash: &str, width: u32, steps: &str) -> Option<Value> {
    let browser = chromium::find()?;
    let Seen { answer, complaints } = Visit { html, hash, width }.run(&browser, steps);
    assert_eq!(complaints, Vec::<String>::new());
    Some(answer)
}

#[track_caller]
fn at_desk(hash: &str, steps: &str) -> Option<Value> {
    visit(&page(Lang::Zh), hash, DESK, steps)
}

fn items(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn string(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn cells(rows: &Value) -> Vec<&str> {
    items(rows).iter().map(|row| string(&row["cell"])).collect()
}

/// One line a view: language, title, heading, texts of the other language that can be seen, address.
fn lines(looks: &Value) -> String {
    let line = |look: &Value| {
        let [lang, title, heading, hash] =
            ["lang", "title", "heading", "hash"].map(|key| string(&look[key]));
        assert!(look["own"].as_u64() > Some(100), "{look}");
        let hash = if hash.is_empty() { "no address" } else { hash };
        format!("{lang} | {title} | {heading} | foreign {} | {hash}", look["foreign"])
    };
    items(looks).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn these_tests_hear_when_a_page_complains() {
    let Some(browser) = chromium::find() else { return };
    let html = "<!DOCTYPE html><html><head></head><body><p>a</p></body></html>";
    let steps = "console.error('one said');
        setTimeout(function () { throw new Error('one thrown'); });
        await probe.wait(); probe.click('#nowhere');";
    let seen = Visit { html, hash: "", width: DESK }.run(&browser, steps);
    for complaint in ["one said", "one thrown", "nothing to click: #nowhere"] {
        assert!(seen.complaints.iter().any(|one| one.contains(complaint)), "{complaint}");
    }
    let silent = Visit { html, hash: "", width: DESK }.run(&browser, "return '<b>&领航';");
    assert_eq!((silent.answer, silent.complaints), (json!("<b>&领航"), Vec::new()));
}

#[test]
fn the_switch_changes_language_title_and_every_text_and_back() {
    let steps = "var looks = [probe.look()];
        for (var turn = 0; turn !== 2; turn += 1) { probe.click('#switch-lang'); looks.push(probe.look()); }
        return looks;";
    let Some(looks) = at_desk("", steps) else { return };
    insta::assert_snapshot!(lines(&looks), @"
    zh-CN | 地平线扫描（截至2019年12月31日） | 哪些技术正在兴起 截至2019年12月31日 | foreign 0 | no address
    en | Horizon scan, as of 31 December 2019 | What is emerging as of 31 December 2019 | foreign 0 | #lang=en
    zh-CN | 地平线扫描（截至2019年12月31日） | 哪些技术正在兴起 截至2019年12月31日 | foreign 0 | #lang=zh
    ");
}

#[test]
fn a_click_on_a_head_sorts_by_what_the_column_shows_and_a_second_one_turns_it() {
    let steps = "var seen = {};
        [['rank', 0], ['percentile', 2], ['score', 3], ['stage', 5], ['onset', 6], ['documents', 8]]
            .forEach(function (one) { seen[one[0]] = [probe.sort(one[0], one[1]), probe.sort(one[0], one[1])]; });
        return seen;";
    let Some(seen) = at_desk("", steps) else { return };
    let number = |cell: &str| match (STAGES.iter().position(|stage| *stage == cell), cell) {
        (Some(stage), _) => stage as f64,
        (None, "–") => 0.0,
        (None, _) => cell.replace(',', "").replace('−', "-").parse().expect(cell),
    };
    for (key, first_is_up) in [
        ("rank", true),
        ("percentile", false),
        ("score", false),
        ("stage", true),
        ("onset", false),
        ("documents", false),
    ] {
        for (turn, is_up) in [(0, first_is_up), (1, !first_is_up)] {
            let (sorted, context) = (&seen[key][turn], format!("{key}, click {turn}"));
            assert_eq!(sorted["said"], if is_up { "ascending" } else { "descending" }, "{context}");
            let numbers: Vec<f64> = cells(&sorted["rows"]).into_iter().map(number).collect();
            assert!(numbers.is_sorted_by(|a, b| if is_up { a <= b } else { a >= b }), "{context}");
            assert!(numbers.first() != numbers.last(), "{context} compares nothing");
            let whole = items(&sorted["rows"]).iter().filter(|row| row["isWhole"] == true);
            assert_eq!(whole.count(), TERMS, "{context} tears rows from their details");
        }
    }
}

#[test]
fn names_sort_as_the_language_of_the_page_orders_them() {
    let steps = "var seen = [probe.sort('term', 1)];
        probe.click('#switch-lang'); seen.push({ rows: probe.rows(1), lang: document.documentElement.lang });
        seen.push(probe.sort('rank', 0), probe.sort('term', 1));
        return seen;";
    let Some(seen) = at_desk("", steps) else { return };
    assert_eq!((&seen[0]["isByWord"], &seen[3]["isByWord"]), (&json!(true), &json!(true)));
    assert_eq!(seen[1]["lang"], "en");
    assert_eq!(seen[1]["rows"], seen[3]["rows"], "the other language is sorted anew");
    assert_ne!(cells(&seen[0]["rows"]), cells(&seen[3]["rows"]));
}

#[test]
fn tracks_sort_by_their_names_and_terms_without_one_come_last() {
    let Some(seen) = at_desk("", "return probe.sort('track', 7);") else { return };
    let cells = cells(&seen["rows"]);
    let named = cells.iter().take_while(|cell| **cell != "–").count();
    assert!(named > 5 && named < TERMS - 5, "{cells:?}");
    assert!(cells[named..].iter().all(|cell| *cell == "–"), "{cells:?}");
    let names: Vec<&str> =
        cells[..named].chunk_by(|one, other| one == other).map(|equal| equal[0]).collect();
    insta::assert_snapshot!(
        names.join(" "),
        @"潮汐能与海洋工程 光子计算 可信网络与联邦计算 软体机器与仿生系统 微流控与细胞制造"
    );
}

#[test]
fn a_filter_shows_the_terms_of_its_track_and_says_how_many() {
    let steps = "return probe.all('fieldset.filters input').map(function (input) {
        probe.click('fieldset.filters input[value=\"' + input.value + '\"]');
        return {
            value: input.value, name: input.nextElementSibling.innerText.trim(), isOn: input.checked,
            said: Number(probe.text('.filters .shown')), rows: probe.rows(7)
        };
    });";
    let Some(seen) = at_desk("", steps) else { return };
    let all = seen[0]["rows"].clone();
    assert_eq!((&seen[0]["value"], items(&all).len()), (&json!("*"), TERMS));
    assert!(items(&seen).len() > 4, "{seen}");
    for filter in items(&seen) {
        let (value, name) = (string(&filter["value"]), string(&filter["name"]));
        let fits = |row: &&Value| match value {
            "*" => true,
            "-" => row["cell"] == "–",
            _ => string(&row["cell"]).split('、').any(|track| track == name),
        };
        let wanted: Vec<&Value> = items(&all).iter().filter(fits).collect();
        assert!(!wanted.is_empty(), "{name} would show nothing");
        assert_eq!(items(&filter["rows"]).iter().collect::<Vec<_>>(), wanted, "{name}");
        assert_eq!((&filter["said"], &filter["isOn"]), (&json!(wanted.len()), &json!(true)));
    }
}

#[test]
fn the_address_keeps_the_view_for_whoever_opens_it() {
    let look = "return { look: probe.look(), rows: probe.rows(8), colour: probe.colour(),
        dark: document.getElementById('switch-theme').getAttribute('aria-pressed'),
        isOn: document.querySelector('.filters input:checked').value };";
    let clicks = "['#switch-lang', '#switch-theme', '.filters input[value=t-soft]', 'th[data-key=documents] button']
        .forEach(probe.click);";
    let Some(made) = at_desk("", &format!("{clicks} {look}")) else { return };
    let hash = string(&made["look"]["hash"]).trim_start_matches('#');
    insta::assert_snapshot!(hash, @"lang=en;sort=-documents;theme=dark;track=t-soft");
    assert_eq!(at_desk(hash, look), Some(made));
}

#[test]
fn a_mistyped_address_opens_the_plain_page() {
    let look = "return [probe.look().lang, probe.rows(1), probe.colour()];";
    let Some(plain) = at_desk("", look) else { return };
    for hash in ["lang=%E4%", "lang=fr;theme=blue;sort=-;track=none", "sort=%22%5D", "=", "c0-t999"]
    {
        assert_eq!(at_desk(hash, look).as_ref(), Some(&plain), "{hash}");
    }
}

#[test]
fn details_open_and_close_and_an_address_opens_one() {
    let open = "var open = function () { return probe.all('tr.detail').filter(probe.isShown)
        .map(function (row) { return row.id; }); };";
    let steps = format!(
        "{open} var seen = [open()]; var button = '#c0-t3 button.expand';
        var said = function () {{ return document.querySelector(button).getAttribute('aria-expanded'); }};
        seen.push(said()); probe.click(button); seen.push(open(), said(), probe.isInView('#c0-t3-detail'));
        probe.click(button); seen.push(open(), said()); return seen;"
    );
    let Some(seen) = at_desk("", &steps) else { return };
    assert_eq!(seen, json!([[], "false", ["c0-t3-detail"], "true", false, [], "false"]));
    let steps = format!("{open} await probe.wait(); return [open(), probe.isInView('#c0-t30')];");
    assert_eq!(at_desk("c0-t30", &steps), Some(json!([["c0-t30-detail"], true])));
}

#[test]
fn links_lead_to_what_they_name() {
    let steps = "var seen = [];
        for (var link of ['.radar .t[lang=zh] a.r-dot', '.radar .note a', '.topics .note a', '.bar nav a']) {
            probe.click(link); await probe.wait();
            seen.push([location.hash, probe.isInView(location.hash)]);
        }
        return seen;";
    let Some(seen) = at_desk("", steps) else { return };
    let expected = ["#c0-r1", "#backtest-topics", "#backtest-topics", "#stands-out"];
    assert_eq!(seen, json!(expected.map(|hash| json!([hash, true]))));
}

#[test]
fn dark_turns_the_paper_dark_and_back_and_print_asks_for_the_printer() {
    let steps = "var seen = []; var note = function () { seen.push([probe.colour(), probe.text('#switch-theme'),
        document.getElementById('switch-theme').getAttribute('aria-pressed')]); };
        note(); probe.click('#switch-theme'); note(); probe.click('#switch-theme'); note();
        probe.click('#print'); seen.push(printed); return seen;";
    let Some(seen) = at_desk("", steps) else { return };
    insta::assert_snapshot!(seen, @r#"[["rgb(255, 255, 255)","深色","false"],["rgb(17, 23, 29)","深色","true"],["rgb(255, 255, 255)","深色","false"],1]"#);
}

#[test]
fn without_its_script_the_page_reads_in_its_language_and_offers_nothing_that_does_nothing() {
    let steps = "return { look: probe.look(), rows: probe.rows(1).length,
        details: probe.all('tr.detail').filter(probe.isShown).length,
        controls: probe.all('button, input, fieldset').filter(probe.isShown).length };";
    for (lang, code) in [(Lang::Zh, "zh-CN"), (Lang::En, "en")] {
        let Some(seen) = visit(&without_script(&page(lang)), "", DESK, steps) else { return };
        let look = &seen["look"];
        assert_eq!((&look["lang"], &look["foreign"]), (&json!(code), &json!(0)));
        assert!(look["own"].as_u64() > Some(100), "{look}");
        assert_eq!([&seen["rows"], &seen["details"], &seen["controls"]], [TERMS, TERMS, 0]);
    }
}

#[test]
fn on_a_phone_nothing_hangs_over_the_edge() {
    let steps = "var overhang = [];
        probe.all('details').forEach(function (one) { one.open = true; });
        probe.click('#c0-t1 button.expand');
        for (var turn = 0; turn !== 2; turn += 1) {
            overhang = overhang.concat(probe.overhang()); probe.click('#switch-lang');
        }
        var root = document.documentElement;
        var detail = document.querySelector('#c0-t1-detail .detail-grid').getBoundingClientRect();
        return [innerWidth, root.scrollWidth - root.clientWidth, overhang, detail.right - root.clientWidth];";
    let Some(seen) = visit(&page(Lang::Zh), "", PHONE, steps) else { return };
    let overhang: BTreeSet<&str> = items(&seen[2]).iter().map(string).collect();
    assert_eq!(overhang, BTreeSet::new());
    assert_eq!((&seen[0], &seen[1]), (&json!(PHONE), &json!(0)));
    assert!(seen[3].as_f64() <= Some(0.0), "details are read without sliding the table: {seen}");
}
