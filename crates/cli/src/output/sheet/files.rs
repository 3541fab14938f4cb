//! Tables as CSV and XLSX. Amounts are yuan with two decimals; the same tables give the same bytes.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use linghang_core::{Bilingual, Diagnostic, Lang};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Sheet};
use crate::failure::{Exit, Failure};
use crate::output::amount;

/// Rows of an Excel sheet below its head.
const XLSX_ROWS: usize = 1_048_575;

/// Writes tables into the files that are asked for and returns what was written.
///
/// Several tables go to several CSV files: the first has the given name, each other one the same with its own name
/// behind it. `label` fills a last column when the tables are made from synthetic evidence.
pub(crate) fn write_files(
    sheets: &[Sheet],
    label: Option<&(String, String)>,
    csv: Option<&Path>,
    xlsx: Option<&Path>,
    lang: Lang,
) -> Result<Vec<PathBuf>, Failure> {
    let mut written = Vec::new();
    if let Some(path) = csv {
        for (place, sheet) in sheets.iter().enumerate() {
            let path = if place == 0 { path.to_owned() } else { beside(path, sheet.name) };
            write_csv(sheet, label, &path, lang)?;
            written.push(path);
        }
    }
    if let Some(path) = xlsx {
        write_xlsx(sheets, label, path).map_err(|error| refusal(path, &error))?;
        written.push(path.to_owned());
    }
    Ok(written)
}

/// `a/run.csv` and `pools` give `a/run-pools.csv`.
fn beside(path: &Path, name: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|extension| extension.to_string_lossy());
    let extension = extension.map(|text| format!(".{text}")).unwrap_or_default();
    path.with_file_name(format!("{stem}-{name}{extension}"))
}

fn write_csv(
    sheet: &Sheet,
    label: Option<&(String, String)>,
    path: &Path,
    lang: Lang,
) -> Result<(), Failure> {
    let mut file = File::create(path)?;
    if lang == Lang::Zh {
        // Spreadsheet programs take a file without this mark for the local encoding and garble Chinese.
        file.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::Writer::from_writer(std::io::BufWriter::new(file));
    let failed = |error: csv::Error| Failure::from(std::io::Error::other(error));
    let head = sheet.head.iter().map(|(name, _)| name.as_str());
    let label_head = label.map(|(head, _)| head.as_str());
    writer.write_record(head.chain(label_head)).map_err(failed)?;
    for row in &sheet.rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.to_string(),
            Cell::Money(fen) => amount::plain(*fen),
            Cell::Number(number) => number.to_string(),
        });
        let said = label.map(|(_, text)| text.clone());
        writer.write_record(cells.chain(said)).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

fn write_xlsx(
    sheets: &[Sheet],
    label: Option<&(String, String)>,
    path: &Path,
) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing is no part of the result.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet, label)?;
    }
    workbook.save(path)
}

fn fill(
    page: &mut Worksheet,
    sheet: &Sheet,
    label: Option<&(String, String)>,
) -> Result<(), XlsxError> {
    let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    page.set_name(sheet.name)?;
    page.set_freeze_panes(1, 0)?;
    let head = sheet.head.iter().map(|(name, _)| name).chain(label.map(|(head, _)| head));
    for (column, name) in (0..).zip(head) {
        page.write_with_format(0, column, name, &bold)?;
    }
    for (place, row) in (1..).zip(sheet.rows.iter().take(XLSX_ROWS)) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    page.write(place, column, text)?;
                }
                Cell::Count(count) => {
                    page.write(place, column, *count as f64)?;
                }
                Cell::Money(fen) => {
                    page.write_with_format(place, column, fen.0 as f64 / 100.0, &money)?;
                }
                Cell::Number(number) => {
                    page.write(place, column, *number)?;
                }
            }
        }
        if let Some((_, text)) = label {
            page.write(place, row.len() as u16, text)?;
        }
    }
    page.autofit();
    Ok(())
}

fn refusal(path: &Path, error: &XlsxError) -> Failure {
    let place = path.display();
    let message = Bilingual::new(
        format!("无法写出 {place}：{error}"),
        format!("{place} could not be written: {error}"),
    );
    Failure { exit: Exit::Environment, findings: vec![Diagnostic::error("cli.xlsx", message)] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::Align;
    use linghang_core::Fen;

    fn sheet(name: &'static str) -> Sheet {
        let head = [("企业".to_owned(), Align::Left), ("n".to_owned(), Align::Right)];
        let mut sheet = Sheet::new(name, "t".to_owned(), head);
        sheet.push(vec![Cell::Text("甲, 乙".to_owned()), Cell::Money(Fen(1_234_567))]);
        sheet
    }

    #[test]
    fn files_hold_exact_amounts_and_the_label_and_are_the_same_each_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let (csv, xlsx) = (folder.path().join("a.csv"), folder.path().join("a.xlsx"));
        let label = Some(("数据".to_owned(), "合成数据".to_owned()));
        let write = || {
            let sheets = [sheet("main"), sheet("more")];
            write_files(&sheets, label.as_ref(), Some(&csv), Some(&xlsx), Lang::Zh)
                .expect("written")
        };
        assert_eq!(write().len(), 3);
        let text = std::fs::read_to_string(folder.path().join("a-more.csv")).expect("a file");
        assert_eq!(text, "\u{feff}企业,n,数据\n\"甲, 乙\",12345.67,合成数据\n");
        let first = std::fs::read(&xlsx).expect("a file");
        write();
        assert_eq!(first, std::fs::read(&xlsx).expect("a file"));
    }
}
