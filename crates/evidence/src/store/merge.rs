//! Decides which records of an import are kept. Works on keys only; texts stay on the disk.

use std::io;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use rustc_hash::FxHashMap;

use super::Store;
use super::import::{Plan, Progress};
use super::manifest::{Counts, Manifest};
use crate::document::Kind;
use crate::error::{At as _, EvidenceError};
use crate::table::{Column, DocumentBatch, DocumentView, read_parquet};

/// What the decision needs to know of a record.
const KEYS: &[Column] = &[
    Column::Id,
    Column::Kind,
    Column::Date,
    Column::Updated,
    Column::TitleKey,
    Column::ContentHash,
    Column::SourceRecord,
    Column::SourceLine,
];

/// The keys of one document.
#[derive(Clone)]
struct Keys {
    updated: Option<NaiveDate>,
    date: NaiveDate,
    content: [u8; 16],
}

impl Keys {
    fn of(view: DocumentView<'_>) -> Self {
        let mut content = [0; 16];
        content.copy_from_slice(view.content_hash());
        Self { updated: view.updated(), date: view.date(), content }
    }
}

/// A record of this import that is kept so far.
struct Kept {
    part: usize,
    row: usize,
    record: u64,
    line: u64,
    keys: Keys,
    title: TitleSlot,
}

/// What finds documents with the same title: kind and key of the normalised title.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct TitleSlot {
    kind: Option<Kind>,
    key: u64,
}

impl TitleSlot {
    fn of(view: DocumentView<'_>) -> Self {
        Self { kind: view.kind().parse().ok(), key: view.title_key() }
    }
}

/// What becomes of the kept records: one entry a row that is written.
pub(super) struct Decision {
    /// For each part, the rows that are kept, in order, with what is changed in them.
    pub(super) rows: Vec<Vec<KeptRow>>,
    /// Ids that replace a document of an earlier snapshot, sorted.
    pub(super) revisions: Vec<String>,
    /// How many records became what.
    pub(super) counts: Counts,
    /// Hash over all kept documents, whatever their order.
    pub(super) content_hash: blake3::Hash,
    /// Earliest and latest date.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
}

/// A row that is kept.
pub(super) struct KeptRow {
    /// Row in its part.
    pub(super) row: usize,
    /// Day on which the first version was public.
    pub(super) date: NaiveDate,
    /// Earlier document with the same normalised title.
    pub(super) same_title_as: Option<String>,
}

/// Decides, and writes each dropped record into `duplicates.csv`.
pub(super) fn decide(
    store: &Store,
    plan: &Plan<'_>,
    duplicates: &mut Duplicates,
    progress: &dyn Progress,
) -> Result<Decision, EvidenceError> {
    let mut counts = Counts::default();
    for part in plan.parts {
        counts.read += part.file.read;
        counts.rejected += part.file.rejected;
    }
    let (mut order, mut kept) = within_import(plan, duplicates, progress)?;
    let earlier = Earlier::read(store, plan.earlier)?;
    let mut revisions = Vec::new();
    order.retain(|id| {
        let Some(known) = earlier.ids.get(id.as_str()) else { return true };
        let Some(record) = kept.get_mut(id) else { return false };
        let is_newer = match (record.keys.updated, known.0.updated) {
            (Some(new), Some(old)) => new > old,
            (new, old) => new.is_some() || old.is_none(),
        };
        if record.keys.content == known.0.content || !is_newer {
            return false;
        }
        record.keys.date = record.keys.date.min(known.0.date);
        revisions.push(id.clone());
        true
    });
    drop_known(plan, &order, &mut kept, &earlier, duplicates)?;
    counts.kept = order.len() as u64;
    counts.revisions = revisions.len() as u64;
    counts.duplicates = duplicates.count;
    revisions.sort();
    let mut titles = earlier.titles;
    let mut rows: Vec<Vec<KeptRow>> = plan.parts.iter().map(|_| Vec::new()).collect();
    for id in &order {
        let Some(record) = kept.get(id) else { continue };
        let is_revision = revisions.binary_search(id).is_ok();
        let same_title_as = if is_revision { None } else { titles.find_or_add(id, record) };
        if let Some(first) = &same_title_as {
            counts.same_title += 1;
            let file = &plan.parts[record.part].file.name;
            duplicates.note("same_title_kept", id, first, file, (record.record, record.line))?;
        }
        rows[record.part].push(KeptRow { row: record.row, date: record.keys.date, same_title_as });
    }
    for list in &mut rows {
        list.sort_by_key(|kept| kept.row);
    }
    let dates = || order.iter().filter_map(|id| kept.get(id)).map(|record| record.keys.date);
    let days = dates().min().zip(dates().max());
    Ok(Decision { rows, revisions, counts, content_hash: hash(&order, &kept), days })
}

/// Keeps one record for each id of this import. Returns the ids in the order of their first record.
fn within_import(
    plan: &Plan<'_>,
    duplicates: &mut Duplicates,
    progress: &dyn Progress,
) -> Result<(Vec<String>, FxHashMap<String, Kept>), EvidenceError> {
    let mut order: Vec<String> = Vec::new();
    let mut kept: FxHashMap<String, Kept> = FxHashMap::default();
    for (part, source) in plan.parts.iter().enumerate() {
        let mut row = 0;
        for batch in read_parquet(&source.documents, KEYS)? {
            if progress.is_stopped() {
                return Err(EvidenceError::Stopped);
            }
            let batch = DocumentBatch::new(batch?);
            for view in batch.iter() {
                let record = Kept {
                    part,
                    row,
                    record: view.record(),
                    line: view.line(),
                    keys: Keys::of(view),
                    title: TitleSlot::of(view),
                };
                row += 1;
                let Some(first) = kept.get_mut(view.id()) else {
                    order.push(view.id().to_owned());
                    kept.insert(view.id().to_owned(), record);
                    continue;
                };
                let dropped = first.merge(record);
                let file = &plan.parts[dropped.part].file.name;
                let reason = first.reason_against(&dropped);
                duplicates.drop_record(
                    reason,
                    view.id(),
                    "",
                    file,
                    (dropped.record, dropped.line),
                )?;
            }
        }
    }
    Ok((order, kept))
}

impl Kept {
    /// Keeps the newer of two records of one id with the earlier date, and returns the other.
    fn merge(&mut self, mut other: Self) -> Self {
        let date = self.keys.date.min(other.keys.date);
        if other.keys.updated > self.keys.updated {
            std::mem::swap(self, &mut other);
        }
        self.keys.date = date;
        other
    }

    fn reason_against(&self, dropped: &Self) -> &'static str {
        if self.keys.content == dropped.keys.content {
            "same_record"
        } else if self.keys.updated > dropped.keys.updated {
            "older_version"
        } else {
            "same_id"
        }
    }
}

/// Reports the records that an earlier snapshot has already, and forgets them.
fn drop_known(
    plan: &Plan<'_>,
    order: &[String],
    kept: &mut FxHashMap<String, Kept>,
    earlier: &Earlier,
    duplicates: &mut Duplicates,
) -> Result<(), EvidenceError> {
    if kept.len() == order.len() {
        return Ok(());
    }
    let wanted: rustc_hash::FxHashSet<&str> = order.iter().map(String::as_str).collect();
    let mut dropped: Vec<(String, Kept)> =
        kept.extract_if(|id, _| !wanted.contains(id.as_str())).collect();
    dropped.sort_by_key(|(_, record)| (record.part, record.row));
    for (id, record) in dropped {
        let snapshot = earlier.ids.get(&id).map_or("", |known| &plan.earlier[known.1].id);
        let file = &plan.parts[record.part].file.name;
        duplicates.drop_record("in_snapshot", &id, snapshot, file, (record.record, record.line))?;
    }
    Ok(())
}

/// Hashes what is kept, in the order of ids, so that the order of records does not matter.
fn hash(order: &[String], kept: &FxHashMap<String, Kept>) -> blake3::Hash {
    let mut ids: Vec<&String> = order.iter().collect();
    ids.sort();
    let mut hasher = blake3::Hasher::new();
    for record in ids.into_iter().filter_map(|id| kept.get(id)) {
        hasher.update(&record.keys.content);
        hasher.update(&record.keys.date.to_epoch_days().to_le_bytes());
    }
    hasher.finalize()
}

/// What earlier snapshots hold.
struct Earlier {
    /// Latest keys of each id, and the place of its snapshot.
    ids: FxHashMap<String, (Keys, usize)>,
    titles: Titles,
}

impl Earlier {
    fn read(store: &Store, manifests: &[Manifest]) -> Result<Self, EvidenceError> {
        let mut earlier = Self { ids: FxHashMap::default(), titles: Titles::default() };
        for (place, manifest) in manifests.iter().enumerate() {
            let folder = store.snapshot_folder(&manifest.id);
            for table in &manifest.tables {
                for batch in read_parquet(&folder.join(table), KEYS)? {
                    let batch = DocumentBatch::new(batch?);
                    for view in batch.iter() {
                        earlier.titles.add(TitleSlot::of(view), view.date().year(), view.id());
                        earlier.ids.insert(view.id().to_owned(), (Keys::of(view), place));
                    }
                }
            }
        }
        Ok(earlier)
    }
}

/// Documents by their normalised title.
#[derive(Default)]
struct Titles(FxHashMap<TitleSlot, Vec<(i32, String)>>);

impl Titles {
    fn add(&mut self, slot: TitleSlot, year: i32, id: &str) {
        if slot.key != 0 {
            self.0.entry(slot).or_default().push((year, id.to_owned()));
        }
    }

    /// Returns the first document with this title and about this year, or makes this one the first.
    fn find_or_add(&mut self, id: &str, record: &Kept) -> Option<String> {
        if record.title.key == 0 {
            return None;
        }
        let year = record.keys.date.year();
        let known = self.0.entry(record.title).or_default();
        let first =
            known.iter().find(|(other, other_id)| (other - year).abs() <= 1 && other_id != id);
        if let Some((_, first)) = first {
            return Some(first.clone());
        }
        known.push((year, id.to_owned()));
        None
    }
}

/// The file `duplicates.csv`.
pub(super) struct Duplicates {
    writer: csv::Writer<std::fs::File>,
    path: std::path::PathBuf,
    /// Records that were dropped.
    pub(super) count: u64,
}

impl Duplicates {
    /// Creates the file with its header.
    pub(super) fn create(path: &Path) -> Result<Self, EvidenceError> {
        let mut writer = csv::Writer::from_writer(std::fs::File::create(path).at(path)?);
        writer
            .write_record(["reason", "id", "repeats", "file", "record", "line"])
            .map_err(io::Error::other)
            .at(path)?;
        Ok(Self { writer, path: path.to_owned(), count: 0 })
    }

    /// Writes a record that is dropped.
    pub(super) fn drop_record(
        &mut self,
        reason: &str,
        id: &str,
        repeats: &str,
        file: &str,
        place: (u64, u64),
    ) -> Result<(), EvidenceError> {
        self.count += 1;
        self.note(reason, id, if repeats.is_empty() { id } else { repeats }, file, place)
    }

    /// Writes a record that is kept and marked.
    pub(super) fn note(
        &mut self,
        reason: &str,
        id: &str,
        repeats: &str,
        file: &str,
        (record, line): (u64, u64),
    ) -> Result<(), EvidenceError> {
        let row = [reason, id, repeats, file, &record.to_string(), &line.to_string()];
        self.writer.write_record(row).map_err(io::Error::other).at(&self.path)
    }

    /// Writes what is left.
    pub(super) fn close(mut self) -> Result<(), EvidenceError> {
        self.writer.flush().at(&self.path)
    }
}
