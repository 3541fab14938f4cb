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
