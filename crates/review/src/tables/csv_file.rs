//! CSV for spreadsheets: byte-order mark, CRLF-free records, no text that could run as a formula.

use super::{Cell, Table};
use crate::error::ReviewError;

/// UTF-8 byte-order mark; without it a Chinese spreadsheet program reads the file as GBK.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes a table.
pub(super) fn write(table: &Table) -> Result<Vec<u8>, ReviewError> {
    let fail = |source| ReviewError::Csv { table: table.name, source };
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    writer.write_record(table.columns).map_err(fail)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text)).map_err(fail)?;
    }
    writer.into_inner().map_err(|error| fail(error.into_error().into()))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) if number.is_finite() => number.to_string(),
        Cell::Empty | Cell::Number(_) => String::new(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

/// Puts an apostrophe before text that a spreadsheet would take for a formula, full-width forms included.
fn harmless(text: &str) -> String {
    let is_formula = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: Cell) -> String {
        let table = Table { name: "test", columns: &["a"], rows: vec![vec![cell]] };
        let bytes = write(&table).expect("a table of one cell");
        assert!(bytes.starts_with(MARK));
        let text = String::from_utf8(bytes[MARK.len()..].to_vec()).expect("UTF-8");
        text.strip_prefix("a\n").expect("the heading").trim_end().to_owned()
    }

    #[test]
    fn text_never_runs_as_a_formula() {
        for (given, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1", "'+1"),
            ("-x", "'-x"),
            ("@sum(a)", "'@sum(a)"),
            ("＝1", "'＝1"),
            ("5g, 6g", "\"5g, 6g\""),
            ("具身智能", "具身智能"),
        ] {
            assert_eq!(check(Cell::Text(given.to_owned())), written);
        }
    }

    #[test]
    fn negative_numbers_stay_numbers_and_odd_ones_are_empty() {
        assert_eq!(check(Cell::Number(-0.5)), "-0.5");
        assert_eq!(check(Cell::Number(f64::NAN)), "\"\"");
    }
}
