//! A record that could not become a document, and why.

use linghang_core::Bilingual;

/// Longest excerpt of the raw record that a reject keeps, in bytes.
pub const EXCERPT_LIMIT: usize = 2048;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A field that every document needs is empty or absent.
    Missing(&'static str),
    /// A date cannot be read.
    BadDate(String),
    /// A date is before 1600 or more than a year after the day of retrieval.
    DateOutOfRange(String),
    /// A delimited record has another number of fields than the header.
    FieldCount {
        /// Fields of the header.
        expected: usize,
        /// Fields of the record.
        found: usize,
    },
    /// A record is longer than the record limit.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The bytes are not text in the file's encoding.
    Encoding(&'static str),
    /// The record has NUL bytes.
    Nul,
    /// A line is not the JSON object it should be.
    Json(String),
    /// A BibTeX entry cannot be read.
    Bibtex(String),
    /// A tagged record has no end, or a line outside any record.
    Tagged(String),
    /// A value is none of those the field can have.
    Value {
        /// Field of the document.
        field: String,
        /// The value as written.
        value: String,
    },
    /// A credit code is wrong.
    CreditCode {
        /// The code as written.
        value: String,
        /// What is wrong and what was expected.
        reason: Box<Bilingual>,
    },
    /// The archive broke off here; only with "keep what was readable".
    Truncated(String),
}

impl Problem {
    /// Stable code; never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "evidence.missing_field",
            Self::BadDate(_) => "evidence.bad_date",
            Self::DateOutOfRange(_) => "evidence.date_out_of_range",
            Self::FieldCount { .. } => "evidence.field_count",
            Self::TooLong { .. } => "evidence.record_too_long",
            Self::Encoding(_) => "evidence.encoding",
            Self::Nul => "evidence.nul_byte",
            Self::Json(_) => "evidence.bad_json",
            Self::Bibtex(_) => "evidence.bad_bibtex",
            Self::Tagged(_) => "evidence.bad_tagged",
            Self::Value { .. } => "evidence.bad_value",
            Self::CreditCode { .. } => "evidence.bad_credit_code",
            Self::Truncated(_) => "evidence.truncated",
        }
    }

    /// Says what was found and what was expected, in both languages.
    pub fn reason(&self) -> Bilingual {
        match self {
            Self::Missing(field) => {
                both(format!("缺少字段 {field}"), format!("field {field} is missing or empty"))
            }
            Self::BadDate(text) => {
                both(format!("无法识别日期“{text}”"), format!("`{text}` is not a date"))
            }
            Self::DateOutOfRange(text) => both(
                format!("日期 {text} 早于 1600 年，或晚于获取日一年以上"),
                format!(
                    "date {text} is before 1600 or more than a year after the day of retrieval"
                ),
            ),
            Self::FieldCount { expected, found } => both(
                format!("应有 {expected} 个字段，实有 {found} 个；引号可能未闭合"),
                format!("expected {expected} fields, found {found}; a quote may not be closed"),
            ),
            Self::TooLong { limit } => both(
                format!("记录超过 {limit} 字节上限；引号可能未闭合"),
                format!(
                    "the record is longer than the limit of {limit} bytes; a quote may not be closed"
                ),
            ),
            Self::Encoding(encoding) => both(
                format!("内容不是有效的 {encoding} 文本"),
                format!("the bytes are not valid {encoding}"),
            ),
            Self::Nul => both("含有空字节（NUL）".into(), "the record has NUL bytes".into()),
            Self::Json(what) => {
                both(format!("不是有效的 JSON 记录：{what}"), format!("not a JSON record: {what}"))
            }
            Self::Bibtex(what) => both(
                format!("无法读取 BibTeX 条目：{what}"),
                format!("the BibTeX entry cannot be read: {what}"),
            ),
            Self::Tagged(what) => both(
                format!("标签格式记录有误：{what}"),
                format!("the tagged record is broken: {what}"),
            ),
            Self::Value { field, value } => both(
                format!("字段 {field} 的值“{value}”无法识别"),
                format!("`{value}` is not a value that field {field} can have"),
            ),
            Self::CreditCode { value, reason } => both(
                format!("统一社会信用代码“{value}”有误：{}", reason.zh),
                format!("credit code `{value}` is wrong: {}", reason.en),
            ),
            Self::Truncated(what) => {
                both(format!("文件在此处中断：{what}"), format!("the file breaks off here: {what}"))
            }
        }
    }
}

/// Names in a few words what a code of a reject means.
pub fn code_text(code: &str) -> Bilingual {
    let (zh, en) = match code {
        "evidence.missing_field" => ("缺少必需的字段", "a needed field is missing"),
        "evidence.bad_date" => ("日期无法识别", "not a date"),
        "evidence.date_out_of_range" => ("日期超出范围", "date out of range"),
        "evidence.field_count" => ("字段数与表头不符", "another number of fields than the header"),
        "evidence.record_too_long" => ("记录过长", "the record is too long"),
        "evidence.encoding" => ("编码有误", "not text in the encoding of the file"),
        "evidence.nul_byte" => ("含有空字节", "NUL bytes"),
        "evidence.bad_json" => ("不是有效的 JSON", "not JSON"),
        "evidence.bad_bibtex" => ("BibTeX 条目有误", "a broken BibTeX entry"),
        "evidence.bad_tagged" => ("标签格式有误", "a broken tagged record"),
        "evidence.bad_value" => ("字段的值无法识别", "a value that the field cannot have"),
        "evidence.bad_credit_code" => ("统一社会信用代码有误", "a wrong credit code"),
        "evidence.truncated" => ("文件中断", "the file breaks off"),
        other => (other, other),
    };
    Bilingual::new(zh, en)
}

fn both(zh: String, en: String) -> Bilingual {
    Bilingual { zh, en }
}

/// One refused record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Name of the file, without its folder.
    pub file: String,
    /// Record number, counted from 1 without the header.
    pub record: u64,
    /// Line on which the record starts; 0 where the format has no lines.
    pub line: u64,
    /// Why.
    pub problem: Problem,
    /// The record as read, at most [`EXCERPT_LIMIT`] bytes.
    pub raw: String,
}

/// Cuts bytes to the excerpt that a reject keeps; what is not UTF-8 is shown with replacement characters.
pub fn excerpt(raw: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&raw[..raw.len().min(EXCERPT_LIMIT)]).into_owned();
    while text.len() > EXCERPT_LIMIT {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_problem_is_named_in_both_languages() {
        let source = include_str!("reject.rs");
        let codes =
            source.split_once("fn code(").and_then(|(_, rest)| rest.split_once("fn reason("));
        let codes = codes.map_or("", |(body, _)| body).split('"');
        let codes: Vec<&str> = codes.filter(|text| text.starts_with("evidence.")).collect();
        assert_eq!(codes.len(), 13, "{codes:?}");
        for code in codes {
            let text = code_text(code);
            let is_chinese =
                |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(is_chinese(&text.zh) && !text.zh.contains("evidence."), "{code}: {}", text.zh);
            assert!(!text.en.is_empty() && text.en.is_ascii(), "{code}: {}", text.en);
            assert_ne!(text.en, code);
        }
    }

    #[test]
    fn an_excerpt_never_exceeds_its_limit_even_with_replacement_characters() {
        assert!(excerpt(&vec![0xff; 10_000]).len() <= EXCERPT_LIMIT);
        assert_eq!(excerpt("短".as_bytes()), "短");
    }
}
