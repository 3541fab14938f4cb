//! Whose row a record is, and which titles it grants.

use super::plan::Plan;
use crate::enterprise::mapping::TitleCells;
use crate::enterprise::row::{Qualification, Value};
use crate::enterprise::{code, name, value};
use crate::normal::one_line;
use crate::readers::{Header, shorten};
use crate::reject::Problem;

/// Places of the columns of a title.
pub(super) struct TitlePlaces<'o> {
    cells: &'o TitleCells,
    id: Option<usize>,
    when: Option<usize>,
    granted: Option<usize>,
    year: Option<usize>,
    until: Option<usize>,
}

impl<'o> TitlePlaces<'o> {
    /// Finds the columns.
    pub(super) fn new(
        cells: &'o TitleCells,
        header: &Header,
    ) -> Result<Self, linghang_core::Bilingual> {
        let place = |column: &Option<String>| {
            column.as_deref().map(|column| header.require(&[column])).transpose()
        };
        Ok(Self {
            cells,
            id: place(&cells.id_column)?,
            when: place(&cells.when)?,
            granted: place(&cells.granted)?,
            year: place(&cells.year)?,
            until: place(&cells.until)?,
        })
    }
}

impl Plan<'_> {
    /// Finds out whose row this is. Returns the problem of a code that was left out.
    pub(super) fn identify<'r>(
        &self,
        values: &mut [Value],
        field: &impl Fn(usize) -> &'r str,
    ) -> Result<Option<Problem>, Problem> {
        let given = |place: Option<usize>| {
            place.map(field).map(one_line).filter(|text| value::given(text).is_some())
        };
        let mut wrong_code = None;
        let code = given(self.code).and_then(|text| match code::parse(&text) {
            Ok(code) => Some(code),
            Err(fault) => {
                wrong_code = Some(Problem::CreditCode {
                    value: shorten(&text),
                    reason: Box::new(fault.reason()),
                });
                None
            }
        });
        if let Some(problem) = wrong_code.take_if(|_| !self.options.mapping.leaves_out_wrong_codes)
        {
            return Err(problem);
        }
        if let Some(name) = given(self.name) {
            let column = if name::has_han(&name) { "name_zh" } else { "name_en" };
            self.set(values, column, || Ok(Value::Text(name::tidy(&name))))?;
        }
        let named = |column: &str| {
            let place = self.schema.index_of(column).ok()?;
            values[place].as_text().map(str::to_owned)
        };
        let name = named("name_zh").or_else(|| named("name_en")).or_else(|| given(self.name));
        let key = name.as_deref().map(name::key).unwrap_or_default();
        let own = self.options.mapping.id_scheme.as_ref().zip(given(self.id));
        let id = match (&code, own) {
            (Some(code), _) => code::id(code),
            (None, Some((scheme, id))) => format!("{scheme}:{id}"),
            (None, None) if !key.is_empty() => name::id(&key),
            _ => return Err(wrong_code.unwrap_or(Problem::Missing("name"))),
        };
        self.set(values, "enterprise", || Ok(Value::Text(id)))?;
        self.set(values, "name_key", || Ok(Value::Text(key)))?;
        if let Some(code) = code {
            self.set(values, "code", || Ok(Value::Text(code)))?;
        }
        Ok(wrong_code)
    }

    /// Reads the titles that the enterprise holds.
    pub(super) fn qualifications<'r>(
        &self,
        field: &impl Fn(usize) -> &'r str,
    ) -> Result<Value, Problem> {
        let mapping = &self.options.mapping;
        let format = mapping.date_format.as_deref();
        let mut found = Vec::new();
        for title in &self.titles {
            let text = |place: Option<usize>| {
                place.and_then(|place| value::given(&one_line(field(place))))
            };
            let bad = |name: &str, text: &str| Problem::Value {
                field: format!("qualification.{name}"),
                value: shorten(text),
            };
            if let (Some(_), text) = (title.when, text(title.when)) {
                let text = text.unwrap_or_else(|| "否".to_owned());
                if !value::yes_or_no(&text).ok_or_else(|| bad("when", &text))? {
                    continue;
                }
            }
            let granted = text(title.granted)
                .map(|text| value::date(&text, format).ok_or_else(|| bad("granted", &text)))
                .transpose()?;
            let year = text(title.year)
                .map(|text| value::year(&text).ok_or_else(|| bad("year", &text)))
                .transpose()?;
            let until = text(title.until)
                .filter(|text| !matches!(text.as_str(), "长期" | "永久" | "长期有效"))
                .map(|text| value::end_date(&text, format).ok_or_else(|| bad("until", &text)))
                .transpose()?;
            let ids = match (&title.cells.id, text(title.id)) {
                (Some(id), _) => vec![id.clone()],
                (None, Some(ids)) => self.list(&ids),
                (None, None) => Vec::new(),
            };
            found.extend(ids.iter().map(|id| Qualification {
                id: mapping.meaning("qualification", id).to_owned(),
                granted: granted.map(|(day, _)| day.to_epoch_days()),
                granted_year: year.or(granted.map(|(day, _)| chrono::Datelike::year(&day))),
                valid_until: until.map(|day| day.to_epoch_days()),
            }));
        }
        found.sort();
        found.dedup();
        Ok(Value::Qualifications(found))
    }
}
