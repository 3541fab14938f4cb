//! The mapping file of the generic formats: which column becomes which field of a document.
//!
//! ```toml
//! kind = "policy"              # paper, patent, news, policy, project
//! id_scheme = "gz-policy"      # ids become gz-policy:…
//! date_format = "%Y年%m月%d日"  # only where dates are not ISO
//! list_separator = ";"         # inside fields; default ;
//! delimiter = ","              # only where it is not to be detected
//! sheet = "Sheet1"             # workbooks; default the first
//! class_scheme = "keyword"     # default keyword
//! language = "zh"              # fixed for all records; default detected
//!
//! [columns]                    # title and date must be there
//! title = "标题"
//! date = "发布日期"
//! organisations = "发文机关"
//! ```
//!
//! A column of JSON Lines may be a path such as `meta.title`. Unknown keys are errors, all of them reported at once.

use std::path::Path;

use linghang_core::{Bilingual, Diagnostic};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::Kind;
use crate::error::{At as _, EvidenceError};

/// Fields of a document that a column can fill, with those that hold lists.
pub(crate) const FIELDS: [&str; 15] = [
    "id",
    "title",
    "abstract",
    "claim",
    "language",
    "date",
    "updated",
    "classes",
    "authors",
    "applicants",
    "inventors",
    "organisations",
    "funders",
    "places",
    "cites",
];

const SETTINGS: [&str; 9] = [
    "kind",
    "id_scheme",
    "date_format",
    "list_separator",
    "delimiter",
    "sheet",
    "class_scheme",
    "language",
    "columns",
];

/// Which column becomes which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Name of the mapping file without its folder.
    pub name: String,
    /// Hash of the mapping file.
    pub blake3: String,
    /// What all records are.
    pub kind: Kind,
    /// Scheme of the ids.
    pub id_scheme: String,
    /// Format of the dates, where it is not ISO.
    pub date_format: Option<String>,
    /// What separates the items of a list.
    pub list_separator: String,
    /// What separates fields, where it is not to be detected.
    pub delimiter: Option<u8>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Scheme of the classes.
    pub class_scheme: String,
    /// Language of all records.
    pub language: Option<String>,
    /// Column of each field, in the order of the file.
    columns: Vec<(String, String)>,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// When it cannot be read; or all its problems with their lines.
    pub fn read(path: &Path) -> Result<Self, EvidenceError> {
        let text = std::fs::read_to_string(path).at(path)?;
        Self::parse(&text, path)
    }

    /// Reads the text of a mapping file.
    ///
    /// # Errors
    ///
    /// All its problems with their lines.
    pub fn parse(text: &str, path: &Path) -> Result<Self, EvidenceError> {
        Checker::check(text, path, Checker::mapping)
    }

    /// Returns the column that fills a field.
    pub fn column(&self, field: &str) -> Option<&str> {
        self.columns.iter().find(|(known, _)| known == field).map(|(_, column)| column.as_str())
    }
}

/// Collects all problems of a mapping file. Mappings of documents and of lists of enterprises share it.
pub(crate) struct Checker<'a> {
    text: &'a str,
    path: &'a Path,
    problems: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// Reads a mapping with `read`; its result counts only when no problem was found.
    pub(crate) fn check<T>(
        text: &'a str,
        path: &'a Path,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Result<T, EvidenceError> {
        let mut checker = Self { text, path, problems: Vec::new() };
        match read(&mut checker) {
            Some(mapping) if checker.problems.is_empty() => Ok(mapping),
            _ => {
                linghang_core::diagnostic::sort(&mut checker.problems);
                Err(EvidenceError::Mapping { path: path.to_owned(), problems: checker.problems })
            }
        }
    }

    /// Returns the name of the mapping file without its folder, and the hash of its text.
    pub(crate) fn identity(&self) -> (String, String) {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        (name.unwrap_or_default(), blake3::hash(self.text.as_bytes()).to_hex().to_string())
    }

    /// Parses the text as TOML; a fault of syntax is a problem.
    pub(crate) fn table(&mut self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let what = error.message().to_owned();
                self.problem(
                    "evidence.mapping_syntax",
                    start,
                    format!("不是有效的 TOML：{what}"),
                    format!("not valid TOML: {what}"),
                );
                None
            }
        }
    }

    fn mapping(&mut self) -> Option<Mapping> {
        let table = self.table()?;
        self.known_keys(&table, &SETTINGS);
        let (name, blake3) = self.identity();
        let columns = self.columns(&table);
        let kind = self.text_of(&table, "kind");
        let kind = match kind.as_deref().map(str::parse::<Kind>) {
            Some(Ok(kind)) => Some(kind),
            Some(Err(message)) => {
                self.problem(
                    "evidence.mapping_value",
                    0,
                    format!("kind 的值有误：{message}"),
                    format!("kind: {message}"),
                );
                None
            }
            None => self.missing("kind"),
        };
        let id_scheme = self.text_of(&table, "id_scheme").or_else(|| self.missing("id_scheme"));
        let delimiter = self.text_of(&table, "delimiter").and_then(|text| self.delimiter(&text));
        Some(Mapping {
            name,
            blake3,
            kind: kind?,
            id_scheme: self.scheme("id_scheme", id_scheme?)?,
            date_format: self.text_of(&table, "date_format"),
            list_separator: self
                .text_of(&table, "list_separator")
                .unwrap_or_else(|| ";".to_owned()),
            delimiter,
            sheet: self.text_of(&table, "sheet"),
            class_scheme: self
                .text_of(&table, "class_scheme")
                .unwrap_or_else(|| "keyword".to_owned()),
            language: self.text_of(&table, "language"),
            columns: columns?,
        })
    }

    fn columns(&mut self, table: &DeTable<'_>) -> Option<Vec<(String, String)>> {
        let Some(DeValue::Table(columns)) = table.get("columns").map(Spanned::get_ref) else {
            return self.missing("columns");
        };
        self.known_keys(columns, &FIELDS);
        let mut found = Vec::new();
        for field in FIELDS {
            if let Some(column) = self.text_of(columns, field) {
                found.push((field.to_owned(), column));
            }
        }
        for field in ["title", "date"] {
            if !columns.contains_key(field) {
                self.missing::<()>(&format!("columns.{field}"));
            }
        }
        Some(found)
    }

    pub(crate) fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let nearest = known
                .iter()
                .map(|known| (strsim::damerau_levenshtein(known, name), *known))
                .min()
                .filter(|(distance, _)| *distance <= 3)
                .map_or_else(|| known.join(", "), |(_, nearest)| nearest.to_owned());
            let finding = self
                .finding(
                    "evidence.mapping_key",
                    key.span().start,
                    format!("未知的键 `{name}`"),
                    format!("unknown key `{name}`"),
                )
                .with_hint(Bilingual::new(
                    format!("是否想写 `{nearest}`？"),
                    format!("did you mean `{nearest}`?"),
                ));
            self.problems.push(finding);
        }
    }

    pub(crate) fn text_of(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        if let DeValue::String(text) = value.get_ref()
            && !text.is_empty()
        {
            return Some(text.to_string());
        }
        self.problem(
            "evidence.mapping_value",
            value.span().start,
            format!("`{key}` 应为非空文本"),
            format!("`{key}` must be a text that is not empty"),
        );
        None
    }

    pub(crate) fn delimiter(&mut self, text: &str) -> Option<u8> {
        if let [byte] = text.as_bytes()
            && byte.is_ascii()
            && !b"\"\n\r".contains(byte)
        {
            return Some(*byte);
        }
        let zh = format!("delimiter `{text}` 应为一个 ASCII 字符");
        self.problem(
            "evidence.mapping_value",
            0,
            zh,
            format!("delimiter `{text}` must be one ASCII character"),
        );
        None
    }

    pub(crate) fn scheme(&mut self, key: &str, scheme: String) -> Option<String> {
        let is_plain = scheme
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_plain {
            return Some(scheme);
        }
        self.problem(
            "evidence.mapping_value",
            0,
            format!("`{key}` 只能含小写字母、数字和连字符"),
            format!("`{key}` may only have lower-case letters, digits and hyphens"),
        );
        None
    }

    pub(crate) fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.problem(
            "evidence.mapping_missing",
            0,
            format!("缺少 `{key}`"),
            format!("`{key}` is missing"),
        );
        None
    }

    pub(crate) fn problem(&mut self, code: &'static str, start: usize, zh: String, en: String) {
        let finding = self.finding(code, start, zh, en);
        self.problems.push(finding);
    }

    fn finding(&self, code: &'static str, start: usize, zh: String, en: String) -> Diagnostic {
        let before = self.text.as_bytes().iter().take(start).filter(|byte| **byte == b'\n').count();
        let name = self.path.file_name().map_or_else(Default::default, std::path::PathBuf::from);
        Diagnostic::error(code, Bilingual { zh, en }).at(name, Some(before as u64 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match Mapping::parse(text, Path::new("m.toml")) {
            Ok(mapping) => format!("{} {}", mapping.kind, mapping.id_scheme),
            Err(error) => {
                error.diagnostics().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
            }
        }
    }

    #[test]
    fn a_complete_mapping_is_read() {
        let text = "kind = \"news\"\nid_scheme = \"daily\"\n[columns]\ntitle = \"标题\"\ndate = \"日期\"\n";
        assert_eq!(check(text), "news daily");
    }

    #[test]
    fn all_problems_are_told_at_once_with_their_lines() {
        insta::assert_snapshot!(check("kind = \"nwes\"\nid_shceme = \"x\"\n[columns]\ntitel = \"a\"\ndate = 3\n"), @r"
        m.toml:1: error[evidence.mapping_missing]: `columns.title` is missing
        m.toml:1: error[evidence.mapping_missing]: `id_scheme` is missing
        m.toml:1: error[evidence.mapping_value]: kind: `nwes` is none of paper, patent, news, policy, project
        m.toml:2: error[evidence.mapping_key]: unknown key `id_shceme`
          hint: did you mean `id_scheme`?
        m.toml:4: error[evidence.mapping_key]: unknown key `titel`
          hint: did you mean `title`?
        m.toml:5: error[evidence.mapping_value]: `date` must be a text that is not empty
        ");
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert!(
            check("kind = \"news\"\n[columns\n")
                .starts_with("m.toml:2: error[evidence.mapping_syntax]")
        );
    }
}
