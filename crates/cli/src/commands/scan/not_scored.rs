//! What `linghang scan explain` says of a term without a score: why, and what to ask instead.

use linghang_core::{Bilingual, Diagnostic};
use linghang_scan::analysis::{Missing, missing, written_alike};
use linghang_scan::figures::{Figures, Glossary};

use crate::failure::{Exit, Failure};
use crate::load::pack::ScanPack;
use crate::load::scope::Scope;

/// Refuses a term of which nothing is left: an empty one, or stop words alone.
pub(super) fn no_term(written: &str) -> Failure {
    Failure::usage(
        "cli.no_term",
        format!("“{written}”里没有可统计的词；请写一个技术名称，例如 \"deep learning\""),
        format!(
            "`{written}` holds no word that is counted; write the name of a technology, such as \"deep learning\""
        ),
    )
}

/// Says for each corpus why a term has no score there.
pub(super) fn not_scored(term: &str, scope: &Scope, pack: &ScanPack) -> Failure {
    let finding = |figures: &Figures| {
        let reason = missing(term, figures, &pack.params)?;
        let (zh, en) = reason_text(&reason, figures, pack);
        let corpus = &figures.corpus;
        let message = Bilingual::new(
            format!("`{term}` 在 {corpus} 中没有得分：{zh}"),
            format!("`{term}` has no score in {corpus}: {en}"),
        );
        let hint = hint(term, &reason, figures, pack);
        Some(Diagnostic::error("scan.not_scored", message).with_hint(hint))
    };
    Failure { exit: Exit::Findings, findings: scope.figures.iter().filter_map(finding).collect() }
}

fn reason_text(reason: &Missing, figures: &Figures, pack: &ScanPack) -> (String, String) {
    let window = figures.window_documents();
    match reason {
        Missing::CorpusNotScored => (
            format!("语料本身未评分，窗口期内只有 {window} 篇文献，或近五年中有一年太少"),
            format!(
                "the corpus itself is not scored; it has {window} documents in the window, or too few in one of the last five years"
            ),
        ),
        Missing::TooFewDocuments => {
            let least = pack.params.r_min(figures.size);
            (
                format!("窗口期内含有它的文献不足 {least} 篇，或集中在同一年"),
                format!(
                    "fewer than {least} documents of the window hold it, or all are of one year"
                ),
            )
        }
        Missing::Filter(reason) => {
            let (zh, en) = filter_text(reason.code());
            (
                format!("被过滤规则 `{}` 排除（{zh}）", reason.code()),
                format!("the filter `{}` rejects it ({en})", reason.code()),
            )
        }
        Missing::StandsFor(other) => (
            format!("它与 `{other}` 出现在同样的文献中，由后者代表"),
            format!("it stands in the same documents as `{other}`, which stands for it"),
        ),
    }
}

/// What a filter says of a term, in Chinese and English.
pub(super) fn filter_text(code: &str) -> (&'static str, &'static str) {
    match code {
        "title_share" => ("很少出现在标题中", "hardly ever in a title"),
        "head_share" => ("末词很少作短语的中心词", "its last word seldom ends a phrase"),
        "dispersion" => ("均匀散布于各领域", "spread over all fields alike"),
        "too_common" => ("出现在太多文献中", "in too many documents"),
        "few_actors" => ("涉及的人太少", "too few people"),
        "fragment" => ("几乎总是更长短语的一部分", "nearly always part of one longer phrase"),
        "general_word" => ("一般词语", "a word of general English"),
        "general_phrase" => ("由一般词语组成", "made of general words alone"),
        "no_noun" => ("不以名词结尾", "does not end in a noun"),
        "extension" => ("在一个技术名称后加了一般词语", "a name with general words added"),
        _ => ("见指南", "see the guide"),
    }
}

/// The term to ask for instead: the one that stands for it, or the same concept in another form that has a score.
fn hint(term: &str, reason: &Missing, figures: &Figures, pack: &ScanPack) -> Bilingual {
    let glossary = Glossary::new(figures);
    let forms = [glossary.long_form(term), glossary.acronym(term), glossary.translation(term)];
    let is_scored = |form: &&str| missing(form, figures, &pack.params).is_none();
    let other = match reason {
        Missing::StandsFor(other) => Some(other.as_str()),
        _ => forms.into_iter().flatten().find(is_scored),
    };
    let alike = match (other, reason) {
        (None, Missing::TooFewDocuments) => written_alike(term, figures, &pack.params),
        _ => Vec::new(),
    };
    match other {
        Some(other) => Bilingual::new(
            format!("请改问 `linghang scan explain \"{other}\"`"),
            format!("ask `linghang scan explain \"{other}\"`"),
        ),
        None if !alike.is_empty() => Bilingual::new(
            format!("写法相近且有得分的词：{}", alike.join("、")),
            format!("terms with a score that are written alike: {}", alike.join(", ")),
        ),
        None => Bilingual::new(
            "`linghang scan run --top 1000` 列出有得分的词；过滤规则见 docs/guide/scan.zh.md",
            "`linghang scan run --top 1000` lists what has a score; docs/guide/scan.md explains the filters",
        ),
    }
}
