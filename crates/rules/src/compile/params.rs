//! Parameters as they stand on the day.

use chrono::Datelike as _;
use linghang_core::Fen;
use linghang_expr::{Bracket, Constant, Currency, Exact, Kind, Literal, Parameter, Parameters};
use linghang_pack::record::{DatedValue, Param};

use super::findings::Findings;
use crate::model::AsOf;
use crate::money::Share;

/// Adds what every expression may name: `$year`, the calendar year of the day.
pub(crate) fn add_built_in(parameters: &mut Parameters, as_of: AsOf) {
    let year = Exact::whole(as_of.legal.year().into());
    parameters.insert("year", Parameter::Value(Literal::number(Kind::Year, year)));
}

/// Resolves the parameters of a file.
pub(crate) fn resolve<'a>(
    params: impl IntoIterator<Item = (&'a String, &'a Param)>,
    as_of: AsOf,
    findings: &mut Findings,
) -> Parameters {
    let mut parameters = Parameters::new();
    add_built_in(&mut parameters, as_of);
    for (name, param) in params {
        parameters.insert(name, parameter(name, param, as_of, findings));
    }
    parameters
}

fn parameter(name: &str, param: &Param, as_of: AsOf, findings: &mut Findings) -> Parameter {
    let by = param.by.clone().unwrap_or_default();
    let mut read = |text: &str| literal(name, text, findings);
    let found = if let Some(text) = &param.is {
        read(text).map(Parameter::Value)
    } else if !param.values.is_empty() {
        match param.values.iter().find(|value| is_current(value, as_of)) {
            Some(value) => read(&value.is).map(Parameter::Value),
            // No value for the day: as open as if it had never been set.
            None => None,
        }
    } else if !param.table.is_empty() {
        let rows = param.table.iter().map(|(label, text)| Some((label.clone(), read(text)?)));
        rows.collect::<Option<Vec<_>>>().map(|rows| Parameter::Table { by, rows })
    } else if !param.brackets.is_empty() {
        let rows = param.brackets.iter().map(|row| {
            let to = match &row.to {
                Some(text) => Some(read(text)?),
                None => None,
            };
            Some(Bracket { to, inclusive: true, is: read(&row.is)? })
        });
        rows.collect::<Option<Vec<_>>>().map(|rows| Parameter::Brackets { by, rows })
    } else {
        None
    };
    found.unwrap_or(Parameter::Unset { kind: None })
}

fn is_current(value: &DatedValue, as_of: AsOf) -> bool {
    value.from.is_none_or(|from| from <= as_of.legal) && value.to.is_none_or(|to| as_of.legal < to)
}

/// Reads a literal; a label may stand without quotes.
fn literal(name: &str, text: &str, findings: &mut Findings) -> Option<Literal> {
    match Literal::parse(text) {
        Ok(literal) => Some(literal),
        Err(problem) => {
            findings.expression(&format!("params.{name}"), text, vec![problem]);
            None
        }
    }
}

/// A limit: an amount in yuan, or a parameter that holds one.
pub(crate) enum Limit {
    /// The amount.
    Is(Fen),
    /// The parameter is not set.
    Unset(String),
    /// It was told why not.
    Broken,
}

/// Reads a limit.
pub(crate) fn limit(
    place: &str,
    text: &str,
    parameters: &Parameters,
    findings: &mut Findings,
) -> Limit {
    let literal = match text.strip_prefix('$') {
        None => match Literal::parse(text) {
            Ok(literal) => literal,
            Err(problem) => {
                findings.expression(place, text, vec![problem]);
                return Limit::Broken;
            }
        },
        Some(name) => match parameters.get(name).map(AsRef::as_ref) {
            Some(Parameter::Value(literal)) => literal.clone(),
            Some(Parameter::Unset { .. }) => return Limit::Unset(name.to_owned()),
            Some(Parameter::Table { .. } | Parameter::Brackets { .. }) | None => {
                findings.say(
                    "rules.limit",
                    place,
                    &format!("`{text}` 不是单一金额；按档的上限请写进 `pay`，如 `min(…, ${name})`"),
                    &format!("`{text}` is not a single amount; write a limit by bracket into `pay`, such as `min(…, ${name})`"),
                );
                return Limit::Broken;
            }
        },
    };
    let fen = match (&literal.kind, &literal.value) {
        (Kind::Money(currency), Constant::Exact(value)) if *currency == Currency::CNY => {
            value.to_fen_half_up()
        }
        _ if literal.is_zero() => Some(0),
        _ => None,
    };
    if let Some(fen) = fen {
        return Limit::Is(Fen(fen));
    }
    findings.say(
        "rules.limit",
        place,
        &format!("`{text}` 不是人民币金额"),
        &format!("`{text}` is not an amount of yuan"),
    );
    Limit::Broken
}

/// Reads a share such as `60%`, exact to a millionth.
pub(crate) fn share(place: &str, text: &str, findings: &mut Findings) -> Share {
    let millionths = Literal::parse(text)
        .ok()
        .filter(|literal| literal.kind == Kind::Ratio)
        .and_then(|literal| literal.exact()?.mul(Exact::whole(Share::ONE.into()))?.as_whole())
        .filter(|share| (0..=i128::from(Share::ONE)).contains(share));
    if let Some(millionths) = millionths {
        return Share(millionths as u32);
    }
    findings.say(
        "rules.share",
        place,
        &format!("`{text}` 不是 0% 到 100% 的份额"),
        &format!("`{text}` is not a share from 0% to 100%"),
    );
    Share(0)
}
