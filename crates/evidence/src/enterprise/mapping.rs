//! The mapping file of a list about enterprises: which column becomes which field of which table.
//!
//! ```toml
//! table = "enterprises"             # enterprises, enterprise-years, deals, payments
//! source = "示例市工业局"             # who published the list; written into every row
//! # id_scheme = "yc"                # with columns.id: ids become yc:…
//! # header_row = 3                  # default: the first of 20 rows that has all the columns
//! # date_format = "%d-%m-%Y"        # only where dates are not in a usual form
//! # list_separator = ";"            # inside fields; default ; and ；
//! # wrong_code = "leave-out"        # default reject: what becomes of a row whose credit code is wrong
//! # delimiter = ","  sheet = "名单"
//!
//! [columns]                         # at least one of id, code, name
//! name = "企业名称"
//! code = "统一社会信用代码"
//! registered_capital = { column = "注册资本", unit = "万元" }
//!
//! [fixed]                           # the same for all rows
//! district = "north-shore"
//!
//! [values.size]                     # other words for a value
//! "规上大型" = "large"
//!
//! [[qualification]]                 # only for enterprises
//! id = "specialised"                # or id_column, with [values.qualification]
//! year = "认定年度"                  # also granted, until; when = a column of yes and no
//!
//! [extra.export_value]              # a typed column that the table does not have
//! column = "出口额"
//! kind = "money"
//! unit = "万元"
//! ```

use std::path::Path;

use arrow_schema::Field;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::columns::{self, ColumnSpec, Kind, Table};
use crate::error::{At as _, EvidenceError};
use crate::readers::Checker;

const SETTINGS: [&str; 15] = [
    "table",
    "source",
    "id_scheme",
    "header_row",
    "date_format",
    "list_separator",
    "wrong_code",
    "delimiter",
    "sheet",
    "currency",
    "columns",
    "fixed",
    "values",
    "qualification",
    "extra",
];

/// Columns that are computed and that no list fills.
const COMPUTED: [&str; 5] =
    ["enterprise", "name_key", "founded_precision", "date_precision", "qualifications"];

/// What names an enterprise in a list of any table.
const IDENTITY: [&str; 3] = ["id", "code", "name"];

/// A column of a list with the unit of its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Name in the header.
    pub(crate) column: String,
    /// Unit of numbers that have none of their own, as lists write it (`万元`, `%`).
    pub(crate) unit: String,
}

/// Where a list says which titles an enterprise holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TitleCells {
    /// Id of the title, the same for all rows.
    pub(crate) id: Option<String>,
    /// Column with the title.
    pub(crate) id_column: Option<String>,
    /// Column of yes and no; only rows with yes hold the title.
    pub(crate) when: Option<String>,
    /// Column with the day of granting.
    pub(crate) granted: Option<String>,
    /// Column with the year of granting.
    pub(crate) year: Option<String>,
    /// Column with the last day, or with a period.
    pub(crate) until: Option<String>,
}

/// Which column of a list becomes which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMapping {
    /// Name of the mapping file without its folder.
    pub name: String,
    /// Hash of the mapping file.
    pub blake3: String,
    /// The table that the list fills.
    pub table: Table,
    /// Who published the list.
    pub source: String,
    pub(crate) id_scheme: Option<String>,
    pub(crate) header_row: Option<usize>,
    pub(crate) date_format: Option<String>,
    pub(crate) list_separator: Option<String>,
    pub(crate) leaves_out_wrong_codes: bool,
    pub(crate) delimiter: Option<u8>,
    pub(crate) sheet: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) columns: Vec<(String, Cell)>,
    pub(crate) fixed: Vec<(String, String)>,
    pub(crate) values: Vec<(String, Vec<(String, String)>)>,
    pub(crate) titles: Vec<TitleCells>,
    pub(crate) extra: Vec<(Field, Cell)>,
}

impl ListMapping {
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
        Checker::check(text, path, read)
    }

    /// Returns the extra columns, in the order of the file.
    pub fn extra(&self) -> Vec<Field> {
        self.extra.iter().map(|(field, _)| field.clone()).collect()
    }

    /// Returns the column that fills a field.
    pub(crate) fn cell(&self, field: &str) -> Option<&Cell> {
        self.columns.iter().find(|(known, _)| known == field).map(|(_, cell)| cell)
    }

    /// Returns the value that a field has in all rows.
    pub(crate) fn fixed(&self, field: &str) -> Option<&str> {
        self.fixed.iter().find(|(known, _)| known == field).map(|(_, value)| value.as_str())
    }

    /// Returns what a list's word means in a field; the word itself where the mapping does not say.
    pub(crate) fn meaning<'a>(&'a self, field: &str, word: &'a str) -> &'a str {
        let words = self.values.iter().find(|(known, _)| known == field);
        words
            .and_then(|(_, words)| words.iter().find(|(written, _)| written == word))
            .map_or(word, |(_, meaning)| meaning)
    }
}

fn read(checker: &mut Checker<'_>) -> Option<ListMapping> {
    let top = checker.table()?;
    checker.known_keys(&top, &SETTINGS);
    let (name, blake3) = checker.identity();
    let table = one_of(checker, &top, "table", str::parse::<Table>);
    let source = checker.text_of(&top, "source").or_else(|| checker.missing("source"));
    let id_scheme = checker.text_of(&top, "id_scheme");
    let id_scheme = id_scheme.and_then(|scheme| checker.scheme("id_scheme", scheme));
    let wrong_code = checker.text_of(&top, "wrong_code");
    let leaves_out_wrong_codes = match wrong_code.as_deref() {
        None | Some("reject") => false,
        Some("leave-out") => true,
        Some(other) => {
            value_problem(checker, &format!("wrong_code `{other}`"), "reject, leave-out");
            false
        }
    };
    let delimiter = checker.text_of(&top, "delimiter").and_then(|text| checker.delimiter(&text));
    let table = table?;
    let known = fields(table);
    let columns = cells(checker, &top, &known);
    let fixed = texts(checker, &top, "fixed", &known);
    let titles = titles(checker, &top, table);
    let extra = extra(checker, &top, table);
    let mapping = ListMapping {
        name,
        blake3,
        table,
        source: source.unwrap_or_default(),
        id_scheme,
        header_row: header_row(checker, &top),
        date_format: checker.text_of(&top, "date_format"),
        list_separator: checker.text_of(&top, "list_separator"),
        leaves_out_wrong_codes,
        delimiter,
        sheet: checker.text_of(&top, "sheet"),
        currency: checker.text_of(&top, "currency"),
        columns,
        fixed,
        values: values(checker, &top, &known),
        titles,
        extra,
    };
    check_needed(checker, &mapping);
    Some(mapping)
}

/// Returns the names that `columns` and `fixed` may have.
fn fields(table: Table) -> Vec<&'static str> {
    let own = table.own_columns().iter().map(|column| column.name);
    let own = own.filter(|name| !COMPUTED.contains(name) && !IDENTITY.contains(name));
    IDENTITY.into_iter().chain(own).collect()
}

/// Names what a list of this table cannot do without.
fn check_needed(checker: &mut Checker<'_>, mapping: &ListMapping) {
    let has = |field: &str| mapping.cell(field).is_some() || mapping.fixed(field).is_some();
    let names = ["id", "code", "name", "name_zh", "name_en"];
    if !names.iter().any(|field| mapping.cell(field).is_some()) {
        checker.missing::<()>("columns.name");
    }
    if mapping.cell("id").is_some() && mapping.id_scheme.is_none() {
        checker.missing::<()>("id_scheme");
    }
    let needed = |column: &&ColumnSpec| {
        !column.nullable && column.kind != Kind::Texts && !COMPUTED.contains(&column.name)
    };
    for column in mapping.table.own_columns().iter().filter(needed) {
        if !has(column.name) {
            checker.missing::<()>(&format!("columns.{}", column.name));
        }
    }
}

fn cells(checker: &mut Checker<'_>, top: &DeTable<'_>, known: &[&str]) -> Vec<(String, Cell)> {
    let Some(columns) = sub_table(top, "columns") else {
        checker.missing::<()>("columns");
        return Vec::new();
    };
    checker.known_keys(columns, known);
    let mut found = Vec::new();
    for (key, value) in columns {
        let field = key.get_ref().to_string();
        let cell = match value.get_ref() {
            DeValue::Table(cell) => {
                checker.known_keys(cell, &["column", "unit"]);
                let column = checker.text_of(cell, "column").or_else(|| checker.missing("column"));
                let unit = checker.text_of(cell, "unit").unwrap_or_default();
                column.map(|column| Cell { column, unit })
            }
            _ => {
                checker.text_of(columns, &field).map(|column| Cell { column, unit: String::new() })
            }
        };
        found.extend(cell.map(|cell| (field, cell)));
    }
    found
}

fn texts(
    checker: &mut Checker<'_>,
    top: &DeTable<'_>,
    key: &str,
    known: &[&str],
) -> Vec<(String, String)> {
    let Some(table) = sub_table(top, key) else { return Vec::new() };
    checker.known_keys(table, known);
    let names: Vec<String> = table.keys().map(|key| key.get_ref().to_string()).collect();
    names
        .into_iter()
        .filter_map(|field| checker.text_of(table, &field).map(|text| (field, text)))
        .collect()
}

fn values(
    checker: &mut Checker<'_>,
    top: &DeTable<'_>,
    known: &[&str],
) -> Vec<(String, Vec<(String, String)>)> {
    let Some(table) = sub_table(top, "values") else { return Vec::new() };
    let known: Vec<&str> = known.iter().copied().chain(["qualification"]).collect();
    checker.known_keys(table, &known);
    let mut found = Vec::new();
    for key in table.keys() {
        let field = key.get_ref().to_string();
        let words = sub_table(table, &field).map(|words| {
            let written: Vec<String> =
                words.keys().map(|word| word.get_ref().to_string()).collect();
            let read = |word: String| checker.text_of(words, &word).map(|meaning| (word, meaning));
            written.into_iter().filter_map(read).collect()
        });
        found.extend(words.map(|words| (field, words)));
    }
    found
}

fn titles(checker: &mut Checker<'_>, top: &DeTable<'_>, table: Table) -> Vec<TitleCells> {
    let Some(list) = top.get("qualification") else { return Vec::new() };
    let DeValue::Array(list) = list.get_ref() else {
        value_problem(checker, "qualification", "[[qualification]]");
        return Vec::new();
    };
    if table != Table::Enterprises {
        value_problem(checker, "qualification", "table = \"enterprises\"");
    }
    let mut found = Vec::new();
    for entry in list {
        let DeValue::Table(entry) = entry.get_ref() else { continue };
        checker.known_keys(entry, &["id", "id_column", "when", "granted", "year", "until"]);
        let cells = TitleCells {
            id: checker.text_of(entry, "id"),
            id_column: checker.text_of(entry, "id_column"),
            when: checker.text_of(entry, "when"),
            granted: checker.text_of(entry, "granted"),
            year: checker.text_of(entry, "year"),
            until: checker.text_of(entry, "until"),
        };
        if cells.id.is_none() && cells.id_column.is_none() {
            checker.missing::<()>("qualification.id");
        }
        found.push(cells);
    }
    found
}

fn extra(checker: &mut Checker<'_>, top: &DeTable<'_>, table: Table) -> Vec<(Field, Cell)> {
    let Some(extra) = sub_table(top, "extra") else { return Vec::new() };
    let mut found = Vec::new();
    for key in extra.keys() {
        let name = key.get_ref().to_string();
        let is_plain = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_plain || table.column(&name).is_some() {
            value_problem(checker, &format!("extra.{name}"), "a new name of a-z, 0-9 and _");
        }
        let Some(entry) = sub_table(extra, &name) else { continue };
        checker.known_keys(entry, &["column", "kind", "unit", "zh", "about"]);
        let kind = one_of(checker, entry, "kind", |text| {
            let kind = text.parse::<Kind>()?;
            let is_single = !matches!(kind, Kind::Texts | Kind::Qualifications);
            is_single.then_some(kind).ok_or_else(|| format!("`{text}` holds several values"))
        });
        let column = checker.text_of(entry, "column").or_else(|| checker.missing("extra.column"));
        let unit = checker.text_of(entry, "unit").unwrap_or_default();
        let zh = checker.text_of(entry, "zh").or_else(|| column.clone()).unwrap_or_default();
        let about = checker.text_of(entry, "about").unwrap_or_default();
        if let (Some(kind), Some(column)) = (kind, column) {
            // Amounts are stored as fen whatever the list writes them in.
            let stored = if kind == Kind::Money { "fen" } else { unit.as_str() };
            let field = columns::field(&name, kind, stored, &zh, &about, true);
            found.push((field, Cell { column, unit }));
        }
    }
    found
}

fn header_row(checker: &mut Checker<'_>, top: &DeTable<'_>) -> Option<usize> {
    let value = top.get("header_row")?.get_ref();
    let row = if let DeValue::Integer(row) = value {
        usize::from_str_radix(row.as_str(), row.radix()).ok()
    } else {
        None
    };
    if row.is_none_or(|row| row == 0 || row > 10_000) {
        value_problem(checker, "header_row", "1–10000");
    }
    row
}

fn one_of<T>(
    checker: &mut Checker<'_>,
    table: &DeTable<'_>,
    key: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    if !table.contains_key(key) {
        return checker.missing(key);
    }
    match parse(&checker.text_of(table, key)?) {
        Ok(value) => Some(value),
        Err(message) => {
            checker.problem(
                "evidence.mapping_value",
                0,
                format!("{key} 的值有误：{message}"),
                format!("{key}: {message}"),
            );
            None
        }
    }
}

fn value_problem(checker: &mut Checker<'_>, what: &str, expected: &str) {
    checker.problem(
        "evidence.mapping_value",
        0,
        format!("{what} 有误，应为 {expected}"),
        format!("{what} must be {expected}"),
    );
}

fn sub_table<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    match table.get(key).map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => Some(table),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match ListMapping::parse(text, Path::new("m.toml")) {
            Ok(mapping) => format!("{} {}", mapping.table, mapping.source),
            Err(error) => {
                error.diagnostics().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
            }
        }
    }

    #[test]
    fn a_mapping_of_every_part_is_read() {
        let text = "table = \"enterprises\"\nsource = \"s\"\nheader_row = 3\n[columns]\nname = \"企业名称\"\n\
                    registered_capital = { column = \"注册资本\", unit = \"万元\" }\n[fixed]\ndistrict = \"x\"\n\
                    [values.size]\n\"甲\" = \"large\"\n[[qualification]]\nid = \"hte\"\nyear = \"年度\"\n\
                    [extra.export_value]\ncolumn = \"出口额\"\nkind = \"money\"\nunit = \"万元\"\n";
        assert_eq!(check(text), "enterprises s");
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let text = "table = \"payments\"\nwrong_code = \"x\"\n[columns]\nnaem = \"a\"\namount = 3\n\
                    [[qualification]]\nyear = \"a\"\n[extra.amount]\ncolumn = \"b\"\nkind = \"cash\"\n";
        insta::assert_snapshot!(check(text), @r#"
        m.toml:1: error[evidence.mapping_missing]: `columns.amount` is missing
        m.toml:1: error[evidence.mapping_missing]: `columns.name` is missing
        m.toml:1: error[evidence.mapping_missing]: `columns.programme` is missing
        m.toml:1: error[evidence.mapping_missing]: `qualification.id` is missing
        m.toml:1: error[evidence.mapping_missing]: `source` is missing
        m.toml:1: error[evidence.mapping_value]: extra.amount must be a new name of a-z, 0-9 and _
        m.toml:1: error[evidence.mapping_value]: kind: `cash` is none of money, count, ratio, number, date, year, bool, label, text, texts, qualifications
        m.toml:1: error[evidence.mapping_value]: qualification must be table = "enterprises"
        m.toml:1: error[evidence.mapping_value]: wrong_code `x` must be reject, leave-out
        m.toml:4: error[evidence.mapping_key]: unknown key `naem`
          hint: did you mean `name`?
        m.toml:5: error[evidence.mapping_value]: `amount` must be a text that is not empty
        "#);
    }
}
