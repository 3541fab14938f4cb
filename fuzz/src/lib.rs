//! What all fuzz targets share: any bytes go through one reader, and every record must come out once.

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
