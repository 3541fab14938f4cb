//! Tables that go three ways: to the terminal for a reader, to CSV and XLSX for other programs.
//!
//! Cells keep their kind until they are written: an amount is 万元 on the terminal and yuan with fen in a file. A table
//! made from synthetic evidence says so in every form: above it on the terminal, in a column of its own in files.

mod files;

use std::io::Write;

use linghang_core::number::grouped;
use linghang_core::{Bilingual, Fen, Lang};

pub(crate) use files::write_files;

use super::amount;
use super::table::{Align, Table};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text; empty where there is nothing to say.
    Text(String),
    /// A whole number.
    Count(u64),
    /// An amount.
    Money(Fen),
    /// A measured number, written with three decimals.
    Number(f64),
}

impl Cell {
    /// An empty cell.
    pub(crate) const fn empty() -> Self {
        Self::Text(String::new())
    }

    /// A text in the language of the run.
    pub(crate) fn say(text: &Bilingual, lang: Lang) -> Self {
        Self::Text(text.get(lang).to_owned())
    }

    /// An amount, or nothing.
    pub(crate) fn money(amount: Option<Fen>) -> Self {
        amount.map_or_else(Self::empty, Self::Money)
    }

    /// A count, or nothing.
    pub(crate) fn count(count: Option<u64>) -> Self {
        count.map_or_else(Self::empty, Self::Count)
    }

    fn on_screen(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => grouped(*count),
            Self::Money(fen) => amount::short(*fen, lang),
            Self::Number(number) => format!("{number:.3}"),
        }
    }
}

/// A table with its name.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Name in files: lower-case, with `-`.
    pub(crate) name: &'static str,
    /// Title for a reader.
    pub(crate) title: String,
    head: Vec<(String, Align)>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Makes an empty table.
    pub(crate) fn new(
        name: &'static str,
        title: String,
        head: impl IntoIterator<Item = (String, Align)>,
    ) -> Self {
        Self { name, title, head: head.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row; it has a cell for each column.
    pub(crate) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Writes the table for a reader, its title above it; nothing when it has no rows.
    pub(crate) fn print(&self, lang: Lang, output: &mut impl Write) -> std::io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(self.head.iter().cloned());
        for row in &self.rows {
            table.push(row.iter().map(|cell| cell.on_screen(lang)).collect());
        }
        writeln!(output, "{}\n", self.title)?;
        table.write(output)?;
        writeln!(output)
    }
}
