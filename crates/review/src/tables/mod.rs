//! Every table of the report as data: one model, written as CSV and as JSON.
//!
//! Column names are stable English identifiers for programs; `tables/columns.csv` and `tables/columns.json` say in
//! both languages what each means. CSV carries a byte-order mark so that spreadsheets read the Chinese, and text that
//! a spreadsheet could take for a formula is made harmless.

mod csv_file;
mod rows;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::ReportFile;
use crate::error::ReviewError;
use crate::input::ReportInput;
use crate::words::Words;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Not known or not applicable.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A measured number; what is not finite is written as empty.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// A table: its file name, its columns, its rows.
pub(crate) struct Table {
    /// File name without ending.
    pub(crate) name: &'static str,
    /// Identifiers of the columns.
    pub(crate) columns: &'static [&'static str],
    /// One vector a row, as long as `columns`.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Makes all files below `tables/`, and the whole result as JSON.
pub(crate) fn files(
    input: &ReportInput<'_>,
    words: &Words,
) -> Result<Vec<ReportFile>, ReviewError> {
    let tables = rows::all(input);
    let mut files = Vec::new();
    for table in &tables {
        files.push(ReportFile {
            path: format!("tables/{}.csv", table.name),
            bytes: csv_file::write(table)?,
        });
        files.push(json_file(format!("tables/{}.json", table.name), &as_json(table, input))?);
    }
    let columns = columns(&tables, words);
    files.push(ReportFile {
        path: "tables/columns.csv".to_owned(),
        bytes: csv_file::write(&columns)?,
    });
    files.push(json_file("tables/columns.json".to_owned(), &as_json(&columns, input))?);
    files.push(json_file("scan.json".to_owned(), input.scan)?);
    if let Some(backtest) = input.backtest {
        files.push(json_file("backtest.json".to_owned(), backtest)?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn json_file(path: String, value: &impl Serialize) -> Result<ReportFile, ReviewError> {
    match serde_json::to_vec_pretty(value) {
        Ok(bytes) => Ok(ReportFile { path, bytes }),
        Err(source) => Err(ReviewError::Json { file: path, source }),
    }
}

fn as_json(table: &Table, input: &ReportInput<'_>) -> Value {
    let row = |cells: &Vec<Cell>| {
        let pairs = table
            .columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| ((*column).to_owned(), value(cell)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    };
    json!({
        "table": table.name,
        "is_synthetic": !input.synthetic_evidence.is_empty(),
        "provenance": input.scan.provenance,
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Integer(number) => Value::from(*number),
        // A number that is not finite becomes null.
        Cell::Number(number) => Value::from(*number),
        Cell::Flag(flag) => Value::from(*flag),
    }
}

/// Explains every column of every table in both languages.
fn columns(tables: &[Table], words: &Words) -> Table {
    let mut rows = Vec::new();
    for table in tables {
        for column in table.columns {
            let meaning = words.code("column", column);
            rows.push(vec![
                Cell::Text(table.name.to_owned()),
                Cell::Text((*column).to_owned()),
                Cell::Text(meaning.zh),
                Cell::Text(meaning.en),
            ]);
        }
    }
    Table { name: "columns", columns: &["table", "column", "zh", "en"], rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_explained_in_both_languages() {
        let words = Words::load().expect("the texts that ship");
        for column in rows::all_columns() {
            let meaning = words.code("column", column);
            assert_ne!(meaning.zh, column, "column-{column} has no Chinese");
            assert_ne!(meaning.en, column, "column-{column} has no English");
        }
    }
}
