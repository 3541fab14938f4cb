//! Words and signs that other languages have and this one has not, each with what to write instead.
//!
//! A refusal that names the right word is the shortest course in the language.

use std::ops::Range;

use linghang_core::number::half_width;

use crate::problem::Problem;
use crate::tree::Function;

/// Refused word, code, and the hint in Chinese and English.
type Refusal = (&'static [&'static str], &'static str, &'static str, &'static str);

const CASE_ZH: &str = "用分档参数（`brackets` 或 `table`），或写成几个条件";
const CASE_EN: &str = "use a parameter with `brackets` or `table`, or several conditions";
const NULL_ZH: &str = "用 `known(x)` 问是否有值；缺失的含义由事实字典规定";
const NULL_EN: &str =
    "ask with `known(x)`; what a missing value means is declared in the fact dictionary";
const LIKE_ZH: &str = "把文本整理成标签后用 `=` 或 `IN`";
const LIKE_EN: &str = "turn the text into labels and use `=` or `IN`";
const QUERY_ZH: &str = "在事实字典中声明一个事实（含统计期间），再按名称使用";
const QUERY_EN: &str = "declare a fact with its period in the fact dictionary and use its name";

const WORDS: [Refusal; 6] = [
    (&["case", "when", "then", "else", "end", "if", "iif"], "expr.case", CASE_ZH, CASE_EN),
    (&["null", "is", "isnull", "unknown"], "expr.null", NULL_ZH, NULL_EN),
    (
        &["like", "ilike", "similar", "rlike", "regexp", "glob", "escape"],
        "expr.like",
        LIKE_ZH,
        LIKE_EN,
    ),
    (
        &["cast", "try_cast", "convert", "interval", "timestamp", "extract"],
        "expr.cast",
        "量纲不能互换；日期用 `months_since`、`years_since`、`days_until`、`year`",
        "kinds do not convert; for dates use `months_since`, `years_since`, `days_until`, `year`",
    ),
    (
        &[
            "select", "from", "where", "exists", "any", "some", "all", "distinct", "over",
            "filter", "having", "group", "order", "union", "with", "within",
        ],
        "expr.subquery",
        QUERY_ZH,
        QUERY_EN,
    ),
    (
        &["mod", "div", "xor", "collate"],
        "expr.word",
        "语言中没有这个运算",
        "the language does not have this operation",
    ),
];

const FUNCTIONS: [Refusal; 6] = [
    (&["coalesce", "ifnull", "nvl", "nullif", "isnan"], "expr.null", NULL_ZH, NULL_EN),
    (
        &["least"],
        "expr.least",
        "用 `min(a, b)`；有未知值时结果未知",
        "use `min(a, b)`; it is unknown when one value is unknown",
    ),
    (
        &["greatest"],
        "expr.least",
        "用 `max(a, b)`；有未知值时结果未知",
        "use `max(a, b)`; it is unknown when one value is unknown",
    ),
    (
        &[
            "now",
            "current_date",
            "current_timestamp",
            "current_time",
            "today",
            "random",
            "rand",
            "uuid",
            "getdate",
        ],
        "expr.volatile",
        "截止日由运行时给出：用 `months_since(d)`、`days_until(d)` 等",
        "the as-of date is given by the run: use `months_since(d)`, `days_until(d)`",
    ),
    (
        &[
            "sum",
            "count",
            "avg",
            "mean",
            "median",
            "stddev",
            "array_agg",
            "string_agg",
            "first_value",
            "last_value",
            "row_number",
            "rank",
        ],
        "expr.aggregate",
        QUERY_ZH,
        QUERY_EN,
    ),
    (
        &["round", "floor", "ceil", "ceiling", "trunc"],
        "expr.rounding",
        "金额在最后统一四舍五入到分；表达式内不取整",
        "amounts are rounded to fen once, at the end; nothing is rounded inside an expression",
    ),
];

/// Whether a name belongs to the language, so that no fact can have it.
pub(crate) fn is_reserved(name: &str) -> bool {
    ["and", "or", "not", "in", "between", "true", "false", "date"].contains(&name)
        || WORDS.iter().any(|(words, ..)| words.contains(&name))
        || (Function::from_name(name).is_some() && name != "year")
}

/// The problem with a word of SQL that the language does not have.
pub(crate) fn forbidden(lower: &str, span: Range<usize>) -> Option<Problem> {
    refusal(&WORDS, lower, span)
}

/// The problem with a function of SQL that the language does not have.
pub(crate) fn forbidden_function(lower: &str, span: Range<usize>) -> Option<Problem> {
    refusal(&FUNCTIONS, lower, span)
}

fn refusal(table: &[Refusal], lower: &str, span: Range<usize>) -> Option<Problem> {
    let (_, code, zh, en) = table.iter().find(|(words, ..)| words.contains(&lower))?;
    let upper = lower.to_ascii_uppercase();
    Some(
        Problem::new(
            code,
            span,
            format!("表达式中不能使用 `{upper}`"),
            format!("`{upper}` cannot be used in an expression"),
        )
        .hint(*zh, *en),
    )
}

/// The problem with a word of another script outside a literal.
pub(crate) fn foreign(word: &str, span: Range<usize>) -> Problem {
    let problem = Problem::new(
        "expr.word",
        span,
        format!("`{word}` 不是这里的词"),
        format!("`{word}` is not a word here"),
    );
    let (zh, en) = match word {
        "且" | "并且" | "和" | "与" => ("写 `AND`", "write `AND`"),
        "或" | "或者" => ("写 `OR`", "write `OR`"),
        "非" | "不" | "不是" => ("写 `NOT`", "write `NOT`"),
        "是" | "等于" => ("写 `=`", "write `=`"),
        "大于" => ("写 `>`", "write `>`"),
        "小于" => ("写 `<`", "write `<`"),
        "不低于" | "不少于" | "大于等于" | "以上" => ("写 `>=`", "write `>=`"),
        "不超过" | "不高于" | "小于等于" | "以下" => ("写 `<=`", "write `<=`"),
        _ if word.chars().all(|char| half_width(char).is_ascii()) => {
            ("字母用半角，如 `revenue`", "write letters in half width, as `revenue`")
        }
        _ => (
            "事实用其英文名称；标签加引号，如 `'micro'`",
            "facts go by their ASCII names; labels stand in quotes, as `'micro'`",
        ),
    };
    problem.hint(zh, en)
}

/// The problem with what follows a number.
pub(crate) fn unit(unit: &str, span: Range<usize>) -> Problem {
    let problem = Problem::new(
        "expr.unit",
        span,
        format!("数后面的 `{unit}` 不是单位，或与此数不合"),
        format!("`{unit}` after the number is not a unit, or does not fit this number"),
    );
    if let Some(part) = unit.strip_suffix("以上").filter(|part| !part.is_empty()) {
        return problem.hint(
            format!("写 `>=`，单位写 `{part}`"),
            format!("write `>=` and the unit `{part}`"),
        );
    }
    let (zh, en) = match unit {
        "万" | "亿" | "千万" | "百万" => {
            ("金额写全，如 `20万元`、`5亿元`", "write the whole unit, as `20万元`, `5亿元`")
        }
        "月" | "月份" => ("时长写 `12个月`", "write a duration as `12个月`"),
        "元" | "万元" | "亿元" | "美元" => {
            ("金额最小到分", "the smallest amount is one fen")
        }
        _ if unit.starts_with(['e', 'E']) => {
            ("不用科学记数法；写 `100万元`", "no powers of ten; write `100万元`")
        }
        _ => (
            "可用：元、万元、亿元、美元、%、‰、个月、年、天、人、件、项、个、家、次",
            "there are: 元 万元 亿元 美元 % ‰ 个月 年 天 人 件 项 个 家 次",
        ),
    };
    problem.hint(zh, en)
}

/// The problem with a sign; its span says how much of the text it is.
pub(crate) fn symbol(rest: &str, first: char, from: usize) -> Problem {
    let table = [
        ("&&", "expr.character", "写 `AND`", "write `AND`"),
        ("||", "expr.character", "写 `OR`", "write `OR`"),
        ("==", "expr.character", "写 `=`", "write `=`"),
        ("::", "expr.cast", "量纲不能互换", "kinds do not convert"),
        ("--", "expr.character", "说明写在 `say` 中", "remarks belong into `say`"),
        (
            "/",
            "expr.division",
            "用 `ratio(a, b)`；分母为零时结果未知",
            "use `ratio(a, b)`; it is unknown where b is zero",
        ),
        (
            "÷",
            "expr.division",
            "用 `ratio(a, b)`；分母为零时结果未知",
            "use `ratio(a, b)`; it is unknown where b is zero",
        ),
        (
            "%",
            "expr.modulo",
            "百分数紧跟在数后，如 `3%`",
            "a percent sign follows its number at once, as `3%`",
        ),
        (
            "％",
            "expr.modulo",
            "百分数紧跟在数后，如 `3%`",
            "a percent sign follows its number at once, as `3%`",
        ),
        ("!", "expr.character", "写 `NOT`", "write `NOT`"),
        ("\"", "expr.character", "文本用 `'`", "texts stand in `'`"),
        ("“", "expr.character", "文本用 `'`", "texts stand in `'`"),
        ("‘", "expr.character", "文本用 `'`", "texts stand in `'`"),
        (
            ".",
            "expr.character",
            "数以数字开头，如 `0.5`；事实名称不含点",
            "a number begins with a digit, as `0.5`; names have no dots",
        ),
        (";", "expr.character", "一次只写一个表达式", "write one expression at a time"),
    ];
    let found = table.iter().find(|(sign, ..)| rest.starts_with(sign));
    let length = found.map_or(first.len_utf8(), |(sign, ..)| sign.len());
    let shown = &rest[..length];
    let code = found.map_or("expr.character", |(_, code, ..)| code);
    let problem = Problem::new(
        code,
        from..from + length,
        format!("`{}` 不属于这个语言", shown.escape_debug()),
        format!("`{}` does not belong to the language", shown.escape_debug()),
    );
    match found {
        Some((_, _, zh, en)) => problem.hint(*zh, *en),
        None => problem,
    }
}
