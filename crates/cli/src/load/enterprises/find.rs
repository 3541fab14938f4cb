//! Finds one enterprise among all.

use arrow_array::{Array as _, RecordBatch};
use linghang_core::{Bilingual, Diagnostic};
use linghang_evidence::enterprise::{code, name};

use super::{Enterprises, texts};
use crate::failure::Failure;

/// An enterprise that was asked for.
pub(crate) struct Found {
    /// Its row in the population.
    pub(crate) row: usize,
    /// Its credit code, or its id where it has none.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

impl Enterprises {
    /// Finds an enterprise by credit code, id or name in any spelling.
    pub(crate) fn find(&self, wanted: &str) -> Result<Found, Failure> {
        let id = code::parse(wanted).map_or_else(|_| wanted.to_owned(), |code| code::id(&code));
        let key = name::key(wanted);
        let mut by_name: Vec<Found> = Vec::new();
        for batch in &self.batches {
            let Some(ids) = texts(batch, "enterprise") else { continue };
            let keys = texts(batch, "name_key");
            for at in 0..batch.num_rows() {
                let is_named = !key.is_empty() && keys.is_some_and(|keys| keys.value(at) == key);
                if ids.value(at) != id && !is_named {
                    continue;
                }
                let known = text(batch, "code", at).unwrap_or_else(|| ids.value(at).to_owned());
                let Some(row) = self.population().row(&known) else { continue };
                let said = text(batch, "name_zh", at).or_else(|| text(batch, "name_en", at));
                let found = Found { row, id: known, name: said.unwrap_or_default() };
                if ids.value(at) == id {
                    return Ok(found);
                }
                by_name.push(found);
            }
        }
        if by_name.len() > 1 {
            let codes: Vec<&str> = by_name.iter().map(|found| found.id.as_str()).collect();
            return Err(ambiguous(wanted, &codes));
        }
        by_name.pop().ok_or_else(|| unknown(wanted))
    }
}

fn text(batch: &RecordBatch, name: &str, at: usize) -> Option<String> {
    let column = texts(batch, name)?;
    column.is_valid(at).then(|| column.value(at).to_owned())
}

fn unknown(wanted: &str) -> Failure {
    let message = Bilingual::new(
        format!("企业数据中没有“{wanted}”"),
        format!("there is no enterprise `{wanted}` in the evidence"),
    );
    let hint = Bilingual::new(
        "可写统一社会信用代码、企业编号或名称；`linghang rules near-miss` 会列出一些代码",
        "give a credit code, an id or a name; `linghang rules near-miss` lists some codes",
    );
    Failure::refused(Diagnostic::error("rules.no_enterprise", message).with_hint(hint))
}

fn ambiguous(wanted: &str, codes: &[&str]) -> Failure {
    let codes = codes.join(", ");
    let message = Bilingual::new(
        format!("名称“{wanted}”对应多家企业：{codes}"),
        format!("more than one enterprise has the name `{wanted}`: {codes}"),
    );
    let hint = Bilingual::new("请改用统一社会信用代码", "use the credit code");
    Failure::refused(Diagnostic::error("rules.enterprise_ambiguous", message).with_hint(hint))
}
