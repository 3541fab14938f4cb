//! No bytes, however odd, make a reader panic or lose count.

use std::io::Cursor;
use std::path::Path;

use chrono::NaiveDate;
use linghang_evidence::reject::EXCERPT_LIMIT;
use linghang_evidence::{Format, Mapping, ReadOptions, readers};
use proptest::prelude::*;

const MAPPING: &str =
    "kind = \"news\"\nid_scheme = \"x\"\n[columns]\ntitle = \"title\"\ndate = \"date\"\n";

fn read(format: Format, bytes: &[u8]) {
    let mut options =
        ReadOptions::new(format, NaiveDate::from_ymd_opt(2026, 1, 15).expect("a day"));
    options.record_limit = 512;
    options.mapping = Mapping::parse(MAPPING, Path::new("m.toml")).ok();
    let mut outcomes = 0;
    let source = Box::new(Cursor::new(bytes.to_vec()));
    let result = readers::read_source(Path::new("file"), source, &options, &mut |outcome| {
        outcomes += 1;
        assert!(outcome.map_or_else(
            |reject| reject.raw.len() <= EXCERPT_LIMIT,
            |document| !document.title.is_empty()
        ));
        Ok(())
    });
    if let Ok(facts) = result {
        assert_eq!(facts.records, outcomes);
    }
}

/// Pieces that the formats are made of, so that random texts reach their code.
const PIECES: [&str; 40] = [
    "arxiv_id\ttitle\tcreated\n",
    "title,date\n",
    "lens_id,title,publication_date\n",
    "Title,Year,EID\n",
    "FN x\nVR 1.0\n",
    "PT J\n",
    "ER\n",
    "TI ",
    "PY 2015\n",
    "UT WOS:1\n",
    "   ",
    "@article{a, ",
    "title = {x}",
    "year = 2015",
    "}",
    "{",
    "\n",
    "\r\n",
    "\t",
    ",",
    ";",
    "\"",
    "\"\"",
    "1907.00001",
    "2019-07-01",
    "{\"id\":\"1907.00001\",",
    "\"title\":\"t\",",
    "\"created\":\"2019-07-01\"}",
    "\"abstract_inverted_index\":{\"a\":[0]},",
    "领航",
    "機器人",
    "\u{feff}",
    "\0",
    "é",
    "(",
    ")",
    "[",
    "]",
    "10.1000/x",
    "@string{a = \"b\"}\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), format in 0_usize..10) {
        read(Format::ALL[format], &bytes);
    }

    #[test]
    fn any_order_of_familiar_pieces_is_read_without_a_panic(
        pieces in prop::collection::vec((0_usize..PIECES.len(), any::<bool>()), 0..80),
        format in 0_usize..10,
    ) {
        let mut bytes = Vec::new();
        for (piece, is_cut) in pieces {
            let piece = PIECES[piece].as_bytes();
            bytes.extend_from_slice(if is_cut { &piece[..piece.len() / 2] } else { piece });
        }
        read(Format::ALL[format], &bytes);
    }
}
