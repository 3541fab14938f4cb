//! One award: conditions, amount, caps.

use linghang_core::Fen;
use linghang_expr::{Currency, Exact, Expect, Kind, Literal, Op};
use linghang_pack::record::{self, Programme};

use super::conditions::{Leaves, Scope, plain};
use super::findings::Findings;
use super::params::{self, Limit};
use crate::model::{Award, Expression};
use crate::money::{AwardTerms, Caps, Once};

/// What came of an award.
pub(crate) enum Compiling {
    /// It can be computed.
    Done(Box<Award>, Box<AwardTerms>),
    /// It needs parameters that are not set.
    Open(Vec<String>),
    /// It was told what is wrong.
    Broken,
}

/// Compiles one award. All problems are told, also where one would be enough to give up.
pub(crate) fn award(
    programme: &Programme,
    record: &record::Award,
    scope: &mut Scope<'_>,
    leaves: &mut Leaves,
    findings: &mut Findings,
) -> Compiling {
    let id = format!("{}/{}", programme.id, record.id);
    let when = scope.requirements(&format!("{id}.when"), &record.when, leaves, findings);
    let pay = scope.expression(&format!("{id}.pay"), &record.pay, Expect::Money, findings);
    let mut limits = Limits { id: &id, unset: Vec::new() };
    let caps = Caps {
        item: limits.read("cap.item", record.cap.item.as_ref(), scope, findings),
        year: limits.read("cap.year", record.cap.year.as_ref(), scope, findings),
        lifetime: limits.read("cap.lifetime", record.cap.lifetime.as_ref(), scope, findings),
    };
    let up_to = record.group.as_ref().and_then(|group| group.up_to.as_ref());
    limits.read("group.up_to", up_to, scope, findings);
    let floor = record.budget.as_ref().and_then(|budget| budget.floor.as_ref());
    let floor = limits.read("budget.floor", floor, scope, findings);
    let pays = record.pays.iter().map(|(party, text)| {
        (party.clone(), params::share(&format!("{id}.pays.{party}"), text, findings))
    });
    let pays = pays.collect();
    let mut unset = limits.unset;
    unset.append(&mut scope.unset);
    unset.sort_unstable();
    unset.dedup();
    let Some(pay) = pay else { return Compiling::Broken };
    if !is_yuan(&pay) {
        findings.say(
            "rules.pay_currency",
            &format!("{id}.pay"),
            "奖补金额必须是人民币",
            "an award is paid in yuan",
        );
        return Compiling::Broken;
    }
    if !unset.is_empty() {
        return Compiling::Open(unset);
    }
    let terms = AwardTerms {
        caps,
        once: record.once.map(once),
        rank: record.group.as_ref().and_then(|group| group.rank).unwrap_or_default(),
        floor,
        pays,
        ..AwardTerms::plain(id.clone())
    };
    let assumed = programme.params.iter().filter(|(_, param)| param.assumed);
    let award = Award {
        id,
        programme: programme.id.clone(),
        name: plain(&record.name),
        clause: record.clause.clone(),
        when,
        fixed: fixed(&pay),
        pay,
        delivery: record.delivery,
        subject: record.subject.clone(),
        monotone: record.monotone.clone(),
        assumed: assumed.map(|(name, _)| name.clone()).collect(),
    };
    Compiling::Done(Box::new(award), Box::new(terms))
}

/// Reads limits and remembers parameters that are not set: a cap left open is no cap that may be left out.
struct Limits<'a> {
    id: &'a str,
    unset: Vec<String>,
}

impl Limits<'_> {
    fn read(
        &mut self,
        key: &str,
        text: Option<&String>,
        scope: &Scope<'_>,
        findings: &mut Findings,
    ) -> Option<Fen> {
        let place = format!("{}.{key}", self.id);
        match params::limit(&place, text?, scope.parameters, findings) {
            Limit::Is(fen) => Some(fen),
            Limit::Unset(name) => {
                self.unset.push(name);
                None
            }
            Limit::Broken => None,
        }
    }
}

const fn once(once: record::Once) -> Once {
    match once {
        record::Once::Lifetime => Once::Lifetime,
        record::Once::Year => Once::Year,
        record::Once::Project => Once::Project,
    }
}

/// Zero has no unit; everything else must be yuan.
fn is_yuan(pay: &Expression) -> bool {
    match pay.checked.kind() {
        Kind::Money(currency) => *currency == Currency::CNY,
        _ => true,
    }
}

/// The amount where no fact has a say in it.
fn fixed(pay: &Expression) -> Option<Fen> {
    let literal: Option<&Literal> = match &pay.checked.tree().op {
        Op::Literal(literal) => Some(literal),
        Op::Parameter { parameter, .. } => match &**parameter {
            linghang_expr::Parameter::Value(literal) => Some(literal),
            _ => None,
        },
        _ => None,
    };
    literal?.exact().and_then(Exact::to_fen_half_up).map(Fen)
}
