//! Tables on a terminal, with columns that line up for Chinese and Latin text alike.

use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A table with a head.
#[derive(Debug)]
pub(crate) struct Table {
    head: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Makes an empty table.
    pub(crate) fn new(head: impl IntoIterator<Item = (String, Align)>) -> Self {
        Self { head: head.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty.
    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Writes the table.
    pub(crate) fn write(&self, output: &mut impl Write) -> std::io::Result<()> {
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| {
                let cells =
                    self.rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.width()));
                cells.chain([self.head[column].0.width()]).max().unwrap_or(0)
            })
            .collect();
        let head: Vec<&str> = self.head.iter().map(|(name, _)| name.as_str()).collect();
        self.write_row(&head, &widths, output)?;
        writeln!(
            output,
            "{}",
            "─".repeat(widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1))
        )?;
        for row in &self.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            self.write_row(&cells, &widths, output)?;
        }
        Ok(())
    }

    fn write_row(
        &self,
        cells: &[&str],
        widths: &[usize],
        output: &mut impl Write,
    ) -> std::io::Result<()> {
        let mut line = String::new();
        for (column, width) in widths.iter().enumerate() {
            let cell = cells.get(column).copied().unwrap_or("");
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            if column > 0 {
                line.push_str("  ");
            }
            match self.head[column].1 {
                Align::Left => line.extend([cell, &gap]),
                Align::Right => line.extend([&gap, cell]),
            }
        }
        writeln!(output, "{}", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_for_both_scripts() {
        let mut table =
            Table::new([("词".to_owned(), Align::Left), ("n".to_owned(), Align::Right)]);
        table.push(vec!["具身智能".to_owned(), "7".to_owned()]);
        table.push(vec!["uav".to_owned(), "120".to_owned()]);
        let mut output = Vec::new();
        table.write(&mut output).expect("memory can be written");
        insta::assert_snapshot!(String::from_utf8_lossy(&output), @r"
        词          n
        ─────────────
        具身智能    7
        uav       120
        ");
    }
}
