//! Findings about keys, types and values of one file.

use linghang_core::{Bilingual, Diagnostic};
use serde_json::Value;

use super::{error, with_nearest};
use crate::record::SCHEMA_VERSION;

pub(crate) fn unknown_key<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding =
        error("pack.unknown_key", format!("未知的键 `{key}`"), format!("unknown key `{key}`"));
    with_nearest(finding, key, known)
}

pub(crate) fn missing_key(key: &str) -> Diagnostic {
    error("pack.missing_key", format!("缺少键 `{key}`"), format!("key `{key}` is missing"))
}

pub(crate) fn wrong_type(key: &str, expected: &[&str], found: &str) -> Diagnostic {
    let zh: Vec<_> = expected.iter().map(|name| type_word_zh(name)).collect();
    let en: Vec<_> = expected.iter().map(|name| type_word_en(name)).collect();
    error(
        "pack.wrong_type",
        format!("`{key}` 应为{}，而不是{}", zh.join("或"), type_word_zh(found)),
        format!("`{key}` should be {}, not {}", en.join(" or "), type_word_en(found)),
    )
}

pub(crate) fn unknown_word(key: &str, found: &str, known: &[&str]) -> Diagnostic {
    let list = known.join("`, `");
    let finding = error(
        "pack.unknown_word",
        format!("`{key}` 不能是 `{found}`；可用：`{list}`"),
        format!("`{key}` cannot be `{found}`; use one of `{list}`"),
    );
    with_nearest(finding, found, known.iter().copied())
}

pub(crate) fn not_a_date(key: &str, found: &str) -> Diagnostic {
    error(
        "pack.bad_value",
        format!("`{key}` 应为日期，而不是 `{found}`"),
        format!("`{key}` should be a date, not `{found}`"),
    )
    .with_hint(Bilingual::new("写作 2026-01-31，不加引号。", "write 2026-01-31, without quotes."))
}

pub(crate) fn too_small(key: &str, found: &Value, least: &Value) -> Diagnostic {
    error(
        "pack.bad_value",
        format!("`{key}` 是 {found}，不应小于 {least}"),
        format!("`{key}` is {found} and should not be below {least}"),
    )
}

pub(crate) fn too_large(key: &str, found: &Value, most: &Value) -> Diagnostic {
    error(
        "pack.bad_value",
        format!("`{key}` 是 {found}，不应大于 {most}"),
        format!("`{key}` is {found} and should not be above {most}"),
    )
}

/// A value that no rule above describes better; `problem` is the checker's own sentence.
pub(crate) fn bad_value(key: &str, problem: &str) -> Diagnostic {
    error(
        "pack.bad_value",
        format!("`{key}` 的值不可用：{problem}"),
        format!("`{key}` has a value that cannot be used: {problem}"),
    )
}

pub(crate) fn schema_version(found: u64) -> Diagnostic {
    error(
        "pack.schema_version",
        format!("本程序读取格式版本 {SCHEMA_VERSION}，而不是 {found}"),
        format!("this program reads schema version {SCHEMA_VERSION}, not {found}"),
    )
    .with_hint(Bilingual::new("请更新城市包或程序。", "update the pack or the program."))
}

fn type_word_zh(name: &str) -> &'static str {
    match name {
        "string" => "文本",
        "integer" => "整数",
        "number" => "数",
        "decimal" => "小数",
        "boolean" => "true 或 false",
        "array" => "列表",
        "object" => "表",
        _ => "空值",
    }
}

fn type_word_en(name: &str) -> &'static str {
    match name {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "decimal" => "a decimal",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a table",
        _ => "nothing",
    }
}
