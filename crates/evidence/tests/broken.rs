//! Broken files and what each must give: an error that refuses the import, or documents and rejects with reasons.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use linghang_evidence::{EvidenceError, Format, Mapping, ReadOptions, readers};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

fn options(format: Format, mapping: &str) -> ReadOptions {
    let retrieved = NaiveDate::from_ymd_opt(2026, 1, 15).expect("a day");
    let mut options = ReadOptions::new(format, retrieved);
    if !mapping.is_empty() {
        options.mapping =
            Some(Mapping::read(&folder().join(mapping)).expect("the mapping is good"));
    }
    options
}

/// Reads bytes and writes what came out as one line.
fn outcome(bytes: Vec<u8>, options: &ReadOptions) -> String {
    let (mut kept, mut rejects) = (0, Vec::new());
    let result = readers::read_source(
        Path::new("file"),
        Box::new(Cursor::new(bytes)),
        options,
        &mut |outcome| {
            match outcome {
                Ok(_) => kept += 1,
                Err(reject) => {
                    let reason = reject.problem.reason();
                    assert!(!reason.zh.is_empty() && !reason.en.is_empty());
                    rejects.push(format!(
                        "{}@{} {}",
                        reject.record,
                        reject.line,
                        reject.problem.code()
                    ));
                }
            }
            Ok(())
        },
    );
    match result {
        Ok(_) if rejects.is_empty() => format!("kept {kept}"),
        Ok(_) => format!("kept {kept}; {}", rejects.join("; ")),
        Err(error) => {
            for finding in error.diagnostics() {
                assert!(!finding.message.zh.is_empty() && !finding.message.en.is_empty());
            }
            format!("error {}", error.code())
        }
    }
}

#[test]
fn every_broken_file_gives_what_is_written_down() {
    let expected =
        std::fs::read_to_string(folder().join("expected.txt")).expect("the list is there");
    let (mut listed, mut found) = (Vec::new(), String::new());
    for line in expected.lines() {
        let [name, format, mapping, _] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("not four parts: {line}");
        };
        let bytes = std::fs::read(folder().join(name)).expect("a listed file is there");
        let mapping = mapping.trim_matches('-');
        let result = outcome(bytes, &options(format.parse().expect("a format"), mapping));
        let mapping = if mapping.is_empty() { "-" } else { mapping };
        writeln!(found, "{name} | {format} | {mapping} | {result}").expect("memory");
        listed.push(name.to_owned());
    }
    assert!(found == expected, "found:\n{found}");
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        let is_case =
            !["expected.txt", "README.md"].contains(&name.as_str()) && !name.starts_with("mapping");
        assert!(!is_case || listed.contains(&name), "{name} is not in expected.txt");
    }
}

const HEADER: &str = "arxiv_id\ttitle\tabstract\tcreated\n";

fn table(rows: usize) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    for row in 0..rows {
        let noise = blake3::hash(&row.to_le_bytes()).to_hex();
        writeln!(text, "1907.{row:05}\tTitle {row}\t{noise}\t2019-07-01").expect("memory");
    }
    text.into_bytes()
}

#[test]
fn a_truncated_archive_says_how_much_could_be_read() {
    let plain = table(20_000);
    let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
    xz.write_all(&plain).expect("memory");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&plain).expect("memory");
    for packed in [
        xz.finish().expect("memory"),
        gzip.finish().expect("memory"),
        zstd::stream::encode_all(plain.as_slice(), 1).expect("memory"),
    ] {
        let options = options(Format::ArxivTsv, "");
        assert_eq!(outcome(packed.clone(), &options), "kept 20000");
        let cut = packed[..packed.len() * 9 / 10].to_vec();
        let mut kept = 0;
        let result = readers::read_source(
            Path::new("file"),
            Box::new(Cursor::new(cut)),
            &options,
            &mut |_| {
                kept += 1;
                Ok(())
            },
        );
        assert!(
            matches!(result, Err(EvidenceError::BrokenArchive { records, .. }) if records == kept && kept > 1_000),
            "{result:?}"
        );
        let mut damaged = packed;
        let middle = damaged.len() / 2;
        damaged[middle..middle + 64].fill(0x55);
        let result = outcome(damaged, &options);
        assert!(
            result.starts_with("error evidence.broken_archive") || result.contains("evidence."),
            "{result}"
        );
    }
}

/// A source that makes one endless line, then good ones, without ever holding it.
struct LongLine {
    head: Cursor<Vec<u8>>,
    left: u64,
    tail: Cursor<Vec<u8>>,
}

impl std::io::Read for LongLine {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.head.read(buffer)?;
        if length > 0 {
            return Ok(length);
        }
        let length = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if length > 0 {
            buffer[..length].fill(b'x');
            self.left -= length as u64;
            return Ok(length);
        }
        self.tail.read(buffer)
    }
}

#[test]
fn a_line_of_a_hundred_megabytes_is_rejected_and_the_next_record_is_kept() {
    let json = r#"{"id":"1907.00002","title":"After it","created":"2019-07-01"}"#;
    for (format, head, tail) in [
        (
            Format::ArxivTsv,
            format!("{HEADER}1907.00001\t"),
            "\t\t2019-07-01\n1907.00002\tAfter it\t\t2019-07-01\n",
        ),
        (Format::ArxivJson, r#"{"id":""#.to_owned(), &format!("\"}}\n{json}\n")),
        (Format::Wos, "FN x\nPT J\nTI ".to_owned(), "\nER\nPT J\nTI After it\nPY 2019\nER\n"),
        (Format::Bibtex, "@a{b, title={".to_owned(), "}}\n@a{c, title={After it}, year=2019}\n"),
    ] {
        let source = LongLine {
            head: Cursor::new(head.into_bytes()),
            left: 100 << 20,
            tail: Cursor::new(tail.as_bytes().to_vec()),
        };
        let mut seen = Vec::new();
        readers::read_source(
            Path::new("file"),
            Box::new(source),
            &options(format, ""),
            &mut |outcome| {
                seen.push(outcome.map_or_else(
                    |reject| reject.problem.code().to_owned(),
                    |document| document.title,
                ));
                Ok(())
            },
        )
        .expect("readable");
        assert_eq!(seen, ["evidence.record_too_long", "After it"], "{format}");
    }
}
