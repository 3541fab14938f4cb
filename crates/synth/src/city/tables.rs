//! Profiles as rows of the four tables of evidence, with the holes and slips of real lists.
//!
//! Streams 200 to 299 and 1000 to 1999 decide what is missing and what is wrong, 20,000 and up what only the pack knows.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use linghang_evidence::enterprise::{Builder, Kind, Table, Value, code};
use rayon::prelude::*;

use super::history::{Entry, deals, payments};
use super::plan::{CityPlan, Extra};
use super::profile::{Profile, Year};
use crate::SOURCE;
use crate::draw::Draw;

/// Enterprises of which rows are made at a time, by one thread.
const CHUNK: u64 = 4096;
/// Chunks that are made before the first is handed out.
const AHEAD: u64 = 8;

/// Returns a table of a city in batches, enterprise by enterprise. Threads make rows ahead; neither they nor the size
/// of the batches change a row.
pub fn rows(plan: &CityPlan, table: Table) -> TableRows<'_> {
    let extra: Vec<_> = match table {
        Table::Enterprises => plan.extra.iter().map(Extra::field).collect(),
        _ => Vec::new(),
    };
    TableRows { plan, table, schema: table.schema(&extra), next: 0, ready: Vec::new().into_iter() }
}

/// Batches of one table of a city.
pub struct TableRows<'p> {
    plan: &'p CityPlan,
    table: Table,
    schema: SchemaRef,
    next: u64,
    ready: std::vec::IntoIter<Result<RecordBatch, ArrowError>>,
}

impl Iterator for TableRows<'_> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.ready.next() {
                if batch.as_ref().is_ok_and(|batch| batch.num_rows() == 0) {
                    continue;
                }
                return Some(batch);
            }
            let end = self.plan.enterprises.min(self.next + CHUNK * AHEAD);
            if self.next >= end {
                return None;
            }
            let starts: Vec<u64> = (self.next..end).step_by(CHUNK as usize).collect();
            let chunks: Vec<_> = starts
                .into_par_iter()
                .map(|start| self.chunk(start, end.min(start + CHUNK)))
                .collect();
            self.next = end;
            self.ready = chunks.into_iter();
        }
    }
}

impl TableRows<'_> {
    /// Returns the schema of the batches.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn chunk(&self, start: u64, end: u64) -> Result<RecordBatch, ArrowError> {
        let mut builder = Builder::new(self.schema.clone());
        let mut sheet = Sheet::new(self.plan, &self.schema);
        for number in start..end {
            let profile = Profile::new(self.plan, number);
            match self.table {
                Table::Enterprises => {
                    let entry = enterprise(self.plan, number, &profile);
                    let more = self.plan.extra.iter().enumerate().map(|(place, extra)| {
                        (
                            extra.name.as_str(),
                            extra_value(self.plan, profile.draw, place as u64, extra),
                        )
                    });
                    sheet.push(number, entry.into_iter().chain(more), &mut builder);
                }
                Table::EnterpriseYears => {
                    for (back, year) in profile.years.iter().enumerate() {
                        if let Some(entry) = figures(&profile, back as u64, year) {
                            sheet.push(number, entry, &mut builder);
                        }
                    }
                }
                Table::Deals => {
                    for entry in deals(self.plan, number, &profile) {
                        sheet.push(number, entry, &mut builder);
                    }
                }
                Table::Payments => {
                    for entry in payments(self.plan, number, &profile) {
                        sheet.push(number, entry, &mut builder);
                    }
                }
            }
        }
        builder.finish()
    }
}

/// Lays entries out in the order of a schema, with what all rows have.
struct Sheet<'p> {
    plan: &'p CityPlan,
    places: std::collections::BTreeMap<String, usize>,
    row: Vec<Value>,
    base: Vec<Value>,
}

impl<'p> Sheet<'p> {
    fn new(plan: &'p CityPlan, schema: &SchemaRef) -> Self {
        let names = schema.fields().iter().enumerate();
        let places: std::collections::BTreeMap<String, usize> =
            names.map(|(place, field)| (field.name().clone(), place)).collect();
        let mut base = vec![Value::Absent; schema.fields().len()];
        for (name, value) in [
            ("source", text(SOURCE)),
            ("source_file", text("synth-city")),
            ("source_line", Value::Whole(0)),
            ("retrieved", Value::Day(plan.as_of.to_epoch_days())),
            ("snapshot", text("")),
        ] {
            if let Some(place) = places.get(name) {
                base[*place] = value;
            }
        }
        Self { plan, places, row: Vec::new(), base }
    }

    fn push<'e>(
        &mut self,
        number: u64,
        entry: impl IntoIterator<Item = (&'e str, Value)>,
        builder: &mut Builder,
    ) {
        self.row.clone_from(&self.base);
        let id = [
            ("enterprise", Value::Text(code::id(&self.plan.code(number)))),
            ("source_record", Value::Whole(number as i64 + 1)),
        ];
        for (name, value) in id.into_iter().chain(entry) {
            if let Some(place) = self.places.get(name) {
                self.row[*place] = value;
            }
        }
        builder.push(&self.row);
    }
}

/// First words of names; together with 虚拟 nobody takes them for real.
const WORDS: [(&str, &str); 12] = [
    ("青岚", "Qinglan"),
    ("望潮", "Wangchao"),
    ("云帆", "Yunfan"),
    ("星野", "Xingye"),
    ("拾光", "Shiguang"),
    ("若水", "Ruoshui"),
    ("听松", "Tingsong"),
    ("长风", "Changfeng"),
    ("白鹭", "Bailu"),
    ("远岫", "Yuanxiu"),
    ("知微", "Zhiwei"),
    ("南柯", "Nanke"),
];

fn enterprise(plan: &CityPlan, number: u64, profile: &Profile) -> Entry {
    let draw = profile.draw;
    let (zh, en) = WORDS[draw.below(200, WORDS.len() as u64) as usize];
    let industry = profile.industry;
    let stem = format!("{zh}虚拟{}{number:07}", industry.word);
    let mut entry: Entry = vec![
        ("code", text(&plan.code(number))),
        ("name_zh", text(&format!("{stem}有限公司"))),
        ("name_key", text(&stem)),
        ("former_names", Value::Texts(Vec::new())),
        ("tags", Value::Texts(Vec::new())),
        ("qualifications", Value::Qualifications(profile.titles.clone())),
        ("industry_code", text(industry.code)),
        ("industry", text(industry.zh)),
        ("country", text("CN")),
    ];
    if draw.chance(201, 0.1) {
        entry.push((
            "name_en",
            text(&format!("Fictional {en} {} {number:07} Ltd", industry.word_en)),
        ));
    }
    if draw.chance(202, 0.05) {
        entry
            .push(("former_names", Value::Texts(vec![format!("{zh}虚构旧名{number:07}有限公司")])));
    }
    if !draw.chance(203, 0.01) {
        entry.push(("founded", Value::Day(profile.founded)));
        entry.push(("founded_precision", text("day")));
    }
    if !draw.chance(204, 0.02) {
        let district = plan.districts.get(profile.district).map_or("", String::as_str);
        entry.push(("district", text(district)));
        entry.push(("place", text(&format!("虚拟路{}号", 1 + draw.below(205, 9_000)))));
    }
    if !draw.chance(206, 0.03) {
        entry.push(("size", text(profile.size)));
    }
    if !draw.chance(207, 0.2) {
        // Whole ten thousands of yuan, as registers have them.
        let capital = profile.last().map_or(500_000, |year| year.revenue) as f64
            * draw.between(208, 0.05, 0.8);
        let capital = (capital / 10_000.0).round().max(1.0) as i64 * 1_000_000;
        entry.push(("registered_capital", Value::Whole(capital)));
    }
    let is_listed = profile.size == "large" && draw.chance(209, 0.08);
    entry.push(("listed", Value::Bool(is_listed)));
    entry.extend(flags(draw));
    if draw.chance(213, 0.01) {
        let day = plan.as_of.to_epoch_days() - 1 - draw.below(214, 700) as i32;
        entry.push(("closed", Value::Day(day.max(profile.founded))));
    }
    entry
}

/// Returns what registers say against an enterprise; each may be unknown.
fn flags(draw: Draw) -> Entry {
    let mut entry = Entry::new();
    for (column, stream, yes, unknown) in [
        ("serious_dishonesty", 210, 0.006, 0.02),
        ("major_accident", 211, 0.002, 0.01),
        ("abnormal_operation", 212, 0.03, 0.01),
    ] {
        let drawn = draw.unit(stream);
        if drawn < yes {
            entry.push((column, Value::Bool(true)));
        } else if drawn >= yes + unknown {
            entry.push((column, Value::Bool(false)));
        }
    }
    entry
}

/// Makes a value of a column that only the pack knows: mostly absent, as such columns are.
fn extra_value(plan: &CityPlan, draw: Draw, place: u64, extra: &Extra) -> Value {
    let stream = 20_000 + 4 * place;
    let (chance, drawn) = (draw.unit(stream), draw.unit(stream + 1));
    match extra.kind {
        Kind::Bool if chance < 0.05 => Value::Bool(true),
        Kind::Bool if chance < 0.95 => Value::Bool(false),
        Kind::Money if chance < 0.02 => Value::Whole((1 + (drawn * 500.0) as i64) * 1_000_000),
        Kind::Count if chance < 0.5 => Value::Whole((drawn * drawn * 30.0) as i64),
        Kind::Ratio if chance < 0.5 => Value::Whole((drawn * drawn * 1e6) as i64),
        Kind::Number if chance < 0.5 => Value::Number((drawn * 1000.0).round() / 10.0),
        Kind::Date if chance < 0.05 => {
            Value::Day(plan.as_of.to_epoch_days() - 1 - (drawn * 1_500.0) as i32)
        }
        Kind::Year if chance < 0.05 => {
            Value::Year(chrono::Datelike::year(&plan.as_of) - 1 - (drawn * 4.0) as i32)
        }
        Kind::Label if chance < 0.03 => {
            let place = (drawn * extra.labels.len() as f64) as usize;
            extra.labels.get(place).map_or(Value::Absent, |label| text(label))
        }
        _ => Value::Absent,
    }
}

/// Returns what an enterprise reported of a year; `None` where it reported nothing.
fn figures(profile: &Profile, back: u64, year: &Year) -> Option<Entry> {
    let draw = profile.draw;
    let stream = 220 + 100 * back;
    // Those without a title report less often.
    let silent = if profile.titles.is_empty() { 0.25 } else { 0.01 };
    if draw.chance(stream + 1000, silent) {
        return None;
    }
    let stream = stream + 1001;
    let fen = |yuan: f64| Value::Whole((yuan as i64).saturating_mul(100));
    let (revenue, rd) = (year.revenue as f64, year.rd as f64);
    let profit = revenue * draw.between(stream, -0.12, 0.18);
    let assets = revenue * draw.between(stream + 1, 0.4, 2.5);
    let debt = assets * draw.between(stream + 2, 0.1, 0.85);
    let mut entry: Entry = vec![("year", Value::Year(year.year)), ("revenue", fen(revenue))];
    let mut tell = |column: &'static str, place: u64, missing: f64, value: Value| {
        if !draw.chance(stream + 3 + place, missing) {
            entry.push((column, value));
        }
    };
    tell("main_business_revenue", 0, 0.15, fen(revenue * draw.between(stream + 40, 0.55, 1.0)));
    tell("total_cost", 1, 0.2, fen(revenue - profit));
    tell("net_profit", 2, 0.05, fen(profit));
    tell("total_assets", 3, 0.1, fen(assets));
    // A slip in some lists: more debt than assets by a factor of ten.
    let slip = if draw.chance(stream + 41, 0.0005) { 10.0 } else { 1.0 };
    tell("total_liabilities", 4, 0.1, fen(debt * slip));
    tell("tax_paid", 5, 0.1, fen(revenue * draw.between(stream + 42, 0.005, 0.06)));
    tell("staff", 6, 0.03, Value::Whole(year.staff));
    if profile.researches {
        research(profile, year, stream, rd, &mut tell);
    } else {
        tell("rd_expense", 7, 0.7, Value::Whole(0));
    }
    Some(entry)
}

/// Adds what only those report that do research.
fn research(
    profile: &Profile,
    year: &Year,
    stream: u64,
    rd: f64,
    tell: &mut impl FnMut(&'static str, u64, f64, Value),
) {
    let draw = profile.draw;
    let fen = |yuan: f64| Value::Whole((yuan as i64).saturating_mul(100));
    let share = |stream: u64, low: f64, high: f64| {
        Value::Whole((year.staff as f64 * draw.between(stream, low, high)) as i64)
    };
    let pieces = |stream: u64, scale: f64| {
        let many =
            rd / 1e6 * scale * draw.unit(stream) + 2.0 * draw.unit(stream + 1) * draw.unit(stream);
        Value::Whole(many.min(2_000.0) as i64)
    };
    tell("rd_expense", 8, 0.04, fen(rd));
    tell("rd_expense_domestic", 9, 0.1, fen(rd * draw.between(stream + 50, 0.85, 1.0)));
    // A slip in some lists: more high-tech revenue than revenue.
    let slip = if draw.chance(stream + 51, 0.0005) { 2.0 } else { 1.0 };
    tell("hightech_revenue", 10, 0.06, fen(year.high_tech as f64 * slip));
    tell("tax_reduction", 11, 0.3, fen(rd * 0.15));
    tell("technology_contracts", 12, 0.6, fen(year.revenue as f64 * 0.1 * draw.unit(stream + 52)));
    tell("tech_staff", 13, 0.08, share(stream + 53, 0.1, 0.7));
    tell("rd_staff", 14, 0.08, share(stream + 53, 0.05, 0.5));
    tell("postgraduate_staff", 15, 0.3, share(stream + 54, 0.0, 0.3));
    tell("graduates_hired", 16, 0.4, share(stream + 55, 0.0, 0.1));
    tell("ip_class_1", 17, 0.1, pieces(stream + 56, 0.4));
    tell("ip_class_2", 18, 0.1, pieces(stream + 58, 1.5));
    tell("patents", 19, 0.1, pieces(stream + 56, 0.4));
    tell("invention_applications", 20, 0.2, pieces(stream + 60, 0.3));
    tell("pct_applications", 21, 0.3, pieces(stream + 62, 0.03));
    let rare = |stream: u64, share: f64| Value::Whole(i64::from(draw.chance(stream, share)));
    tell("rd_platforms", 22, 0.2, rare(stream + 64, 0.01));
    tell("science_awards", 23, 0.2, rare(stream + 65, 0.003));
    tell("science_projects", 24, 0.2, rare(stream + 66, 0.02));
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use linghang_evidence::enterprise::name;

    use super::*;

    #[test]
    fn the_name_key_is_the_one_that_lists_are_matched_by() {
        let plan =
            CityPlan::new(50, 7, chrono::NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day"));
        for number in 0..50 {
            let entry = enterprise(&plan, number, &Profile::new(&plan, number));
            let of = |column: &str| {
                let found = entry.iter().find(|(name, _)| *name == column);
                found.and_then(|(_, value)| value.as_text()).expect("a text").to_owned()
            };
            assert_eq!(name::key(&of("name_zh")), of("name_key"));
            assert_eq!(code::parse(&of("code")), Ok(of("code")));
        }
    }
}
