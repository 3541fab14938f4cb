//! How the records of one list become rows: places of the columns found once, values read record by record.

use arrow_schema::SchemaRef;

use super::identity::TitlePlaces;
use super::{ListOptions, ListOutcome, ListRow};
use crate::enterprise::columns::{Kind, kind_of};
use crate::enterprise::row::Value;
use crate::enterprise::{name, value};
use crate::normal::one_line;
use crate::readers::{Context, Header, Place, shorten, split};
use crate::reject::Problem;

/// Where a value of a row comes from.
enum Origin<'o> {
    Column { place: usize, unit: String },
    Fixed(&'o str),
}

/// How one column of the table is filled.
struct Target<'o> {
    /// Place in the row.
    place: usize,
    name: String,
    kind: Kind,
    origin: Origin<'o>,
}

/// How the records of a list become rows.
pub(super) struct Plan<'o> {
    pub(super) options: &'o ListOptions,
    /// Number of columns of the list.
    pub(super) width: usize,
    pub(super) schema: SchemaRef,
    pub(super) id: Option<usize>,
    pub(super) code: Option<usize>,
    pub(super) name: Option<usize>,
    targets: Vec<Target<'o>>,
    pub(super) titles: Vec<TitlePlaces<'o>>,
}

impl<'o> Plan<'o> {
    pub(super) fn new(
        options: &'o ListOptions,
        names: &[String],
    ) -> Result<Self, linghang_core::Bilingual> {
        let mapping = &options.mapping;
        // Titles and notes around a list repeat nothing that is asked for, so repetitions matter only there.
        let header = Header::new_unchecked(names.iter().map(|name| one_line(name)));
        let schema = options.schema();
        let mut targets = Vec::new();
        for (field, cell) in &mapping.columns {
            let place = header.require(&[&cell.column])?;
            if let Ok(target) = schema.index_of(field) {
                let unit = unit_of(&cell.unit, &names[place]);
                let kind = kind_of(schema.field(target)).unwrap_or(Kind::Text);
                let origin = Origin::Column { place, unit };
                targets.push(Target { place: target, name: field.clone(), kind, origin });
            }
        }
        for (field, cell) in &mapping.extra {
            let place = header.require(&[&cell.column])?;
            let unit = unit_of(&cell.unit, &names[place]);
            let (Ok(target), Some(kind)) = (schema.index_of(field.name()), kind_of(field)) else {
                continue;
            };
            let origin = Origin::Column { place, unit };
            targets.push(Target { place: target, name: field.name().clone(), kind, origin });
        }
        for (field, text) in &mapping.fixed {
            let Ok(target) = schema.index_of(field) else { continue };
            let kind = kind_of(schema.field(target)).unwrap_or(Kind::Text);
            let origin = Origin::Fixed(text);
            targets.push(Target { place: target, name: field.clone(), kind, origin });
        }
        // The code is verified and stored with the identity.
        targets.retain(|target| target.name != "code");
        let place = |field: &str| {
            mapping.cell(field).map(|cell| header.require(&[&cell.column])).transpose()
        };
        let titles = mapping.titles.iter().map(|cells| TitlePlaces::new(cells, &header));
        Ok(Self {
            options,
            width: names.len(),
            id: place("id")?,
            code: place("code")?,
            name: place("name")?,
            targets,
            titles: titles.collect::<Result<_, _>>()?,
            schema,
        })
    }

    /// Makes the row of a record.
    pub(super) fn row<'r>(
        &self,
        field: impl Fn(usize) -> &'r str,
        context: &Context<'_>,
        place: Place,
    ) -> Result<Draft, Problem> {
        let mut values = vec![Value::Absent; self.schema.fields().len()];
        for target in &self.targets {
            let (text, unit) = match &target.origin {
                Origin::Column { place, unit } => (field(*place), unit.as_str()),
                Origin::Fixed(text) => (*text, ""),
            };
            self.fill(&mut values, target, text, unit)?;
        }
        let wrong_code = self.identify(&mut values, &field)?;
        self.set(&mut values, "qualifications", || self.qualifications(&field))?;
        let text = |text: &str| Value::Text(text.to_owned());
        let whole = |value: u64| Value::Whole(i64::try_from(value).unwrap_or(i64::MAX));
        for (name, value) in [
            ("source", text(&self.options.mapping.source)),
            ("source_file", text(&context.file)),
            ("source_record", whole(place.record)),
            ("source_line", whole(place.line)),
            ("retrieved", Value::Day(self.options.retrieved.to_epoch_days())),
            ("snapshot", text("")),
        ] {
            self.set(&mut values, name, || Ok(value))?;
        }
        self.complete(&mut values)?;
        Ok(Draft { values, wrong_code })
    }

    /// Turns a draft into what the caller gets.
    pub(super) fn outcome(
        draft: Result<Draft, Problem>,
        context: &Context<'_>,
        place: Place,
        raw: impl FnOnce() -> Vec<u8>,
    ) -> ListOutcome {
        match draft {
            Ok(Draft { values, wrong_code }) => {
                let warning = wrong_code.map(|problem| context.reject(place, problem, &raw()));
                Ok(ListRow { values, warning })
            }
            Err(problem) => Err(context.reject(place, problem, &raw())),
        }
    }

    fn fill(
        &self,
        values: &mut [Value],
        target: &Target<'_>,
        text: &str,
        unit: &str,
    ) -> Result<(), Problem> {
        let mapping = &self.options.mapping;
        let written = one_line(text);
        let text = mapping.meaning(&target.name, &written);
        let Some(plain) = value::given(text) else { return Ok(()) };
        let format = mapping.date_format.as_deref();
        let bad = || Problem::Value { field: target.name.clone(), value: shorten(text) };
        let value = match target.kind {
            Kind::Money => {
                let amount = value::amount(&plain, unit).ok_or_else(bad)?;
                self.currency(values, amount.currency).ok_or_else(bad)?;
                Value::Whole(amount.hundredths)
            }
            Kind::Count => Value::Whole(value::count(&plain).ok_or_else(bad)?),
            Kind::Ratio => Value::Whole(value::ratio(&plain, unit).ok_or_else(bad)?),
            Kind::Number => Value::Number(value::number(&plain).ok_or_else(bad)?),
            Kind::Date => {
                let Some((day, precision)) = value::date(&plain, format) else {
                    return Err(bad());
                };
                // Extra columns may name days to come, such as the end of a lease.
                if mapping.table.column(&target.name).is_some() {
                    crate::dates::check_range(day, self.options.retrieved)?;
                }
                let precision = Value::Text(precision.as_str().to_owned());
                self.set(values, &format!("{}_precision", target.name), || Ok(precision))?;
                Value::Day(day.to_epoch_days())
            }
            Kind::Year => Value::Year(value::year(&plain).ok_or_else(bad)?),
            Kind::Bool => Value::Bool(value::yes_or_no(&plain).ok_or_else(bad)?),
            Kind::Label if target.name == "size" => {
                Value::Text(value::size(&plain).ok_or_else(bad)?.to_owned())
            }
            Kind::Texts => Value::Texts(self.list(text)),
            Kind::Text if target.name.starts_with("name_") => Value::Text(name::tidy(text)),
            Kind::Label | Kind::Text => Value::Text(text.to_owned()),
            Kind::Qualifications => return Ok(()),
        };
        values[target.place] = value;
        Ok(())
    }

    /// Notes the currency that an amount names. `None` when the table knows fen only, or the row names another.
    fn currency(&self, values: &mut [Value], currency: Option<&str>) -> Option<()> {
        let named = currency.or(self.options.mapping.currency.as_deref());
        let Ok(place) = self.schema.index_of("currency") else {
            return named.is_none_or(|named| named == "CNY").then_some(());
        };
        match (values[place].as_text(), named) {
            (Some(known), Some(named)) => (known == named).then_some(()),
            (None, Some(named)) => {
                values[place] = Value::Text(named.to_owned());
                Some(())
            }
            (_, None) => Some(()),
        }
    }

    /// Fills what may not be absent, and names what is.
    fn complete(&self, values: &mut [Value]) -> Result<(), Problem> {
        for (value, field) in values.iter_mut().zip(self.schema.fields()) {
            if !field.is_nullable() && matches!(value, Value::Absent) {
                match kind_of(field) {
                    Some(Kind::Texts) => *value = Value::Texts(Vec::new()),
                    Some(Kind::Qualifications) => *value = Value::Qualifications(Vec::new()),
                    _ => {
                        let column = self.options.mapping.table.column(field.name());
                        return Err(Problem::Missing(column.map_or("name", |column| column.name)));
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn set(
        &self,
        values: &mut [Value],
        column: &str,
        value: impl FnOnce() -> Result<Value, Problem>,
    ) -> Result<(), Problem> {
        if let Ok(place) = self.schema.index_of(column) {
            values[place] = value()?;
        }
        Ok(())
    }

    pub(super) fn list(&self, text: &str) -> Vec<String> {
        match &self.options.mapping.list_separator {
            Some(separator) => split(text, separator),
            None => split(&text.replace('；', ";"), ";"),
        }
    }
}

/// A row whose origin is known, with the problem of a code that was left out.
pub(super) struct Draft {
    values: Vec<Value>,
    wrong_code: Option<Problem>,
}

/// Returns the unit of a column: the mapping's, or the one in brackets at the end of the header (`营业收入（万元）`).
fn unit_of(unit: &str, header: &str) -> String {
    if !unit.is_empty() {
        return unit.to_owned();
    }
    let header = header.trim().replace('（', "(").replace('）', ")");
    let inner = header
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .map(|(_, inner)| inner.trim());
    inner.unwrap_or_default().trim_start_matches("单位：").trim_start_matches("单位:").to_owned()
}
