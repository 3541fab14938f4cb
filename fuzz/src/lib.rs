//! What all fuzz targets share: any bytes go through one reader, and every record must come out once; any files go
//! through the loader of packs, and every finding must have its place.

use std::io::Cursor;
use std::path::Path;

use chrono::NaiveDate;
use linghang_evidence::reject::EXCERPT_LIMIT;
use linghang_evidence::{Format, Mapping, ReadOptions, readers};

/// A mapping that fills every field, for the generic formats.
const MAPPING: &str = r#"
kind = "news"
id_scheme = "fuzz"
[columns]
id = "id"
title = "title"
abstract = "abstract"
language = "language"
date = "date"
updated = "updated"
classes = "classes"
authors = "authors"
organisations = "meta.organisations"
places = "places"
cites = "cites"
"#;

/// Reads bytes as one format and checks what must always hold.
pub fn read(format: Format, data: &[u8]) {
    let Some(retrieved) = NaiveDate::from_ymd_opt(2026, 1, 15) else { return };
    let mut options = ReadOptions::new(format, retrieved);
    // A low limit, so that the fuzzer reaches the code behind it.
    options.record_limit = 4096;
    if format.needs_mapping() {
        let text =
            if format == Format::Jsonl { MAPPING.to_owned() } else { MAPPING.replace("meta.", "") };
        options.mapping = Mapping::parse(&text, Path::new("fuzz.toml")).ok();
    }
    let mut outcomes = 0;
    let result = readers::read_source(
        Path::new("fuzz"),
        Box::new(Cursor::new(data.to_vec())),
        &options,
        &mut |outcome| {
            outcomes += 1;
            match outcome {
                Ok(document) => {
                    assert!(
                        document.id.contains(':')
                            && !document.title.is_empty()
                            && !document.language.is_empty()
                    );
                }
                Err(reject) => assert!(reject.raw.len() <= EXCERPT_LIMIT),
            }
            Ok(())
        },
    );
    if let Ok(facts) = result {
        assert_eq!(facts.records, outcomes);
    }
}

/// Mappings of lists about enterprises, one a table, that fill fields of every kind.
const LISTS: [&str; 4] = [
    r#"
table = "enterprises"
source = "fuzz"
id_scheme = "fuzz"
[columns]
id = "id"
name = "name"
code = "code"
founded = "founded"
size = "size"
listed = "listed"
registered_capital = { column = "capital", unit = "万元" }
tags = "tags"
[[qualification]]
id_column = "title"
when = "holds"
granted = "granted"
year = "year"
until = "until"
[extra.share]
column = "share"
kind = "ratio"
[extra.weight]
column = "weight"
kind = "number"
"#,
    r#"
table = "enterprise-years"
source = "fuzz"
wrong_code = "leave-out"
[columns]
name = "name"
code = "code"
year = "year"
revenue = "revenue"
staff = "staff"
"#,
    r#"
table = "deals"
source = "fuzz"
date_format = "%d/%m/%Y"
[columns]
name = "name"
date = "date"
kind = "kind"
amount = "amount"
valuation = "valuation"
"#,
    r#"
table = "payments"
source = "fuzz"
header_row = 2
[columns]
code = "code"
programme = "programme"
amount = { column = "amount", unit = "亿元" }
paid_on = "date"
"#,
];

/// The columns of each of [`LISTS`].
const HEADERS: [&str; 4] = [
    "id,name,code,founded,size,listed,capital,tags,title,holds,granted,year,until,share,weight\n",
    "name,code,year,revenue,staff\n",
    "name,date,kind,amount,valuation\n",
    "title\ncode,programme,amount,date\n",
];

/// Reads bytes as a list: the first says of which table, whether it is a workbook, and whether a good header goes
/// before the rest. Checks what must always hold.
pub fn read_list(data: &[u8]) {
    use linghang_evidence::enterprise::{self, ListFormat, ListMapping, ListOptions};
    let (Some((first, rest)), Some(retrieved)) =
        (data.split_first(), NaiveDate::from_ymd_opt(2026, 1, 15))
    else {
        return;
    };
    let table = usize::from(first & 3);
    let format = if first & 4 == 0 { ListFormat::Csv } else { ListFormat::Xlsx };
    let mut bytes = Vec::new();
    if first & 8 == 0 && format == ListFormat::Csv {
        bytes.extend_from_slice(HEADERS[table].as_bytes());
    }
    bytes.extend_from_slice(rest);
    let Ok(mapping) = ListMapping::parse(LISTS[table], Path::new("fuzz.toml")) else {
        unreachable!("the mappings are good")
    };
    let mut options = ListOptions::new(format, retrieved, mapping);
    options.record_limit = 4096;
    let width = options.schema().fields().len();
    let mut builder = enterprise::Builder::new(options.schema());
    let mut outcomes = 0;
    let source = Box::new(Cursor::new(bytes));
    let result = enterprise::read_list(Path::new("fuzz"), source, &options, &mut |outcome| {
        outcomes += 1;
        match outcome {
            Ok(row) => {
                assert_eq!(row.values.len(), width);
                builder.push(&row.values);
            }
            Err(reject) => assert!(reject.raw.len() <= EXCERPT_LIMIT),
        }
        Ok(())
    });
    // Every row that is given fits its schema.
    assert!(builder.finish().is_ok());
    if let Ok(facts) = result {
        assert_eq!(facts.records, outcomes);
    }
}

/// The good pack that broken files stand in.
const BASE: [(&str, &str); 9] = [
    ("pack.toml", include_str!("../../crates/rules/tests/broken/base/pack.toml")),
    ("rules.toml", include_str!("../../crates/rules/tests/broken/base/rules.toml")),
    ("bodies/all.toml", include_str!("../../crates/rules/tests/broken/base/bodies/all.toml")),
    ("documents/d1.toml", include_str!("../../crates/rules/tests/broken/base/documents/d1.toml")),
    ("facts/all.toml", include_str!("../../crates/rules/tests/broken/base/facts/all.toml")),
    ("ladders/all.toml", include_str!("../../crates/rules/tests/broken/base/ladders/all.toml")),
    (
        "generations/lists.toml",
        include_str!("../../crates/rules/tests/broken/base/generations/lists.toml"),
    ),
    (
        "programmes/good.toml",
        include_str!("../../crates/rules/tests/broken/base/programmes/good.toml"),
    ),
    (
        "programmes/good.test.toml",
        include_str!("../../crates/rules/tests/broken/base/programmes/good.test.toml"),
    ),
];

/// Loads bytes as files of a pack: each begins with a line `#: path`, as the corpus of broken packs does, and stands
/// in place of a file of the good pack or beside it. Checks what must always hold.
pub fn load_pack(data: &[u8]) {
    let mut files: Vec<(String, Vec<u8>)> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    for file in data.split_inclusive(|byte| *byte == b'\n') {
        match file.strip_prefix(b"#: ") {
            Some(path) => {
                let path = String::from_utf8_lossy(path).trim_end().to_owned();
                files.retain(|(known, _)| *known != path);
                // The line stays in the file, as a remark, so that lines are what they are in the corpus.
                files.push((path, file.to_vec()));
            }
            None => files.last_mut().expect("the good pack has files").1.extend_from_slice(file),
        }
    }
    let lines = |path: &std::path::Path| {
        let file = files.iter().find(|(known, _)| path == std::path::Path::new(known));
        file.map_or(0, |(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count() + 1)
    };
    let check = |findings: &[linghang_core::Diagnostic]| {
        for found in findings {
            assert!(!found.message.zh.is_empty() && !found.message.en.is_empty(), "{found}");
            if let (Some(file), Some(line)) = (&found.file, found.line) {
                assert!((1..=lines(file).max(1) as u64).contains(&line), "{found}");
            }
        }
    };
    let loaded = linghang_pack::check_files(files.iter().cloned());
    check(&loaded.diagnostics);
    assert_eq!(loaded.pack.is_none(), loaded.has_errors());
    let (Some(pack), Some(day)) = (loaded.pack, NaiveDate::from_ymd_opt(2025, 6, 30)) else {
        return;
    };
    let compiled = linghang_rules::compile(&pack, linghang_rules::AsOf::on(day));
    check(&compiled.diagnostics);
    if let Some(rules) = &compiled.rules {
        check(&linghang_rules::lint::lint(&pack, rules));
        check(&linghang_rules::testing::test(&pack).diagnostics);
    }
}
