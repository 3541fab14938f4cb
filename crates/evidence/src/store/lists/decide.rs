//! Decides which rows of an import of lists are kept, and reports what repeats or contradicts what.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Part;
use crate::enterprise::{ListOptions, Table, Value, code, row_values};
use crate::error::EvidenceError;
use crate::store::Store;
use crate::store::import::Progress;
use crate::store::manifest::Counts;
use crate::store::merge::Duplicates;
use crate::store::names::{Match, Names, is_by_name, text};
use crate::store::table_query::key_of;
use crate::table::read_columns;

/// What becomes of the rows.
pub(super) struct Decision {
    /// For each part, the rows that are kept.
    pub(super) rows: Vec<Vec<u64>>,
    /// How many records became what.
    pub(super) counts: Counts,
    /// Hash over what the kept rows say, whatever their order.
    pub(super) content_hash: blake3::Hash,
}

/// Columns that say where a row was read and not what it says.
const WHERE_READ: [&str; 5] =
    ["source_file", "source_record", "source_line", "retrieved", "snapshot"];

/// Goes through the rows of an import in order and decides on each.
pub(super) struct Decider<'a> {
    parts: &'a [Part],
    options: &'a ListOptions,
    names: Names,
    contents: FxHashSet<[u8; 16]>,
    keys: FxHashMap<[u8; 16], u64>,
    name_of: FxHashMap<String, String>,
    code_of: FxHashMap<String, String>,
    counts: Counts,
}

/// A row with what finds it again.
struct Row<'r> {
    enterprise: String,
    name_key: String,
    file: &'r str,
    place: (u64, u64),
}

impl<'a> Decider<'a> {
    /// Looks up the names that rows without a code are known by.
    pub(super) fn new(
        store: &Store,
        parts: &'a [Part],
        options: &'a ListOptions,
    ) -> Result<Self, EvidenceError> {
        let mut wanted = FxHashSet::default();
        let is_about_enterprises = options.mapping.table == Table::Enterprises;
        for part in parts {
            for batch in read_columns(&part.rows, &["enterprise"])? {
                let batch = batch?;
                let ids = text(&batch, "enterprise").into_iter().flatten().flatten();
                wanted.extend(ids.filter(|id| is_by_name(id)).map(str::to_owned));
            }
        }
        let mut names = Names::default();
        names.read(store, &store.table_snapshots(Table::Enterprises)?, &wanted)?;
        if is_about_enterprises && !wanted.is_empty() {
            for part in parts {
                for batch in read_columns(&part.rows, &["enterprise", "name_key"])? {
                    let batch = batch?;
                    let both = text(&batch, "enterprise").zip(text(&batch, "name_key"));
                    for (id, key) in both.into_iter().flat_map(|(ids, keys)| ids.iter().zip(keys)) {
                        names.add(&wanted, id.unwrap_or_default(), key.unwrap_or_default());
                    }
                }
            }
        }
        Ok(Self {
            parts,
            options,
            names,
            contents: FxHashSet::default(),
            keys: FxHashMap::default(),
            name_of: FxHashMap::default(),
            code_of: FxHashMap::default(),
            counts: Counts::default(),
        })
    }

    /// Decides on every row, in order, and reports what is not plain.
    pub(super) fn decide(
        mut self,
        duplicates: &mut Duplicates,
        progress: &dyn Progress,
    ) -> Result<Decision, EvidenceError> {
        let schema = self.options.schema();
        let mut kept: Vec<Vec<u64>> = Vec::new();
        for part in self.parts {
            self.counts.read += part.file.read;
            self.counts.rejected += part.file.rejected;
            self.counts.warned += part.warned;
            let (mut rows, mut number) = (Vec::new(), 0);
            let names: Vec<&str> =
                schema.fields().iter().map(|field| field.name().as_str()).collect();
            for batch in read_columns(&part.rows, &names)? {
                if progress.is_stopped() {
                    return Err(EvidenceError::Stopped);
                }
                let batch = batch?;
                for row in 0..batch.num_rows() {
                    let values = row_values(&batch, row, &schema);
                    if self.keep(part, &values, &schema, duplicates)? {
                        rows.push(number);
                    }
                    number += 1;
                }
            }
            kept.push(rows);
        }
        self.counts.duplicates = duplicates.count;
        self.counts.kept = kept.iter().map(|rows| rows.len() as u64).sum();
        let mut contents: Vec<&[u8; 16]> = self.contents.iter().collect();
        contents.sort();
        let mut hasher = blake3::Hasher::new();
        for content in contents {
            hasher.update(content);
        }
        Ok(Decision { rows: kept, counts: self.counts, content_hash: hasher.finalize() })
    }

    /// Decides on one row and reports why.
    fn keep(
        &mut self,
        part: &Part,
        values: &[Value],
        schema: &arrow_schema::Schema,
        duplicates: &mut Duplicates,
    ) -> Result<bool, EvidenceError> {
        let value =
            |name: &str| schema.index_of(name).map_or(&Value::Absent, |place| &values[place]);
        let text = |name: &str| value(name).as_text().unwrap_or_default().to_owned();
        let number = |name: &str| match value(name) {
            Value::Whole(number) => number.unsigned_abs(),
            _ => 0,
        };
        let mut row = Row {
            enterprise: text("enterprise"),
            name_key: text("name_key"),
            file: &part.file.name,
            place: (number("source_record"), number("source_line")),
        };
        let mut content = blake3::Hasher::new();
        for (value, field) in values.iter().zip(schema.fields()) {
            if !WHERE_READ.contains(&field.name().as_str()) {
                value.hash_into(&mut content);
            }
        }
        if !self.contents.insert(first_half(&content)) {
            duplicates.drop_record("same_record", &row.enterprise, "", row.file, row.place)?;
            return Ok(false);
        }
        self.match_name(&mut row, duplicates)?;
        let key = key_of(self.options.mapping.table, |name| {
            if name == "enterprise" {
                Value::Text(row.enterprise.clone())
            } else {
                value(name).clone()
            }
        });
        let mut hasher = blake3::Hasher::new();
        for value in &key {
            value.hash_into(&mut hasher);
        }
        let rows = self.keys.entry(first_half(&hasher)).or_default();
        *rows += 1;
        if *rows > 1 {
            self.counts.joined += 1;
            duplicates.note("same_key", &row.enterprise, &row.enterprise, row.file, row.place)?;
        }
        self.compare_names(&row, duplicates)?;
        Ok(true)
    }

    /// Finds the enterprise of a row that knows its name only.
    fn match_name(
        &mut self,
        row: &mut Row<'_>,
        duplicates: &mut Duplicates,
    ) -> Result<(), EvidenceError> {
        if !is_by_name(&row.enterprise) {
            return Ok(());
        }
        self.counts.by_name += 1;
        match self.names.get(&row.enterprise) {
            Some(Match::One(known)) => {
                duplicates.note("matched_by_name", &row.enterprise, known, row.file, row.place)?;
                row.enterprise.clone_from(known);
            }
            Some(Match::Several) => {
                let id = &row.enterprise;
                duplicates.note("ambiguous_name", id, id, row.file, row.place)?;
            }
            None => {}
        }
        Ok(())
    }

    /// Reports an enterprise of several names, and a name of several enterprises.
    fn compare_names(
        &mut self,
        row: &Row<'_>,
        duplicates: &mut Duplicates,
    ) -> Result<(), EvidenceError> {
        if row.name_key.is_empty() {
            return Ok(());
        }
        let (id, key) = (&row.enterprise, &row.name_key);
        let known = self.name_of.entry(id.clone()).or_insert_with(|| key.clone());
        if known != key {
            duplicates.note("other_name", id, id, row.file, row.place)?;
        }
        if id.starts_with(code::SCHEME) {
            let first = self.code_of.entry(key.clone()).or_insert_with(|| id.clone());
            if first != id {
                duplicates.note("same_name_other_code", id, first, row.file, row.place)?;
            }
        }
        Ok(())
    }
}

fn first_half(hasher: &blake3::Hasher) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    half
}
