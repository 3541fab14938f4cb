//! A fictional scan for tests and for the sample page: invented tracks, terms and numbers of a realistic size.
//!
//! Nothing here is measured. Everything follows from a small generator, so that each run gives the same report.
//! Results are read from JSON, as other programs read them, so that a new optional field does not break a test.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use linghang_core::{Bilingual, EvidenceRef, PackRef, Provenance, Year};
use linghang_review::{ForecastCheck, TrackName};
use linghang_scan::backtest::{BacktestResult, Estimate, TopicCheck};
use linghang_scan::result::{
    Contribution, DocumentRef, InflectionStatement, LifeCycle, Model, ModelFit, ScanResult, Stage,
    TermResult, TopicResult, TrackMatch, XCandidate, YearCount,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const FIRST_WORDS: [(&str, &str); 12] = [
    ("柔性", "soft"),
    ("微流控", "microfluidic"),
    ("光子", "photonic"),
    ("自愈合", "self healing"),
    ("群体", "swarm"),
    ("潮汐", "tidal"),
    ("仿生", "bionic"),
    ("拓扑", "topological"),
    ("超材料", "metamaterial"),
    ("联邦", "federated"),
    ("神经形态", "neuromorphic"),
    ("深海", "deep sea"),
];
const SECOND_WORDS: [(&str, &str); 10] = [
    ("传感器", "sensor"),
    ("执行器", "actuator"),
    ("加密", "encryption"),
    ("计量", "metrology"),
    ("催化", "catalysis"),
    ("调度", "scheduling"),
    ("涂层", "coating"),
    ("记忆体", "memory"),
    ("导航", "wayfinding"),
    ("储能", "storage"),
];
const LAST_YEAR: Year = 2019;

/// A generator that is the same everywhere.
struct Dice(u64);

impl Dice {
    /// Returns a number from 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() * end as f64) as usize
    }
}

/// The invented tracks.
pub(crate) fn tracks() -> Vec<TrackName> {
    let names = [
        ("t-soft", "软体机器与仿生系统", "Soft machines and bionic systems"),
        ("t-photon", "光子计算", "Photonic computing"),
        ("t-tide", "潮汐能与海洋工程", "Tidal energy and ocean engineering"),
        ("t-cell", "微流控与细胞制造", "Microfluidics and cell manufacturing"),
        ("t-meta", "超材料", "Metamaterials"),
        ("t-trust", "可信网络与联邦计算", "Trusted networks and federated computation"),
    ];
    let name = |(order, (id, zh, en)): (usize, &(&str, &str, &str))| TrackName {
        id: (*id).to_owned(),
        name: Bilingual::new(*zh, *en),
        order: order as u32 + 1,
    };
    names.iter().enumerate().map(name).collect()
}

/// A scan with a hundred terms and sixty topics.
pub(crate) fn scan() -> ScanResult {
    sized(100, 60)
}

/// A scan of any size up to 120 terms.
pub(crate) fn sized(terms: usize, topics: usize) -> ScanResult {
    let mut dice = Dice(7);
    let terms: Vec<TermResult> =
        (0..terms).map(|index| term(index, terms, topics, &mut dice)).collect();
    let topics: Vec<TopicResult> =
        (0..topics).map(|index| topic(index, topics, &mut dice)).collect();
    let x_candidates: Vec<XCandidate> =
        topics.iter().filter(|topic| topic.tracks.is_empty()).take(4).map(candidate).collect();
    made(json!({
        "schema": 1,
        "provenance": provenance(),
        "corpora": [{
            "corpus": "INVENTED",
            "window_from": LAST_YEAR - 2,
            "window_to": LAST_YEAR,
            "documents": 107_000,
            "window_documents": 41_250,
            "documents_by_year": [],
            "candidates": 1_726,
            "rejected": { "not_head": 5_120, "too_common": 310 },
            "terms": terms,
            "topics": topics,
            "x_candidates": x_candidates,
            "topic_changes": [],
        }],
    }))
}

fn made<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the contract of the scan")
}

/// A corpus that is too small to be scored.
pub(crate) fn without_scores() -> ScanResult {
    let mut scan = sized(0, 0);
    let corpus = &mut scan.corpora[0];
    corpus.no_score_reason = Some("insufficient_evidence".to_owned());
    corpus.window_documents = 120;
    corpus.candidates = 0;
    corpus.rejected.clear();
    scan
}

fn provenance() -> Provenance {
    Provenance {
        evidence: vec![EvidenceRef {
            id: "invented-papers".to_owned(),
            hash: "b3:0f1e2d3c4b5a69788796a5b4c3d2e1f0".to_owned(),
            records: 107_000,
        }],
        pack: Some(PackRef {
            id: "example".to_owned(),
            hash: "b3:00112233445566778899aabbccddeeff".to_owned(),
        }),
        as_of: NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).expect("a day"),
        program: "linghang 0.1.0".to_owned(),
    }
}

fn name(index: usize) -> (String, String) {
    let (first, second) = (FIRST_WORDS[index % 12], SECOND_WORDS[(index / 12 + index * 7) % 10]);
    (format!("{}{}", first.0, second.0), format!("{} {}", first.1, second.1))
}

fn stage(dice: &mut Dice) -> Stage {
    let stages = [
        Stage::WeakSignal,
        Stage::WeakSignal,
        Stage::TakeOff,
        Stage::TakeOff,
        Stage::TakeOff,
        Stage::Growth,
        Stage::Growth,
        Stage::Growth,
        Stage::Mature,
        Stage::Decline,
        Stage::Undetermined,
    ];
    stages[dice.below(stages.len())]
}

fn track_matches(dice: &mut Dice) -> Vec<TrackMatch> {
    let ids = ["t-soft", "t-photon", "t-tide", "t-cell", "t-trust", "", "", ""];
    let id = ids[dice.below(ids.len())];
    let found = json!({
        "track": id,
        "similarity": 0.25 + 0.5 * dice.roll(),
        "shared_terms": [name(dice.below(60)).1, name(dice.below(60)).1],
        "shared_classes": ["X00A"],
    });
    if id.is_empty() { Vec::new() } else { vec![made(found)] }
}

fn term(index: usize, terms: usize, topics: usize, dice: &mut Dice) -> TermResult {
    let (zh, en) = name(index);
    let stage = stage(dice);
    let counts = curve(stage, dice);
    let strength = 1.0 - index as f64 / terms as f64;
    let contributions: Vec<Contribution> = ["z3", "nz5", "nh", "ar", "xz5", "xl"]
        .into_iter()
        .map(|signal| {
            let value = (strength * 1.9 - 0.3 + dice.roll() * 2.8 - 1.4).clamp(-3.0, 3.0);
            Contribution {
                signal: signal.to_owned(),
                value: Some(value * 1.4),
                contribution: value,
            }
        })
        .collect();
    let last = counts.last().map_or(0.0, |point| f64::from(point.count) / f64::from(point.total));
    let onset_year = LAST_YEAR - 1 - dice.below(6) as Year;
    let has_forecast = dice.roll() > 0.2;
    made(json!({
        "term": en,
        "translation": (index % 5 != 4).then_some(zh),
        "rank": index + 1,
        "percentile": 100.0 - index as f64 * 0.058,
        "score": contributions.iter().map(|part| part.contribution).sum::<f64>(),
        "contributions": contributions,
        "window_documents": counts.iter().rev().take(3).map(|point| point.count).sum::<u32>(),
        "fifth_document_year": 2004 + dice.below(15),
        "burst": (dice.roll() > 0.6)
            .then(|| json!({ "from": 2016, "to": LAST_YEAR, "weight": 12.0, "is_alive": true })),
        "life_cycle": life_cycle(&counts, dice),
        "forecast": has_forecast.then(|| json!({
            "share": last * 1.15, "low": last * 0.75, "high": last * 1.7, "nominal": 0.8, "measured_coverage": 0.78,
        })),
        "onset": {
            "year": onset_year,
            "year_low": onset_year - 1,
            "year_high": (onset_year + 1).min(LAST_YEAR),
            "slope": 0.15 + 0.5 * dice.roll(),
            "p": 0.002,
            "is_significant": matches!(stage, Stage::TakeOff | Stage::Growth | Stage::WeakSignal),
        },
        "counts": counts,
        "stage": { "stage": stage, "because": { "z5": 2.4 } },
        "tracks": track_matches(dice),
        "topic": (topics > 0).then(|| format!("p{}", index % topics.max(1))),
        "flags": if dice.roll() > 0.9 { vec![json!({ "code": "unattended", "because": {} })] } else { Vec::new() },
        "documents": (0..3).map(|number| document(index * 3 + number, dice)).collect::<Vec<_>>(),
    }))
}

fn document(number: usize, dice: &mut Dice) -> DocumentRef {
    DocumentRef {
        id: format!("invented:{number:05}"),
        title: format!("On the {} of {}", name(dice.below(100)).1, name(dice.below(100)).1),
        date: NaiveDate::from_ymd_opt(
            LAST_YEAR,
            1 + dice.below(12) as u32,
            1 + dice.below(28) as u32,
        )
        .expect("a day"),
    }
}

fn curve(stage: Stage, dice: &mut Dice) -> Vec<YearCount> {
    let (base, turn) = (4.0 + 20.0 * dice.roll(), 13.0 + 4.0 * dice.roll());
    let point = |step: usize, dice: &mut Dice| {
        let at = step as f64;
        let shape = match stage {
            Stage::WeakSignal => 0.05 + (0.35 * (at - 17.0)).exp() * 0.6,
            Stage::TakeOff => 0.5 + (0.5 * (at - turn).max(0.0)).exp_m1(),
            Stage::Growth => 0.4 + 5.0 / (1.0 + (-0.5 * (at - turn)).exp()),
            Stage::Mature => 0.3 + 4.0 / (1.0 + (-0.8 * (at - 8.0)).exp()),
            Stage::Decline => 0.4 + 4.0 * (-((at - 11.0) / 4.0).powi(2)).exp(),
            Stage::Undetermined => 1.6,
        };
        let total = 2_000 + 650 * step as u32;
        let count =
            (base * shape * (0.75 + 0.5 * dice.roll()) * f64::from(total) / 9_000.0).round() as u32;
        YearCount { year: LAST_YEAR - 19 + step as Year, count, total }
    };
    (0..20).map(|step| point(step, dice)).collect()
}

fn life_cycle(counts: &[YearCount], dice: &mut Dice) -> LifeCycle {
    let fitted: Vec<f64> =
        counts.iter().map(|point| f64::from(point.count) / f64::from(point.total) * 0.95).collect();
    let fit = |model, weight| ModelFit {
        model,
        qaicc: 20.0,
        weight,
        parameters: BTreeMap::new(),
        fitted: fitted.clone(),
    };
    let statement = if dice.roll() > 0.85 {
        InflectionStatement::Identified {
            model: Model::Logistic,
            t0: 2014.3,
            sd_t0: 0.8,
            saturation_share: 0.012,
        }
    } else {
        InflectionStatement::NotIdentifiable {
            reasons: vec!["no_s_curve_advantage".to_owned(), "inflection_not_past".to_owned()],
        }
    };
    let models =
        vec![fit(Model::Logistic, 0.61), fit(Model::Exponential, 0.3), fit(Model::Constant, 0.09)];
    LifeCycle { models, statement }
}

fn topic(index: usize, topics: usize, dice: &mut Dice) -> TopicResult {
    let (zh, en) = name(index * 2 + 1);
    let tracks = track_matches(dice);
    let nearest: TrackMatch = made(json!({
        "track": "t-meta", "similarity": 0.18, "shared_terms": [name(index).1], "shared_classes": [],
    }));
    made(json!({
        "id": format!("p{index}"),
        "label": en,
        "label_zh": (index % 6 != 5).then_some(zh),
        "keywords": (0..3).map(|number| name(index * 3 + number).1).collect::<Vec<_>>(),
        "terms": (0..6).map(|number| name(index * 3 + number).1).collect::<Vec<_>>(),
        "score": 9.0 - index as f64 * 0.14,
        "percentile": 100.0 * (1.0 - (index as f64 + 1.0) / topics as f64),
        "window_documents": 40 + dice.below(400),
        "coherence": 0.4 + 0.5 * dice.roll(),
        "stage": stage(dice),
        "nearest_tracks": if tracks.is_empty() { vec![nearest] } else { tracks.clone() },
        "tracks": tracks,
        "source_kinds": ["paper"],
        "tipping": { "technology_singularity": dice.roll() > 0.85, "onsets": { "paper": 2017 } },
        "attributes": {},
        "actors": [{
            "name": format!("Invented Institute {}", 1 + dice.below(9)),
            "kind": "organisation",
            "fractional_documents": 12.5,
            "share": 0.08,
            "entry_year": 2012,
            "z3": 1.2,
        }],
        "documents": [],
    }))
}

fn candidate(topic: &TopicResult) -> XCandidate {
    made(json!({
        "topic": topic.id,
        "label": topic.label,
        "score": topic.score,
        "nearest_similarity": 0.18,
        "nearest_track": "t-meta",
        "source_kinds": topic.source_kinds,
        "is_complete": false,
        "open_conditions": ["single_source_kind", "city_fit_unknown"],
    }))
}

/// How the invented forecasts did.
pub(crate) const FORECAST_CHECK: ForecastCheck =
    ForecastCheck { median_abs_log_error: 0.31, coverage: 0.76 };

/// An invented back-test of twenty-eight units.
pub(crate) fn backtest() -> BacktestResult {
    let mut dice = Dice(11);
    let strength = [
        ("lh6", 0.26),
        ("z3", 0.18),
        ("escore", 0.12),
        ("macd", 0.17),
        ("frequency", 0.07),
        ("random", 0.08),
    ];
    let mut units = Vec::new();
    for cut in [2010, 2012, 2014, 2016] {
        for corpus in ["in.AA", "in.BB", "in.CC", "in.DD", "in.EE", "in.FF", "POOL"] {
            units.push(unit(corpus, cut, &strength, &mut dice));
        }
    }
    let around = |value: f64, half: f64| Estimate { value, low: value - half, high: value + half };
    let mean = strength.iter().map(|(signal, p50)| {
        let mean = json!({
            "p50": around(*p50, 0.04),
            "ndcg100": around(p50 * 1.6, 0.04),
            "lift": around(p50 / 0.085, 0.45),
            "ap": around(p50 * 0.8, 0.03),
        });
        ((*signal).to_owned(), mean)
    });
    let difference = |minus: &str, value: f64| {
        json!({
            "signal": "lh6",
            "minus": minus,
            "p50": around(value, 0.03),
            "ndcg100": around(value * 1.2, 0.04),
            "lift": around(value * 10.0, 0.3),
        })
    };
    made(json!({
        "schema": 1,
        "units": units,
        "skipped": [],
        "mean": mean.collect::<BTreeMap<String, Value>>(),
        "differences": [difference("z3", 0.08), difference("escore", 0.14), difference("macd", 0.02)],
        "topics": topic_check(&[0.5, 0.25, 0.75, 0.5]),
    }))
}

/// An invented back-test of topics whose dates hit so often.
pub(crate) fn topic_check(hits: &[f64]) -> TopicCheck {
    let cuts = hits.iter().zip(2010..).map(|(hits, cut)| {
        json!({
            "corpus": "POOL", "cut": cut, "spearman": hits * 0.5, "precision_top20": hits, "base": 0.25,
            "topics": 20 + cut % 10,
        })
    });
    let mean = hits.iter().sum::<f64>() / hits.len() as f64;
    made(json!({
        "cuts": cuts.collect::<Vec<_>>(),
        "spearman": mean * 0.5,
        "precision_top20": mean,
        "base": 0.25,
    }))
}

fn unit(corpus: &str, cut: Year, strength: &[(&str, f64)], dice: &mut Dice) -> Value {
    let (candidates, base) = (300 + dice.below(900), 0.07 + 0.03 * dice.roll());
    let growth = 0.55 + f64::from(cut - 2010) * 0.13;
    let mut signals = BTreeMap::new();
    for (signal, p50) in strength {
        let p50 = (p50 * growth * (0.5 + dice.roll()) * 50.0).round() / 50.0;
        let score = json!({ "p50": p50, "ndcg100": (p50 * 1.6).min(1.0), "lift": p50 / base, "ap": p50 * 0.8 });
        signals.insert((*signal).to_owned(), score);
    }
    let positives = (candidates as f64 * base) as u64;
    json!({
        "corpus": corpus, "cut": cut, "candidates": candidates, "positives": positives, "base": base,
        "signals": signals,
    })
}
