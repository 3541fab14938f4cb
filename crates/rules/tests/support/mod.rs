//! Workload RB-12 for tests: its table from the published formulas, and its twelve rules as a pack.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
    UInt8Array,
};
use chrono::NaiveDate;
use linghang_core::{Diagnostic, Lang, Severity};
use linghang_rules::{AsOf, Population, RuleSet, compile};

/// The day on which the workload is judged.
pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 30).expect("a day of June")
}

/// The rules, in `copies` versions of which the later ones have slightly other constants.
pub(crate) fn rules(copies: usize) -> RuleSet {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_pack(dir.path(), copies);
    let loaded = linghang_pack::load(&dir.path().join("rb12"));
    let told = errors(&loaded.diagnostics);
    let pack = loaded.pack.unwrap_or_else(|| panic!("{}", told.join("\n")));
    let compiled = compile(&pack, AsOf::on(day()));
    let told = errors(&compiled.diagnostics);
    compiled.rules.unwrap_or_else(|| panic!("{}", told.join("\n")))
}

fn errors(found: &[Diagnostic]) -> Vec<String> {
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    errors.map(|one| one.render(Lang::En)).collect()
}

fn write_pack(dir: &Path, copies: usize) {
    let write = |path: &str, text: String| {
        let path = dir.join("rb12").join(path);
        std::fs::create_dir_all(path.parent().expect("inside the pack")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write(
        "pack.toml",
        "id = \"rb12\"\nname.zh = \"基准\"\nname.en = \"Benchmark\"\nschema = 1\nin_force_from = 2025-01-01\nlicence = \"Apache-2.0\"\n".into(),
    );
    write(
        "documents/d.toml",
        "id = \"d\"\nname.zh = \"文件\"\nname.en = \"Document\"\nreference = \"1\"\nissuer.zh = \"市\"\nissuer.en = \"city\"\nlevel = \"city\"\nplace.zh = \"市\"\nplace.en = \"city\"\nissued = 2025-01-01\nstart_year = 2025\nhorizon_years = [2027]\nnormative = true\nrole.zh = \"依据\"\nrole.en = \"basis\"\n".into(),
    );
    write("facts/all.toml", facts());
    for copy in 0..copies {
        write(&format!("programmes/p{copy:02}.toml"), programme(copy));
        let mut case = "[[case]]\nname.zh = \"没有\"\nname.en = \"nothing\"\nas_of = 2025-06-30\nfacts = { dishonest = true }\n".to_owned();
        for award in 1..=12 {
            writeln!(case, "expect.a{award:02} = {{ decision = \"no\" }}").expect("text");
        }
        write(&format!("programmes/p{copy:02}.test.toml"), case);
    }
}

fn facts() -> String {
    let mut text = String::new();
    let mut fact = |id: &str, kind: &str, missing: &str, more: &str| {
        writeln!(
            text,
            "[[fact]]\nid = \"{id}\"\nname.zh = \"{id}\"\nname.en = \"{id}\"\ntype = \"{kind}\"\nfrom = {{ table = \"enterprises\", column = \"{id}\" }}\nmissing = \"{missing}\"\n{more}"
        )
        .expect("a String takes everything");
    };
    let labels = |ids: &[&str]| {
        let one =
            |id: &&str| format!("{{ id = \"{id}\", name = {{ zh = \"{id}\", en = \"{id}\" }} }}");
        format!("values = [{}]", ids.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let industries: Vec<String> = (0..20).map(|at| format!("i{at}")).collect();
    let industries: Vec<&str> = industries.iter().map(String::as_str).collect();
    let districts: Vec<String> = (0..10).map(|at| format!("d{at}")).collect();
    let districts: Vec<&str> = districts.iter().map(String::as_str).collect();
    fact("district", "label", "no", &labels(&districts));
    fact("industry", "label", "no", &labels(&industries));
    fact("size", "label", "no", &labels(&["micro", "small", "medium", "large"]));
    for money in [
        "rev1",
        "rd1",
        "rd2",
        "ht_rev",
        "hte_cum",
        "invest",
        "equip",
        "equip_ytd",
        "tt_volume",
        "plat_invest",
        "bio_cost",
        "loan",
        "loss",
    ] {
        fact(money, "money", "no", "");
    }
    fact("hte_until", "date", "no", "");
    fact("srdi_year", "year", "no", "");
    fact("giant_year", "year", "no", "");
    fact("inc_grade", "label", "no", &labels(&["excellent", "good"]));
    fact("plat_level", "label", "no", &labels(&["national", "provincial"]));
    fact("bio_stage", "label", "no", &labels(&["s1", "s2", "s3"]));
    fact("comp_rank", "label", "no", &labels(&["r1", "r2", "r3"]));
    fact("fee_rate", "number", "unknown", "");
    fact("dishonest", "bool", "unknown", "");
    fact("accident", "bool", "no", "");
    text
}

/// The twelve awards. Copy 0 is RB-12 itself.
#[expect(clippy::too_many_lines, reason = "one table of twelve awards")]
fn programme(copy: usize) -> String {
    let k = copy as i64;
    let mut text = format!(
        "id = \"p{copy:02}\"\nname.zh = \"基准\"\nname.en = \"Benchmark\"\nstatus = \"executable\"\nsource = \"d 1\"\nin_force = {{ from = 2025-01-01 }}\n"
    );
    let mut param = |name: &str, by: &str, body: &str| {
        writeln!(text, "[params.{name}]\nclause = \"d 1\"\nby = \"{by}\"\n{body}").expect("text");
    };
    param(
        "rate",
        "size",
        "table = { micro = \"10%\", small = \"10%\", medium = \"5%\", large = \"5%\" }",
    );
    param(
        "intensity",
        "rev1",
        "brackets = [{ to = \"5000万元\", is = \"5%\" }, { to = \"2亿元\", is = \"4%\" }, { is = \"3%\" }]",
    );
    param("incubator", "inc_grade", "table = { excellent = \"200万元\", good = \"100万元\" }");
    param("platform", "plat_level", "table = { national = \"500万元\", provincial = \"200万元\" }");
    param("bio", "bio_stage", "table = { s1 = \"500万元\", s2 = \"1000万元\", s3 = \"3000万元\" }");
    param("prize", "comp_rank", "table = { r1 = \"50万元\", r2 = \"30万元\", r3 = \"10万元\" }");
    text.push_str("[[test]]\nid = \"gate\"\nclause = \"d 1\"\nall = [{ id = \"honest\", is = \"NOT dishonest\" }, { id = \"safe\", is = \"NOT accident\" }]\n");
    let group = "group = { name = \"ladder\", take = \"highest\" }";
    let pool = "budget = { pool = \"rd\" }";
    let rd_floor = format!("rd1 >= {}万元", 100 + k);
    let invest_floor = format!("invest >= {}万元", 100 + k);
    let deals_floor = format!("tt_volume >= {}万元", 500 + k);
    let platform_floor = format!("rev1 >= {}万元", 2_000 + k);
    let awards: [(&[&str], &str, &str); 12] = [
        (&["srdi_year = 2025"], "20万元", group),
        (&["giant_year = 2025"], "100万元", group),
        (
            &[&rd_floor, "ratio(rd1, rev1) >= 3%", "rd2 > 0元", "growth(rd1, rd2) > 5%"],
            "min(200万元, (rd1 - rd2) * $rate)",
            pool,
        ),
        (
            &[
                "hte_until >= DATE '2025-06-30'",
                "hte_cum < 100万元",
                "ratio(ht_rev, rev1) >= 60%",
                "ratio(rd1, rev1) >= $intensity",
            ],
            "min(20万元, 100万元 - hte_cum)",
            "",
        ),
        (&[&invest_floor], "min(invest * 15%, 500万元)", ""),
        (
            &["equip > 0元", "industry IN ('i1', 'i2', 'i3', 'i4', 'i7')"],
            "max(0元, min(equip * 20%, 1000万元 - equip_ytd))",
            "",
        ),
        (&["inc_grade IN ('excellent', 'good')"], "$incubator", ""),
        (&[&deals_floor], "min(tt_volume * 2%, 50万元)", ""),
        (
            &["plat_level IN ('national', 'provincial')", &platform_floor],
            "min(plat_invest * 30%, $platform)",
            "",
        ),
        (&["industry = 'i5'", "bio_stage IN ('s1', 's2', 's3')"], "min(bio_cost * 40%, $bio)", ""),
        (&["comp_rank IN ('r1', 'r2', 'r3')"], "$prize", ""),
        (
            &["loan > 0元", "fee_rate <= 0.01", "loss > 0元", "size IN ('micro', 'small')"],
            "min(loss * 40%, 200万元)",
            "",
        ),
    ];
    for (at, (conditions, pay, more)) in awards.iter().enumerate() {
        let number = at + 1;
        let when: Vec<String> = conditions
            .iter()
            .enumerate()
            .map(|(place, is)| format!("{{ id = \"c{place}\", is = \"{is}\", say = {{ zh = \"条件\", en = \"condition\" }} }}"))
            .collect();
        writeln!(
            text,
            "[[award]]\nid = \"a{number:02}\"\nname.zh = \"奖补{number}\"\nname.en = \"Award {number}\"\nclause = \"d 1\"\nwhen = [{}, {{ test = \"gate\" }}]\npay = \"{pay}\"\n{more}",
            when.join(", ")
        )
        .expect("text");
    }
    text.push_str("[pools.rd]\nclause = \"d 1\"\namount = \"30亿元\"\nwhen_short = \"prorate\"\n");
    text
}

/// The rows, in the order of `numbers`.
pub(crate) fn population(rules: &RuleSet, numbers: &[u64], segments: &[&str]) -> Population {
    let rows: Vec<Row> = numbers.iter().map(|number| Row::new(*number)).collect();
    let ids = StringArray::from_iter_values(numbers.iter().map(|number| format!("{number:09}")));
    let fen = |of: fn(&Row) -> f64| -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some((of(row) * 100.0) as i64)).collect::<Int64Array>())
    };
    let code = |of: &dyn Fn(&Row) -> Option<u8>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<UInt8Array>())
    };
    let year = |of: fn(&Row) -> Option<i32>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<Int32Array>())
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("district", code(&|row| Some(row.district))),
        ("industry", code(&|row| Some(row.industry))),
        ("size", code(&|row| Some(row.size))),
        ("rev1", fen(|row| row.rev1)),
        ("rd1", fen(|row| row.rd1)),
        ("rd2", fen(|row| row.rd2)),
        ("ht_rev", fen(|row| row.ht_rev)),
        ("hte_cum", fen(|row| row.hte_cum)),
        ("invest", fen(|row| row.invest)),
        ("equip", fen(|row| row.equip)),
        ("equip_ytd", fen(|row| row.equip_ytd)),
        ("tt_volume", fen(|row| row.tt_volume)),
        ("plat_invest", fen(|row| row.plat_invest)),
        ("bio_cost", fen(|row| row.bio_cost)),
        ("loan", fen(|row| row.loan)),
        ("loss", fen(|row| row.loss)),
        ("hte_until", Arc::new(rows.iter().map(|row| row.hte_until).collect::<Date32Array>())),
        ("srdi_year", year(|row| row.srdi_year)),
        ("giant_year", year(|row| row.giant_year)),
        ("inc_grade", code(&|row| row.inc_grade)),
        ("plat_level", code(&|row| row.plat_level)),
        ("bio_stage", code(&|row| row.bio_stage)),
        ("comp_rank", code(&|row| row.comp_rank)),
        ("fee_rate", Arc::new(rows.iter().map(|row| row.fee_rate).collect::<Float64Array>())),
        ("dishonest", Arc::new(rows.iter().map(|row| row.dishonest).collect::<BooleanArray>())),
        ("accident", Arc::new(rows.iter().map(|row| Some(row.accident)).collect::<BooleanArray>())),
    ];
    let segments: Vec<String> = segments.iter().map(|name| (*name).to_owned()).collect();
    Population::new(ids, columns, rules, day(), &segments).expect("columns fit their facts")
}

/// One enterprise of the workload; amounts in yuan.
struct Row {
    district: u8,
    industry: u8,
    size: u8,
    rev1: f64,
    rd1: f64,
    rd2: f64,
    ht_rev: f64,
    hte_until: Option<i32>,
    hte_cum: f64,
    srdi_year: Option<i32>,
    giant_year: Option<i32>,
    invest: f64,
    equip: f64,
    equip_ytd: f64,
    inc_grade: Option<u8>,
    tt_volume: f64,
    plat_level: Option<u8>,
    plat_invest: f64,
    bio_stage: Option<u8>,
    bio_cost: f64,
    comp_rank: Option<u8>,
    fee_rate: Option<f64>,
    loan: f64,
    loss: f64,
    dishonest: Option<bool>,
    accident: bool,
}

impl Row {
    fn new(number: u64) -> Self {
        let u = |stream: u64| -> f64 {
            let mut z = (number + 1)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^= z >> 31;
            (z >> 11) as f64 / (1_u64 << 53) as f64
        };
        let when = |holds: bool, value: f64| if holds { value } else { 0.0 };
        let industry = (u(2) * 20.0).floor();
        let employees = 1.0 + (10.0 / (1.001 - u(3))).floor();
        let rev1 = (employees * (100_000.0 + u(5) * 900_000.0)).floor();
        let rd1 = (rev1 * u(7) * u(7) * 0.15).floor();
        let (has_certificate, has_equipment) = (u(10) < 0.08, u(19) < 0.01);
        let (has_loan, is_bio) = (u(32) < 0.05, industry as u8 == 5 && u(27) < 0.10);
        let loan = when(has_loan, (u(35) * 10e6).floor());
        let plat_level = if u(25) < 0.001 { Some(0) } else { (u(25) < 0.006).then_some(1) };
        Self {
            district: (u(1) * 10.0) as u8,
            industry: industry as u8,
            size: u8::from(employees >= 20.0)
                + u8::from(employees >= 100.0)
                + u8::from(employees >= 400.0),
            rev1,
            rd1,
            rd2: (rd1 / (0.7 + u(8) * 0.8)).floor(),
            ht_rev: (rev1 * u(9)).floor(),
            hte_until: has_certificate.then(|| 19_723 + (u(11) * 1_500.0) as i32),
            hte_cum: when(has_certificate, (u(12) * 6.0).floor() * 200_000.0),
            srdi_year: (u(13) < 0.03).then(|| 2_020 + (u(14) * 6.0) as i32),
            giant_year: (u(15) < 0.005).then(|| 2_020 + (u(16) * 6.0) as i32),
            invest: when(u(17) < 0.02, (u(18) * 60e6).floor()),
            equip: when(has_equipment, (u(20) * 80e6).floor()),
            equip_ytd: when(has_equipment, (u(21) * 10e6).floor()),
            inc_grade: if u(22) < 0.001 { Some(0) } else { (u(22) < 0.002).then_some(1) },
            tt_volume: when(u(23) < 0.003, (u(24) * 50e6).floor()),
            plat_level,
            plat_invest: when(plat_level.is_some(), (u(26) * 20e6).floor()),
            bio_stage: is_bio.then(|| (u(28) * 3.0) as u8),
            bio_cost: when(is_bio, (u(29) * 150e6).floor()),
            comp_rank: (u(30) < 0.002).then(|| (u(31) * 3.0) as u8),
            fee_rate: (has_loan && u(34) >= 0.10).then(|| u(33) * 0.02),
            loan,
            loss: when(has_loan && u(36) < 0.05, (loan * u(37)).floor()),
            dishonest: if u(38) < 0.01 { Some(true) } else { (u(38) >= 0.03).then_some(false) },
            accident: u(39) < 0.002,
        }
    }
}
