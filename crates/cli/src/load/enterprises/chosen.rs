//! Which snapshots are read.

use linghang_core::{Bilingual, Diagnostic};
use linghang_evidence::TableQuery;
use linghang_evidence::enterprise::Table;
use linghang_evidence::store::Manifest;
use linghang_rules::AsOf;

use crate::failure::Failure;
use crate::session::Session;

/// The snapshots that are read.
pub(super) struct Chosen {
    /// Snapshots by table: enterprises, years, deals, payments.
    pub(super) tables: Vec<(Table, Vec<Manifest>)>,
    /// Whether all of them are made up.
    pub(super) is_synthetic: bool,
}

impl Chosen {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Manifest> {
        self.tables.iter().flat_map(|(_, manifests)| manifests)
    }

    /// Those of a table by its name in packs.
    pub(super) fn of(&self, name: &str) -> &[Manifest] {
        let name = name.replace('-', "_");
        let found = self.tables.iter().find(|(table, _)| table.file_stem() == name);
        found.map_or(&[], |(_, manifests)| manifests)
    }
}

/// Whether a snapshot is of a made-up city.
pub(super) fn is_made_up(manifest: &Manifest) -> bool {
    manifest.source.as_deref() == Some(linghang_synth::SOURCE)
}

/// Chooses what is read: all lists, or the newest made-up city.
pub(super) fn choose(session: &Session, as_of: Option<AsOf>) -> Result<Chosen, Failure> {
    let store = session.store();
    let query = TableQuery {
        retrieved_until: as_of.and_then(|as_of| as_of.known),
        ..TableQuery::default()
    };
    let mut tables = Vec::new();
    for table in [Table::Enterprises, Table::EnterpriseYears, Table::Deals, Table::Payments] {
        tables.push((table, store.select_tables(table, &query)?));
    }
    if tables[0].1.is_empty() {
        return Err(no_evidence());
    }
    let is_synthetic = tables[0].1.iter().all(is_made_up);
    let mut left_out = false;
    for (table, manifests) in &mut tables {
        let before = manifests.len();
        manifests.retain(|manifest| is_made_up(manifest) == is_synthetic);
        left_out |= !is_synthetic && manifests.len() < before;
        if is_synthetic {
            let folder = store.table_folder(*table);
            let written = |manifest: &Manifest| {
                let file = folder.join(&manifest.id).join("snapshot.json");
                file.metadata().and_then(|known| known.modified()).ok()
            };
            manifests.sort_by_key(|manifest| (written(manifest), manifest.id.clone()));
            manifests.drain(..manifests.len().saturating_sub(1));
        }
    }
    if left_out {
        crate::commands::say(session, &session.text("enterprises-made-up-left-out", &[]));
    }
    Ok(Chosen { tables, is_synthetic })
}

fn no_evidence() -> Failure {
    let message = Bilingual::new(
        "文件夹中没有企业数据",
        "there is no evidence about enterprises in the home folder",
    );
    let hint = Bilingual::new(
        "用 `linghang evidence import --table enterprises` 导入名单，或用 `linghang synth city` 虚构一座城市",
        "import lists with `linghang evidence import --table enterprises`, or make up a city with `linghang synth city`",
    );
    Failure::refused(Diagnostic::error("rules.no_evidence", message).with_hint(hint))
}
