//! What `linghang evidence` does with the tables about enterprises.

use std::io::{Write as _, stdout};

use chrono::NaiveDate;
use linghang_core::{Fen, Lang, number::grouped};
use linghang_evidence::enterprise::{Kind, ListFormat, ListMapping, ListOptions, Table};
use linghang_evidence::store::{Manifest, ShownEnterprise};
use linghang_evidence::{EvidenceError, Format, Store};
use serde_json::Value;

use super::print_json;
use crate::args::ImportArgs;
use crate::failure::Failure;
use crate::output::table::{Align, Table as Sheet};
use crate::session::Session;

/// Makes the options of an import of lists from the arguments.
pub(super) fn list_options(
    arguments: &ImportArgs,
    table: Table,
    retrieved: NaiveDate,
) -> Result<ListOptions, Failure> {
    let format = match arguments.format {
        Format::Csv => ListFormat::Csv,
        Format::Xlsx => ListFormat::Xlsx,
        _ => {
            return Err(Failure::usage(
                "cli.list_format",
                "企业类表只能从 csv 或 xlsx 导入",
                "tables about enterprises are imported from csv or xlsx only",
            ));
        }
    };
    let Some(path) = &arguments.mapping else {
        return Err(EvidenceError::MappingNeeded(format.as_str()).into());
    };
    let mapping = ListMapping::read(path)?;
    if mapping.table != table {
        return Err(Failure::usage(
            "cli.list_table",
            "--table 与映射文件中的 table 不一致",
            "--table is not the table that the mapping names",
        ));
    }
    Ok(ListOptions::new(format, retrieved, mapping))
}

/// Returns the snapshots of all tables about enterprises.
pub(super) fn snapshots(store: &Store) -> Result<Vec<Manifest>, EvidenceError> {
    let mut found = Vec::new();
    for table in Table::ALL {
        found.extend(store.table_snapshots(*table)?);
    }
    Ok(found)
}

/// Prints the snapshots of the tables about enterprises.
pub(super) fn list(session: &Session, manifests: &[Manifest]) -> Result<(), Failure> {
    if manifests.is_empty() {
        return Ok(());
    }
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut sheet = Sheet::new([
        head("head-snapshot", Align::Left),
        head("head-table", Align::Left),
        head("head-source", Align::Left),
        head("head-rows", Align::Right),
        head("head-rejected", Align::Right),
    ]);
    for manifest in manifests {
        let source = match manifest.source.as_deref() {
            Some(linghang_synth::SOURCE) => session.text("synthetic", &[]),
            source => source.unwrap_or_default().to_owned(),
        };
        sheet.push(vec![
            manifest.id.clone(),
            manifest.table.map(|table| table.to_string()).unwrap_or_default(),
            source,
            grouped(manifest.counts.kept),
            grouped(manifest.counts.rejected),
        ]);
    }
    sheet.write(&mut stdout().lock())?;
    Ok(())
}

/// Prints everything about some enterprises.
pub(super) fn show(session: &Session, enterprises: &[ShownEnterprise]) -> Result<(), Failure> {
    if session.is_json {
        return print_json(&enterprises);
    }
    let mut output = stdout().lock();
    for enterprise in enterprises {
        writeln!(output, "{}", enterprise.enterprise)?;
        let is_made_up =
            enterprise.tables.iter().flat_map(|shown| &shown.rows).any(|row| {
                row.get("source").and_then(Value::as_str) == Some(linghang_synth::SOURCE)
            });
        if is_made_up {
            writeln!(output, "{}", session.text("synthetic", &[]))?;
        }
        for shown in &enterprise.tables {
            let title = session.text(&format!("table-{}", shown.table), &[]);
            writeln!(output, "\n{title}")?;
            for row in &shown.rows {
                for (column, value) in row {
                    let value = plain(session, shown.table, column, value);
                    match shown.table.column(column) {
                        Some(spec) if session.lang == Lang::Zh => {
                            writeln!(output, "  {}：{value}", spec.zh)?;
                        }
                        _ => writeln!(output, "  {column:<22} {value}")?,
                    }
                }
                writeln!(output)?;
            }
        }
    }
    Ok(())
}

/// Writes a value for a reader: money in yuan, texts without quotes.
fn plain(session: &Session, table: Table, column: &str, value: &Value) -> String {
    let spec = table.column(column);
    let is_fen = spec.is_some_and(|spec| spec.kind == Kind::Money && spec.unit == "fen");
    match value {
        Value::Number(number) if is_fen => {
            number.as_i64().map_or_else(String::new, |fen| Fen(fen).display(session.lang))
        }
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(title).collect();
            items.join("; ")
        }
        other => other.to_string(),
    }
}

/// Writes a text of a list, or a qualification with its days.
fn title(item: &Value) -> String {
    let Some(title) = item.as_object() else {
        return item.as_str().unwrap_or_default().to_owned();
    };
    let part = |name: &str| title.get(name).and_then(Value::as_str).map(str::to_owned);
    let year = title.get("granted_year").and_then(Value::as_i64).map(|year| year.to_string());
    let from = part("granted").or(year).unwrap_or_default();
    let until = part("valid_until").map(|day| format!(" – {day}")).unwrap_or_default();
    format!("{} ({from}{until})", part("id").unwrap_or_default())
}
