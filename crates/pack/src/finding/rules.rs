//! Findings about rule files: facts, conditions, parameters, awards, pools, qualifications, scores, test cases.

use linghang_core::{Bilingual, Diagnostic};
use serde_json::Value;

use super::{error, warning, with_nearest};
use crate::kind::KindSpec;

pub(crate) fn name_shape(name: &str) -> Diagnostic {
    error(
        "pack.name_shape",
        format!("`{name}` 不能用于表达式"),
        format!("`{name}` cannot be used in expressions"),
    )
    .with_hint(Bilingual::new(
        "事实和参数的名称用小写字母、数字和下划线，如 `rd_expense`。",
        "names of facts and parameters are lower-case letters, digits and underscores, such as `rd_expense`.",
    ))
}

pub(crate) fn repeated_id(id: &str) -> Diagnostic {
    error("pack.repeated_id", format!("`{id}` 在此处重复"), format!("`{id}` stands here twice"))
}

pub(crate) fn unknown_name(key: &str, name: &str, known: &[&str]) -> Diagnostic {
    let finding = error(
        "pack.unknown_name",
        format!("`{key}` 中的 `{name}` 不存在"),
        format!("`{key}` names `{name}`, which does not exist"),
    );
    with_nearest(finding, name, known.iter().copied())
}

pub(crate) fn literal_shape(key: &str, written: &str) -> Diagnostic {
    error(
        "pack.literal_shape",
        format!("`{key}` 的值 `{written}` 无法读取"),
        format!("`{key}` has the value `{written}`, which cannot be read"),
    )
    .with_hint(Bilingual::new(
        "写作 `20万元`、`3%`、`12个月`、`50人` 或 `60`。",
        "write `20万元`, `3%`, `12个月`, `50人` or `60`.",
    ))
}

pub(crate) fn money_shape(key: &str, written: &str) -> Diagnostic {
    error(
        "pack.money_shape",
        format!("`{key}` 的金额 `{written}` 无法读取"),
        format!("`{key}` has the amount `{written}`, which cannot be read"),
    )
    .with_hint(Bilingual::new(
        "写作 `20万元`、`1.5亿元`、`3元`，或用参数 `$名称`。",
        "write `20万元`, `1.5亿元`, `3元`, or a parameter `$name`.",
    ))
}

pub(crate) fn share_shape(key: &str, written: &str) -> Diagnostic {
    error(
        "pack.share_shape",
        format!("`{key}` 的比例 `{written}` 无法读取，或不在 0% 至 100% 之间"),
        format!("`{key}` has the share `{written}`, which cannot be read or is not 0% to 100%"),
    )
    .with_hint(Bilingual::new("写作 `60%`。", "write `60%`."))
}

pub(crate) fn shares_sum(millionths: i128, exact: bool) -> Diagnostic {
    let percent = millionths / 10_000;
    let (zh, en) =
        if exact { ("应为", "should be") } else { ("不应超过", "should not exceed") };
    error(
        "pack.shares_sum",
        format!("各比例之和为 {percent}%，{zh} 100%"),
        format!("the shares add up to {percent}%, which {en} 100%"),
    )
}

pub(crate) fn clause_hash(hash: &str) -> Diagnostic {
    error(
        "pack.clause_hash",
        format!("条款哈希 `{hash}` 的写法不对"),
        format!("the clause hash `{hash}` has the wrong shape"),
    )
    .with_hint(Bilingual::new(
        "写作 `b3:` 加 64 位小写十六进制数字（BLAKE3）。",
        "write `b3:` and 64 lower-case hexadecimal digits (BLAKE3).",
    ))
}

pub(crate) fn dates_out_of_order(from: &str, to: &str) -> Diagnostic {
    error(
        "pack.dates_out_of_order",
        format!("起始日 {from} 不早于终止日 {to}"),
        format!("the first day {from} is not before the end {to}"),
    )
    .with_hint(Bilingual::new(
        "`to` 是不再有效的第一天。",
        "`to` is the first day on which it no longer holds.",
    ))
}

pub(crate) fn values_overlap(from: &str) -> Diagnostic {
    error(
        "pack.values_overlap",
        format!("自 {from} 起的值与前面的值在时间上重叠"),
        format!("the value from {from} overlaps one before it in time"),
    )
}

pub(crate) fn versions_overlap(id: &str, other: &str) -> Diagnostic {
    error(
        "pack.versions_overlap",
        format!("`{id}` 与 `{other}` 是同一项的两个版本，有效期重叠"),
        format!("`{id}` and `{other}` are versions of one thing and hold on the same days"),
    )
    .with_hint(Bilingual::new(
        "让较早版本的 `in_force.to` 等于较新版本的 `in_force.from`。",
        "let `in_force.to` of the older one be `in_force.from` of the newer one.",
    ))
}

pub(crate) fn history_without_end() -> Diagnostic {
    error(
        "pack.history_without_end",
        "历史规则没有终止日".to_owned(),
        "a rule of the past has no end".to_owned(),
    )
    .with_hint(Bilingual::new("请写 `in_force.to`。", "write `in_force.to`."))
}

pub(crate) fn open_without_points() -> Diagnostic {
    error(
        "pack.open_without_points",
        "不可计算，却没有说明缺什么".to_owned(),
        "not computable, and nothing says what is open".to_owned(),
    )
    .with_hint(Bilingual::new(
        "在 `open_points` 里写出原文未定的各点。",
        "list in `open_points` what the text leaves open.",
    ))
}

pub(crate) fn executable_without(body: &str) -> Diagnostic {
    error(
        "pack.executable_without",
        format!("状态为可执行，却没有 `{body}`"),
        format!("the status is executable, but there is no `{body}`"),
    )
}

pub(crate) fn no_clause(award: &str) -> Diagnostic {
    error(
        "pack.no_clause",
        format!("奖补 `{award}` 没有条款依据"),
        format!("the award `{award}` has no clause"),
    )
    .with_hint(Bilingual::new(
        "写作 `clause = \"文件 章节\"`。",
        "write `clause = \"document section\"`.",
    ))
}

/// `stem` is the name of the file that holds the record, without its ending.
pub(crate) fn no_test(id: &str, stem: &str) -> Diagnostic {
    error("pack.no_test", format!("`{id}` 没有测试用例"), format!("`{id}` has no test case"))
        .with_hint(Bilingual::new(
            format!("在它旁边的 `{stem}.test.toml` 里写一个。"),
            format!("write one in `{stem}.test.toml` beside it."),
        ))
}

pub(crate) fn tests_of_nothing(spec: &KindSpec, id: &str) -> Diagnostic {
    error(
        "pack.tests_of_nothing",
        format!("测试文件所测的{} `{id}` 不存在", spec.zh),
        format!("the tests are for a {} `{id}` that does not exist", spec.key),
    )
}

pub(crate) fn fact_origin(id: &str) -> Diagnostic {
    error(
        "pack.fact_origin",
        format!("事实 `{id}` 应有且只有一个来源"),
        format!("the fact `{id}` should have exactly one origin"),
    )
    .with_hint(Bilingual::new(
        "写 `from`（证据的列）、`derive`（表达式）或 `score`（积分）之一。",
        "write one of `from` (a column of evidence), `derive` (an expression), `score` (points).",
    ))
}

pub(crate) fn fact_unowned(id: &str, key: &str) -> Diagnostic {
    warning(
        "pack.fact_unowned",
        format!("事实 `{id}` 没有 `{key}`"),
        format!("the fact `{id}` has no `{key}`"),
    )
    .with_hint(Bilingual::new(
        "缺少时须能说明向谁索取、多久算过期。",
        "when it is missing, somebody must be asked for it, and it must be clear when it is too old.",
    ))
}

pub(crate) fn fact_type_key(key: &str, kind: &str) -> Diagnostic {
    error(
        "pack.fact_type",
        format!("类型为 `{kind}` 的事实没有 `{key}`"),
        format!("a fact of type `{kind}` has no `{key}`"),
    )
}

pub(crate) fn fact_type_needs(key: &str, kind: &str) -> Diagnostic {
    error(
        "pack.fact_type",
        format!("类型为 `{kind}` 的事实须写 `{key}`"),
        format!("a fact of type `{kind}` needs `{key}`"),
    )
}

pub(crate) fn condition_shape(one: &str, others: &str) -> Diagnostic {
    error(
        "pack.condition_shape",
        format!("条件应有且只有一种写法：`{one}` 或 {others}"),
        format!("a condition should have exactly one form: `{one}` or {others}"),
    )
}

pub(crate) fn condition_without_id() -> Diagnostic {
    error(
        "pack.condition_without_id",
        "条件没有编号".to_owned(),
        "the condition has no id".to_owned(),
    )
    .with_hint(Bilingual::new(
        "解释和测试用编号指称它，如 `id = \"floor\"`。",
        "explanations and tests name it by its id, such as `id = \"floor\"`.",
    ))
}

pub(crate) fn param_shape(name: &str) -> Diagnostic {
    error(
        "pack.param_shape",
        format!("参数 `{name}` 应有且只有一种写法"),
        format!("the parameter `{name}` should have exactly one form"),
    )
    .with_hint(Bilingual::new(
        "写 `is`、`values`、`table`、`brackets` 或 `unset = true` 之一。",
        "write one of `is`, `values`, `table`, `brackets`, `unset = true`.",
    ))
}

pub(crate) fn param_by(name: &str) -> Diagnostic {
    error(
        "pack.param_by",
        format!("参数 `{name}` 的 `by` 须与 `table` 或 `brackets` 同时出现"),
        format!("`by` of the parameter `{name}` goes with `table` or `brackets`, and they with it"),
    )
}

pub(crate) fn param_assumed(name: &str) -> Diagnostic {
    error(
        "pack.param_assumed",
        format!("参数 `{name}` 是假设，却没有说明"),
        format!("the parameter `{name}` is an assumption, and no note says why"),
    )
}

pub(crate) fn param_undeclared(name: &str, known: &[&str]) -> Diagnostic {
    let finding = error(
        "pack.param_undeclared",
        format!("参数 `${name}` 没有声明"),
        format!("the parameter `${name}` is not declared"),
    );
    with_nearest(finding, name, known.iter().copied())
}

pub(crate) fn param_unused(name: &str) -> Diagnostic {
    warning(
        "pack.param_unused",
        format!("参数 `{name}` 没有用到"),
        format!("the parameter `{name}` is not used"),
    )
}

pub(crate) fn table_label_missing(fact: &str, label: &str) -> Diagnostic {
    error(
        "pack.table_labels",
        format!("表中缺少事实 `{fact}` 的取值 `{label}`"),
        format!("the table has no row for `{label}` of the fact `{fact}`"),
    )
}

pub(crate) fn table_label_unknown(fact: &str, label: &str, known: &[&str]) -> Diagnostic {
    let finding = error(
        "pack.table_labels",
        format!("事实 `{fact}` 没有取值 `{label}`"),
        format!("the fact `{fact}` has no value `{label}`"),
    );
    with_nearest(finding, label, known.iter().copied())
}

pub(crate) fn bracket_open_inside() -> Diagnostic {
    error(
        "pack.bracket_edges",
        "只有最后一档可以没有 `to`".to_owned(),
        "only the last bracket may have no `to`".to_owned(),
    )
}

pub(crate) fn bracket_not_open() -> Diagnostic {
    error(
        "pack.bracket_edges",
        "最后一档不应有 `to`，否则更大的值没有归处".to_owned(),
        "the last bracket should have no `to`, or larger values have no place".to_owned(),
    )
}

pub(crate) fn bracket_order(edge: &str) -> Diagnostic {
    error(
        "pack.bracket_order",
        format!("上限 `{edge}` 不高于前一档，或单位不同"),
        format!("the edge `{edge}` is not above the one before, or measures something else"),
    )
}

pub(crate) fn cap_order(smaller: &str, larger: &str, least: i128, most: i128) -> Diagnostic {
    let yuan = |millionths: i128| millionths / 1_000_000;
    let (least, most) = (yuan(least), yuan(most));
    error(
        "pack.cap_order",
        format!("`{larger}` 上限 {most} 元低于 `{smaller}` 上限 {least} 元"),
        format!("the cap `{larger}` of {most} yuan is below the cap `{smaller}` of {least} yuan"),
    )
}

pub(crate) fn exclude_one_sided(written: &str, back: &str) -> Diagnostic {
    error(
        "pack.exclude_one_sided",
        format!("`{written}` 没有反过来排斥 `{back}`"),
        format!("`{written}` does not exclude `{back}` in turn"),
    )
    .with_hint(Bilingual::new(
        format!("在对方的 `excludes` 里加上 `{back}`。"),
        format!("add `{back}` to the other's `excludes`."),
    ))
}

pub(crate) fn group_mixed(name: &str) -> Diagnostic {
    error(
        "pack.group_mixed",
        format!("组 `{name}` 的各项奖补对 `take`、`up_to` 或 `deduct_paid` 的写法不一"),
        format!("awards of the group `{name}` differ in `take`, `up_to` or `deduct_paid`"),
    )
}

pub(crate) fn group_key(key: &str, take: &str) -> Diagnostic {
    error(
        "pack.group_key",
        format!("`{key}` 只与 `take = \"{take}\"` 同用"),
        format!("`{key}` goes with `take = \"{take}\"`"),
    )
}

pub(crate) fn rank_by() -> Diagnostic {
    error(
        "pack.rank_by",
        "`rank_by` 须与 `when_short = \"rank\"` 同时出现".to_owned(),
        "`rank_by` goes with `when_short = \"rank\"`, and that with it".to_owned(),
    )
}

pub(crate) fn pool_cycle(name: &str) -> Diagnostic {
    error(
        "pack.pool_cycle",
        format!("资金池 `{name}` 绕回自身"),
        format!("the pool `{name}` leads back to itself"),
    )
}

pub(crate) fn no_such_rung(ladder: &str, rung: &Value, known: &[&str]) -> Diagnostic {
    let finding = error(
        "pack.no_such_rung",
        format!("梯度 `{ladder}` 没有这一级：{rung}"),
        format!("the ladder `{ladder}` has no such rung: {rung}"),
    );
    with_nearest(finding, rung.as_str().unwrap_or_default(), known.iter().copied())
}

pub(crate) fn after_cycle(id: &str) -> Diagnostic {
    error(
        "pack.after_cycle",
        format!("资格 `{id}` 以自身为前提"),
        format!("the qualification `{id}` must come after itself"),
    )
}

pub(crate) fn stage_order() -> Diagnostic {
    error(
        "pack.stage_order",
        "除最后一个阶段外，各阶段都须写条件 `is`".to_owned(),
        "every stage but the last has a condition `is`, and the last has none".to_owned(),
    )
}

pub(crate) fn score_incomplete(item: &str) -> Diagnostic {
    error(
        "pack.score_incomplete",
        format!("指标 `{item}` 缺少某阶段的权重或没有量化方法，积分无法执行"),
        format!("the item `{item}` lacks a weight for a stage or a scale, so the score cannot be executed"),
    )
    .with_hint(Bilingual::new(
        "补齐，或写 `status = \"not-computable\"`。",
        "add them, or write `status = \"not-computable\"`.",
    ))
}

pub(crate) fn scale_shape() -> Diagnostic {
    error(
        "pack.scale_shape",
        "`scale` 应有且只有一种写法：`steps`、`linear`、`log` 或 `rank`".to_owned(),
        "`scale` should have exactly one form: `steps`, `linear`, `log` or `rank`".to_owned(),
    )
}

pub(crate) fn scale_ends(form: &str) -> Diagnostic {
    error(
        "pack.scale_ends",
        format!("`{form}` 的两端应单位相同、数值不同，取对数时均大于零"),
        format!(
            "the ends of `{form}` should have one unit and differ, and be above zero for `log`"
        ),
    )
}

pub(crate) fn step_order(from: &str) -> Diagnostic {
    error(
        "pack.step_order",
        format!("台阶 `{from}` 不高于前一级，或单位不同"),
        format!("the step `{from}` is not above the one before, or measures something else"),
    )
}

pub(crate) fn label_without_record(label: &str, kind: &KindSpec) -> Diagnostic {
    let KindSpec { zh, key, folder, .. } = kind;
    warning(
        "pack.label_without_record",
        format!("取值 `{label}` 没有对应的{zh}记录"),
        format!("the value `{label}` has no record of a {key}"),
    )
    .with_hint(Bilingual::new(
        format!("在 `{folder}/` 中补一条，或改正取值。"),
        format!("add one in `{folder}/`, or correct the value."),
    ))
}

pub(crate) fn stale_clause(document: &str, section: &str) -> Diagnostic {
    warning(
        "pack.stale_clause",
        format!("所依据的条文 `{document} {section}` 已不是写规则时的文本"),
        format!("the clause `{document} {section}` is no longer the text that the rule was written from"),
    )
    .with_hint(Bilingual::new(
        "对照新文本核对规则，再把这里的 `hash` 改为文件记录 `clauses` 中的值；在此之前不要用于新的日期。",
        "compare the rule with the new text, then put the hash from the document's `clauses` here; do not use it for new days before.",
    ))
}
