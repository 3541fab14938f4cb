//! Findings about what records say: ids, references, texts, sources, years, selectors.

use linghang_core::{Bilingual, Diagnostic};

use super::{error, warning, with_nearest};
use crate::kind::KindSpec;

pub(crate) fn id_shape(id: &str) -> Diagnostic {
    error(
        "pack.id_shape",
        format!("编号 `{id}` 的写法不对"),
        format!("the id `{id}` has the wrong shape"),
    )
    .with_hint(Bilingual::new(
        "用小写字母、数字和连字符（如 `deep-sea`），或登记号（如 `T001`、`K001-2.1`）。",
        "use lower-case letters, digits and hyphens (`deep-sea`), or a register number (`T001`, `K001-2.1`).",
    ))
}

pub(crate) fn id_not_file_name(id: &str, stem: &str) -> Diagnostic {
    error(
        "pack.id_not_file_name",
        format!("编号 `{id}` 与文件名 `{stem}` 不同"),
        format!("the id `{id}` differs from the file name `{stem}`"),
    )
    .with_hint(Bilingual::new("文件名就是编号。", "the file name is the id."))
}

pub(crate) fn duplicate_id(
    spec: &KindSpec,
    id: &str,
    first: &str,
    may_replace: bool,
) -> Diagnostic {
    let finding = error(
        "pack.duplicate_id",
        format!("{} `{id}` 已写于 {first}", spec.zh),
        format!("{} `{id}` is already in {first}", spec.key),
    );
    if may_replace {
        finding.with_hint(Bilingual::new(
            "若要取代它，请加 `replaces = true`。",
            "add `replaces = true` if it is meant to take its place.",
        ))
    } else {
        finding
    }
}

pub(crate) fn replaces_nothing(spec: &KindSpec, id: &str) -> Diagnostic {
    error(
        "pack.replaces_nothing",
        format!("没有可被取代的{} `{id}`", spec.zh),
        format!("there is no {} `{id}` to replace", spec.key),
    )
}

pub(crate) fn dangling_reference<'a>(
    key: &str,
    id: &str,
    target: &KindSpec,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let finding = error(
        "pack.dangling_reference",
        format!("`{key}` 指向的{} `{id}` 不存在", target.zh),
        format!("`{key}` names a {} `{id}` that does not exist", target.key),
    );
    with_nearest(finding, id, known)
}

pub(crate) fn chinese_missing(key: &str) -> Diagnostic {
    error("pack.chinese_missing", format!("`{key}` 缺少中文"), format!("`{key}` has no Chinese"))
}

pub(crate) fn english_missing(key: &str) -> Diagnostic {
    warning("pack.english_missing", format!("`{key}` 缺少英文"), format!("`{key}` has no English"))
}

pub(crate) fn source_shape(written: &str) -> Diagnostic {
    error(
        "pack.source_shape",
        format!("出处 `{written}` 有一处没有文件编号"),
        format!("a part of the source `{written}` names no document"),
    )
    .with_hint(Bilingual::new(
        "写作 `文件 章节, 章节; 文件 章节`，如 `000 三; 001 二`。",
        "write `document section, section; document section`, such as `000 三; 001 二`.",
    ))
}

pub(crate) fn undeclared_document<'a>(
    id: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let finding = error(
        "pack.undeclared_document",
        format!("出处引用的文件 `{id}` 没有登记"),
        format!("the source cites document `{id}`, which is not declared"),
    );
    with_nearest(finding, id, known).with_hint(Bilingual::new(
        format!("请写 documents/{id}.toml，或改正编号。"),
        format!("write documents/{id}.toml, or correct the id."),
    ))
}

pub(crate) fn years_out_of_order(
    first: &str,
    second: &str,
    earlier: i64,
    later: i64,
) -> Diagnostic {
    error(
        "pack.years_out_of_order",
        format!("`{first}` {later} 晚于 `{second}` {earlier}"),
        format!("`{first}` {later} is after `{second}` {earlier}"),
    )
}

pub(crate) fn no_current_generation() -> Diagnostic {
    warning(
        "pack.no_current_generation",
        "没有 `current = true` 的赛道目录，扫描将无法归入赛道".to_owned(),
        "no generation has `current = true`, so the scan cannot put topics to tracks".to_owned(),
    )
}

pub(crate) fn empty_selector(language: Option<&Bilingual>) -> Diagnostic {
    let hint = Bilingual::new(
        "在 [selector.seeds] 里写 25 至 60 个技术词，中英文各一组。",
        "write 25 to 60 technology terms for each language under [selector.seeds].",
    );
    match language {
        None => error(
            "pack.empty_selector",
            "现行赛道没有任何种子词".to_owned(),
            "a track of the current list has no seed terms".to_owned(),
        ),
        Some(name) => warning(
            "pack.empty_selector",
            format!("现行赛道没有{}种子词", name.zh),
            format!("a track of the current list has no {} seed terms", name.en),
        ),
    }
    .with_hint(hint)
}

pub(crate) fn term_shape(term: &str) -> Diagnostic {
    error(
        "pack.term_shape",
        format!(
            "词 `{term}` 应为小写、首尾无空格、词间只有一个空格；连字符写作空格（单个字母之后除外，如 `x-ray`）"
        ),
        format!(
            "the term `{term}` should be lower case, without spaces around it or doubled inside, and with a space for \
             a hyphen except after a single letter (`x-ray`)"
        ),
    )
}

pub(crate) fn repeated_term(term: &str) -> Diagnostic {
    warning(
        "pack.repeated_term",
        format!("词 `{term}` 重复"),
        format!("the term `{term}` is repeated"),
    )
}

pub(crate) fn seed_is_negative(term: &str) -> Diagnostic {
    error(
        "pack.seed_is_negative",
        format!("`{term}` 既是种子词又是排除词"),
        format!("`{term}` is a seed and a negative term at once"),
    )
}

pub(crate) fn shared_seed(term: &str, other: &str) -> Diagnostic {
    warning(
        "pack.shared_seed",
        format!("种子词 `{term}` 也属于赛道 `{other}`"),
        format!("the seed `{term}` also belongs to track `{other}`"),
    )
    .with_hint(Bilingual::new(
        "共有的种子词会使赛道难以区分。",
        "shared seeds make the two tracks harder to tell apart.",
    ))
}

pub(crate) fn ipc_shape(code: &str) -> Diagnostic {
    error(
        "pack.ipc_shape",
        format!("`{code}` 不是 IPC 小类"),
        format!("`{code}` is not an IPC subclass"),
    )
    .with_hint(Bilingual::new("写作 `B64U`。", "write it like `B64U`."))
}

pub(crate) fn arxiv_shape(code: &str) -> Diagnostic {
    error(
        "pack.arxiv_shape",
        format!("`{code}` 不是 arXiv 类别"),
        format!("`{code}` is not an arXiv category"),
    )
    .with_hint(Bilingual::new(
        "写作 `cs.RO` 或 `quant-ph`。",
        "write it like `cs.RO` or `quant-ph`.",
    ))
}
