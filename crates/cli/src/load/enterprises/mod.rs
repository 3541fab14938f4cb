//! The tables about enterprises as the rules need them, and where each fact comes from.
//!
//! Lists that were imported are read together, as the store joins them. Of made-up cities the newest counts. Real and
//! made-up enterprises never meet in one result: where there are lists, made-up cities are left out.

mod chosen;
mod find;

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch, StringArray};
use linghang_core::{Bilingual, Diagnostic, EvidenceRef, PackRef, Provenance};
use linghang_evidence::TableQuery;
use linghang_evidence::enterprise::Table;
use linghang_evidence::store::Manifest;
use linghang_pack::record::FactType;
use linghang_rules::facts::{FactsError, Prepared, Tables, prepare};
use linghang_rules::{AsOf, Population, RuleSet};

pub(crate) use find::Found;

use chosen::{Chosen, choose, is_made_up};

use crate::failure::{Exit, Failure};
use crate::output::progress::Counter;
use crate::session::Session;

/// Columns of `enterprises` by which reports group, where the pack has a label for them.
const GROUPS: [&str; 4] = ["district", "industry", "industry_code", "size"];
/// Columns that are read whether or not a fact names them.
const ALWAYS: [&str; 7] =
    ["enterprise", "code", "name_zh", "name_en", "name_key", "year", "retrieved"];

/// Evidence about enterprises, prepared for some rules.
pub(crate) struct Enterprises {
    /// The facts, and what could not be used.
    pub(crate) prepared: Prepared,
    /// Whether the enterprises are made up.
    pub(crate) is_synthetic: bool,
    evidence: Vec<EvidenceRef>,
    batches: Vec<RecordBatch>,
}

impl Enterprises {
    /// Reads the tables and prepares all facts that the rules read.
    pub(crate) fn load(session: &Session, rules: &[&RuleSet]) -> Result<Self, Failure> {
        let as_of = rules.first().map(|rules| rules.as_of);
        let chosen = choose(session, as_of)?;
        let total = chosen.all().map(|manifest| manifest.counts.kept).sum();
        let counter = Counter::new(session, "progress-enterprises", total);
        let mut tables: Vec<Vec<RecordBatch>> = Vec::new();
        for (table, manifests) in &chosen.tables {
            tables.push(read(session, *table, manifests, rules, &counter)?);
        }
        counter.finish();
        let given = Tables {
            enterprises: &tables[0],
            years: &tables[1],
            deals: &tables[2],
            payments: &tables[3],
        };
        let groups = groups(rules);
        let mut prepared = prepare(rules, &given, &groups).map_err(|error| refusal(&error))?;
        session.check_stop()?;
        add_origins(rules, &chosen, &mut prepared.population);
        let evidence = chosen.all().map(Manifest::evidence_ref).collect();
        let batches = tables.swap_remove(0);
        Ok(Self { prepared, is_synthetic: chosen.is_synthetic, evidence, batches })
    }

    /// The facts.
    pub(crate) const fn population(&self) -> &Population {
        &self.prepared.population
    }

    /// From what a result is computed.
    pub(crate) fn provenance(&self, pack: &PackRef, as_of: AsOf) -> Provenance {
        let mut evidence = self.evidence.clone();
        evidence.sort_by(|a, b| a.id.cmp(&b.id));
        Provenance {
            evidence,
            pack: Some(pack.clone()),
            as_of: as_of.legal,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Names of some enterprises, by their ids in a result.
    pub(crate) fn names<'a>(&'a self, ids: &BTreeSet<&str>) -> BTreeMap<&'a str, &'a str> {
        let mut names = BTreeMap::new();
        for batch in &self.batches {
            let (Some(keys), Some(said)) = (texts(batch, "enterprise"), texts(batch, "name_zh"))
            else {
                continue;
            };
            let codes = texts(batch, "code");
            for at in (0..batch.num_rows()).filter(|at| said.is_valid(*at)) {
                let code = codes.filter(|codes| codes.is_valid(at)).map(|codes| codes.value(at));
                let id = code.unwrap_or_else(|| keys.value(at));
                if ids.contains(id) {
                    names.insert(id, said.value(at));
                }
            }
        }
        names
    }
}

fn read(
    session: &Session,
    table: Table,
    manifests: &[Manifest],
    rules: &[&RuleSet],
    counter: &Counter,
) -> Result<Vec<RecordBatch>, Failure> {
    if manifests.is_empty() {
        return Ok(Vec::new());
    }
    let query = TableQuery {
        snapshots: manifests.iter().map(|manifest| manifest.id.clone()).collect(),
        columns: columns(table, rules),
        ..TableQuery::default()
    };
    let mut batches = Vec::new();
    for batch in session.store().read_table(table, &query)? {
        session.check_stop()?;
        let batch = batch?;
        counter.add(batch.num_rows() as u64);
        batches.push(batch);
    }
    Ok(batches)
}

/// The columns that some rules read; all of them where rows are chosen by what else they say.
fn columns(table: Table, rules: &[&RuleSet]) -> Vec<String> {
    if matches!(table, Table::Deals | Table::Payments) {
        return Vec::new();
    }
    let mut columns: BTreeSet<String> = ALWAYS.map(str::to_owned).into();
    columns.extend(GROUPS.map(str::to_owned));
    for info in rules.iter().flat_map(|rules| rules.dictionary.by_name.values()) {
        let from = info.record.from.as_ref();
        let from = from.filter(|from| from.table.replace('-', "_") == table.file_stem());
        columns.extend(from.map(|from| from.column.clone()));
    }
    columns.into_iter().collect()
}

/// The facts by which reports group.
fn groups(rules: &[&RuleSet]) -> Vec<String> {
    let Some(first) = rules.first() else { return Vec::new() };
    let fact = |column: &&str| {
        let mut all = first.dictionary.by_name.iter();
        let found = all.find(|(_, info)| {
            let from = info.record.from.as_ref();
            info.record.kind == FactType::Label
                && from.is_some_and(|from| from.table == "enterprises" && from.column == **column)
        });
        found.map(|(name, _)| name.clone())
    };
    GROUPS.iter().filter_map(fact).collect()
}

/// Says of each fact from which source and day its column comes.
fn add_origins(rules: &[&RuleSet], chosen: &Chosen, population: &mut Population) {
    let made_up = Bilingual::new("合成数据（虚构）", "synthetic (made up)");
    for (fact, info) in rules.iter().flat_map(|rules| &rules.dictionary.by_name) {
        let manifests = info.record.from.as_ref().map(|from| chosen.of(&from.table));
        let Some(last) = manifests.and_then(|all| all.iter().max_by_key(|one| one.retrieved))
        else {
            continue;
        };
        let all = manifests.unwrap_or_default().iter().filter_map(|one| one.source.as_deref());
        let sources = all.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        let source =
            if is_made_up(last) { made_up.clone() } else { Bilingual::new(&*sources, &*sources) };
        let day = last.retrieved;
        let said = Bilingual::new(format!("{}，{day}", source.zh), format!("{}, {day}", source.en));
        population.origins.insert(fact.clone(), said);
    }
}

fn texts<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a StringArray> {
    batch.column_by_name(name)?.as_string_opt::<i32>()
}

fn refusal(error: &FactsError) -> Failure {
    let message = Bilingual::new(
        format!("企业数据无法用于计算：{error}"),
        format!("the evidence cannot be used: {error}"),
    );
    let finding = Diagnostic::error(error.code(), message);
    Failure { exit: Exit::Refused, findings: vec![finding] }
}
