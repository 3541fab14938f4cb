//! Lists as bureaus publish them, to rows of a table: CSV and XLSX, a header somewhere in the first rows, titles and
//! notes around it.

use std::io::Read;
use std::path::Path;

use arrow_schema::SchemaRef;
use chrono::NaiveDate;

use super::code;
use super::columns::{Kind, kind_of};
use super::mapping::{ListMapping, TitleCells};
use super::name;
use super::row::{Qualification, Value};
use super::value;
use crate::error::{At as _, EvidenceError};
use crate::input::{
    DelimitedReader, RECORD_LIMIT, Step, TextReader, check_text, guess_delimiter, open_archive,
    wrong_kind,
};
use crate::normal::one_line;
use crate::readers::{
    Context, FileFacts, Format, Header, Place, ReadOptions, cell_text, read_sheet, shorten, split,
};
use crate::reject::{EXCERPT_LIMIT, Problem, Reject};

/// Rows in which the header is looked for.
const HEADER_ROWS: usize = 20;

crate::document::spelled! {
    /// How a list is stored.
    ListFormat {
        /// Delimited text.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

/// How to read a list.
#[derive(Debug, Clone)]
pub struct ListOptions {
    /// How it is stored.
    pub format: ListFormat,
    /// Day on which it was fetched.
    pub retrieved: NaiveDate,
    /// Largest record in bytes; longer ones are rejected.
    pub record_limit: usize,
    /// Which column becomes which field.
    pub mapping: ListMapping,
}

impl ListOptions {
    /// Makes options with the usual record limit.
    pub const fn new(format: ListFormat, retrieved: NaiveDate, mapping: ListMapping) -> Self {
        Self { format, retrieved, record_limit: RECORD_LIMIT, mapping }
    }

    /// Returns the schema of the rows that are read.
    pub fn schema(&self) -> SchemaRef {
        self.mapping.table.schema(&self.mapping.extra())
    }
}

/// A row of a list, with what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// One value for each column of [`ListOptions::schema`]; the snapshot's id is empty still.
    pub values: Vec<Value>,
    /// A wrong credit code that was left out.
    pub warning: Option<Reject>,
}

/// What a record of a list became.
pub type ListOutcome = Result<ListRow, Reject>;

/// Reads one list.
///
/// # Errors
///
/// When the file is empty, breaks off, or has no row with the columns of the mapping; and whatever the sink returns.
pub fn read_list(
    path: &Path,
    source: Box<dyn Read + Send>,
    options: &ListOptions,
    sink: &mut dyn FnMut(ListOutcome) -> Result<(), EvidenceError>,
) -> Result<FileFacts, EvidenceError> {
    let format = match options.format {
        ListFormat::Csv => Format::Csv,
        ListFormat::Xlsx => Format::Xlsx,
    };
    let mut read = ReadOptions::new(format, options.retrieved);
    read.record_limit = options.record_limit;
    let context = Context::new(path, &read);
    let (archive, bytes) = open_archive(source).at(path)?;
    let mut records = 0;
    let mut counting = |outcome| {
        records += 1;
        sink(outcome)
    };
    let result = match options.format {
        ListFormat::Xlsx => from_sheet(&context, options, bytes, &mut counting).map(|()| ""),
        ListFormat::Csv => from_text(&context, options, TextReader::new(bytes), &mut counting),
    };
    let encoding = context.archive_fault(archive, records, result)?;
    Ok(FileFacts { archive, encoding, records })
}

type Sink<'s> = &'s mut dyn FnMut(ListOutcome) -> Result<(), EvidenceError>;

fn from_text(
    context: &Context<'_>,
    options: &ListOptions,
    mut text: TextReader,
    sink: Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    if let Some(found) = wrong_kind(text.peek(8).at(context.path)?) {
        return Err(context.wrong_file(found));
    }
    if text.is_blank().at(context.path)? {
        return Err(EvidenceError::Empty { path: context.path.to_owned() });
    }
    let head = text.peek(16 << 10).at(context.path)?;
    let delimiter = options.mapping.delimiter.unwrap_or_else(|| guess_delimiter(head));
    let mut records = DelimitedReader::new(text, delimiter, options.record_limit);
    let mut search = HeaderSearch::new(options);
    let plan = loop {
        if records.next_record().at(context.path)? == Step::End {
            return Err(search.fail(context));
        }
        let names = (0..records.count())
            .map(|place| String::from_utf8_lossy(records.field(place)).into_owned());
        if let Some(plan) = search.try_row(names.collect(), context)? {
            break plan;
        }
    };
    let mut record = 0;
    loop {
        let step = records.next_record().at(context.path)?;
        if step == Step::End {
            return Ok(records.encoding());
        }
        if step == Step::Record && records.whole().iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        record += 1;
        let place = Place { record, line: records.line() };
        let draft = if step == Step::TooLong {
            Err(Problem::TooLong { limit: options.record_limit })
        } else {
            check_text(records.whole(), records.encoding()).and_then(|_text| {
                if records.count() != plan.width {
                    let found = records.count();
                    return Err(Problem::FieldCount { expected: plan.width, found });
                }
                // The record was checked above, and fields end at characters.
                let field = |place| std::str::from_utf8(records.field(place)).unwrap_or_default();
                plan.row(field, context, place)
            })
        };
        sink(plan.outcome(draft, context, place, || records.excerpt(EXCERPT_LIMIT)))?;
    }
}

fn from_sheet(
    context: &Context<'_>,
    options: &ListOptions,
    bytes: crate::input::Bytes,
    sink: Sink<'_>,
) -> Result<(), EvidenceError> {
    let cells = read_sheet(context, options.mapping.sheet.as_deref(), bytes)?;
    let first = cells.start().map_or(0, |(row, _)| u64::from(row));
    let mut search = HeaderSearch::new(options);
    let mut rows = (first + 1..).zip(cells.rows());
    let plan = loop {
        let Some((_, row)) = rows.next() else { return Err(search.fail(context)) };
        if let Some(plan) = search.try_row(row.iter().map(cell_text).collect(), context)? {
            break plan;
        }
    };
    let mut record = 0;
    for (line, row) in rows {
        let texts: Vec<String> = row.iter().map(cell_text).collect();
        if texts.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        record += 1;
        let place = Place { record, line };
        let draft = if texts.iter().any(|text| text.contains('\0')) {
            Err(Problem::Nul)
        } else {
            let field = |place: usize| texts.get(place).map_or("", String::as_str);
            plan.row(field, context, place)
        };
        sink(plan.outcome(draft, context, place, || texts.join(" | ").into_bytes()))?;
    }
    Ok(())
}

/// Looks for the header among the first rows.
struct HeaderSearch<'o> {
    options: &'o ListOptions,
    row: usize,
    widest: Vec<String>,
}

impl<'o> HeaderSearch<'o> {
    const fn new(options: &'o ListOptions) -> Self {
        Self { options, row: 0, widest: Vec::new() }
    }

    /// Makes the plan when this row is the header. A row that is told to be it must have all columns.
    fn try_row(
        &mut self,
        names: Vec<String>,
        context: &Context<'_>,
    ) -> Result<Option<Plan<'o>>, EvidenceError> {
        self.row += 1;
        let wanted = self.options.mapping.header_row;
        if wanted.is_some_and(|wanted| self.row < wanted) {
            return Ok(None);
        }
        let found = Plan::new(self.options, &names);
        let filled = |names: &[String]| names.iter().filter(|name| !name.is_empty()).count();
        if filled(&names) > filled(&self.widest) {
            self.widest = names;
        }
        match found {
            Ok(plan) => Ok(Some(plan)),
            Err(problem) if wanted.is_some() => Err(context.header(problem)),
            Err(_) if self.row >= HEADER_ROWS => Err(self.fail(context)),
            Err(_) => Ok(None),
        }
    }

    /// Says which column the likeliest header lacks.
    fn fail(&self, context: &Context<'_>) -> EvidenceError {
        match Plan::new(self.options, &self.widest) {
            Err(problem) if !self.widest.is_empty() => context.header(problem),
            _ => EvidenceError::Empty { path: context.path.to_owned() },
        }
    }
}

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

/// Places of the columns of a title.
struct TitlePlaces<'o> {
    cells: &'o TitleCells,
    id: Option<usize>,
    when: Option<usize>,
    granted: Option<usize>,
    year: Option<usize>,
    until: Option<usize>,
}

/// How the records of a list become rows.
struct Plan<'o> {
    options: &'o ListOptions,
    width: usize,
    schema: SchemaRef,
    id: Option<usize>,
    code: Option<usize>,
    name: Option<usize>,
    targets: Vec<Target<'o>>,
    titles: Vec<TitlePlaces<'o>>,
}

impl<'o> Plan<'o> {
    fn new(options: &'o ListOptions, names: &[String]) -> Result<Self, linghang_core::Bilingual> {
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
    fn row<'r>(
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
    fn outcome(
        &self,
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

    /// Finds out whose row this is. Returns the problem of a code that was left out.
    fn identify<'r>(
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
                wrong_code =
                    Some(Problem::CreditCode { value: shorten(&text), reason: fault.reason() });
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

    fn qualifications<'r>(&self, field: &impl Fn(usize) -> &'r str) -> Result<Value, Problem> {
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

    fn set(
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

    fn list(&self, text: &str) -> Vec<String> {
        match &self.options.mapping.list_separator {
            Some(separator) => split(text, separator),
            None => split(&text.replace('；', ";"), ";"),
        }
    }
}

impl<'o> TitlePlaces<'o> {
    fn new(cells: &'o TitleCells, header: &Header) -> Result<Self, linghang_core::Bilingual> {
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

/// A row whose origin is known, with the problem of a code that was left out.
struct Draft {
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
