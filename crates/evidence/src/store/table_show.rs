//! Everything that is known of one enterprise, for a reader.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::Store;
use super::names::text;
use super::table_query::TableQuery;
use crate::enterprise::{Table, Value, code, name, row_values};
use crate::error::EvidenceError;

/// The rows about one enterprise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownEnterprise {
    /// Its id.
    pub enterprise: String,
    /// Rows by table, each an object of what it says; days are ISO dates, money is in fen.
    pub tables: Vec<ShownTable>,
}

/// The rows of one table about an enterprise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownTable {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: Vec<Map<String, Json>>,
}

impl Store {
    /// Returns what is known of the enterprises that a code, an id or a name (in any spelling) stands for.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn show_enterprises(&self, wanted: &str) -> Result<Vec<ShownEnterprise>, EvidenceError> {
        let mut shown: Vec<ShownEnterprise> = Vec::new();
        for id in self.find_enterprises(wanted)? {
            shown.push(ShownEnterprise { enterprise: id, tables: Vec::new() });
        }
        if shown.is_empty() {
            return Ok(shown);
        }
        for table in Table::ALL {
            let reader = self.read_table(*table, &TableQuery::default())?;
            let schema = reader.schema();
            for batch in reader {
                let batch = batch?;
                let Some(ids) = text(&batch, "enterprise") else { continue };
                for row in 0..batch.num_rows() {
                    let known = shown.iter_mut().find(|known| known.enterprise == ids.value(row));
                    let Some(known) = known else { continue };
                    let object = row_json(&row_values(&batch, row, &schema), &schema);
                    match known.tables.iter_mut().find(|shown| shown.table == *table) {
                        Some(shown) => shown.rows.push(object),
                        None => known.tables.push(ShownTable { table: *table, rows: vec![object] }),
                    }
                }
            }
        }
        for known in shown.iter_mut().flat_map(|known| &mut known.tables) {
            known
                .rows
                .sort_by_key(|row| row.get("year").and_then(Json::as_i64).unwrap_or_default());
        }
        Ok(shown)
    }

    fn find_enterprises(&self, wanted: &str) -> Result<Vec<String>, EvidenceError> {
        let wanted_id = match code::parse(wanted) {
            Ok(code) => code::id(&code),
            Err(_) => wanted.to_owned(),
        };
        let key = name::key(wanted);
        let columns = ["enterprise", "name_key"].map(str::to_owned).to_vec();
        let query = TableQuery { columns, ..TableQuery::default() };
        let mut found = Vec::new();
        for batch in self.read_table(Table::Enterprises, &query)? {
            let batch = batch?;
            let both = text(&batch, "enterprise").zip(text(&batch, "name_key"));
            for (id, known) in both.into_iter().flat_map(|(ids, keys)| ids.iter().zip(keys)) {
                let id = id.unwrap_or_default();
                if id == wanted_id || (!key.is_empty() && known == Some(key.as_str())) {
                    found.push(id.to_owned());
                }
            }
        }
        Ok(found)
    }
}

/// Returns what a row says as a JSON object; what is absent is left out.
pub fn row_json(values: &[Value], schema: &arrow_schema::Schema) -> Map<String, Json> {
    let mut object = Map::new();
    for (value, field) in values.iter().zip(schema.fields()) {
        if value.is_absent() {
            continue;
        }
        let json = match value {
            Value::Absent => continue,
            Value::Whole(number) => json!(number),
            Value::Number(number) => json!(number),
            Value::Day(days) => day(*days),
            Value::Year(year) => json!(year),
            Value::Bool(is_so) => json!(is_so),
            Value::Text(text) => json!(text),
            Value::Texts(texts) => json!(texts),
            Value::Qualifications(titles) => titles
                .iter()
                .map(|title| {
                    json!({
                        "id": title.id,
                        "granted": title.granted.map(day),
                        "granted_year": title.granted_year,
                        "valid_until": title.valid_until.map(day),
                    })
                })
                .collect(),
        };
        object.insert(field.name().clone(), json);
    }
    object
}

fn day(days: i32) -> Json {
    chrono::NaiveDate::from_epoch_days(days).map_or(Json::Null, |day| json!(day.to_string()))
}
