//! The money side of awards, groups and pools, checked once so that the stages need not doubt it.

use linghang_core::Fen;
pub use linghang_pack::record::WhenShort;
use serde::Serialize;

/// Place of an award in [`Terms::awards`]. Two bytes, because a run holds millions of them.
pub type AwardIx = u16;

/// Limits of one award. Years and lifetimes are counted over the payments history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Caps {
    /// At most this for one claim.
    pub item: Option<Fen>,
    /// At most this in one period (a calendar year).
    pub year: Option<Fen>,
    /// At most this ever.
    pub lifetime: Option<Fen>,
}

/// How often an award is given to one enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Once {
    /// Once ever: nothing is due when an earlier period was paid.
    Lifetime,
    /// Once a year.
    Year,
    /// Once a project. Facts of one enterprise are the sum over its projects of the year, so this equals `Year`.
    Project,
}

/// Which awards of a group are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// The one with the highest amount.
    Highest,
    /// All of them, together up to the group's limit.
    Sum,
    /// The first by rank.
    First,
}

/// Awards of which an enterprise cannot simply have all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Name, unique over the rule set.
    pub name: String,
    /// What is given.
    pub take: Take,
    /// Limit for the sum of the group in one period.
    pub up_to: Option<Fen>,
    /// Whether payments of earlier periods in this group are taken off too.
    pub deduct_paid: bool,
}

/// An exact share in millionths: 5 % is 50,000.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Share(pub u32);

impl Share {
    /// The whole.
    pub const ONE: u32 = 1_000_000;

    /// The share of an amount that is not negative, rounded down to fen.
    pub fn of(self, amount: Fen) -> Fen {
        Fen((i128::from(amount.0) * i128::from(self.0) / i128::from(Self::ONE)) as i64)
    }
}

/// Money set aside for some awards in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// Name, unique over the rule set.
    pub name: String,
    /// What it holds for the period; absent when the amount is not set, so that the pool limits nothing yet.
    pub amount: Option<Fen>,
    /// What happens when it is short.
    pub when_short: WhenShort,
    /// Kept back for cases that are still unknown.
    pub reserve: Share,
    /// The pool it is a part of.
    pub within: Option<usize>,
}

/// The money side of one award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardTerms {
    /// `programme/award`.
    pub id: String,
    /// Its limits.
    pub caps: Caps,
    /// How often it is given.
    pub once: Option<Once>,
    /// Its stacking group.
    pub group: Option<usize>,
    /// Rank in the group and under the ceiling: smaller goes first.
    pub rank: u32,
    /// Awards that cannot be had beside it.
    pub excludes: Vec<AwardIx>,
    /// The pool that pays it.
    pub pool: Option<usize>,
    /// Amounts that a short pool brings below this are not paid.
    pub floor: Option<Fen>,
    /// Who pays: parties with shares that add up to one; empty when nothing is said.
    pub pays: Vec<(String, Share)>,
}

impl AwardTerms {
    /// An award without any limit.
    pub fn plain(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            caps: Caps::default(),
            once: None,
            group: None,
            rank: 0,
            excludes: Vec::new(),
            pool: None,
            floor: None,
            pays: Vec::new(),
        }
    }

    /// Whether it is paid for several items in one year: its year cap lies above its item cap and nothing says "once".
    pub fn is_by_item(&self) -> bool {
        let Caps { item: Some(item), year: Some(year), .. } = self.caps else { return false };
        self.once.is_none() && year > item
    }
}

/// Awards with their groups, pools and the ceiling; every reference is known to lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    awards: Vec<AwardTerms>,
    groups: Vec<Group>,
    pools: Vec<Pool>,
    ceiling_year: Option<Fen>,
}

/// Why terms were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TermsError {
    /// More awards than two bytes count.
    #[error("there are {0} awards; a rule set holds at most 65,535")]
    TooMany(usize),
    /// A group, pool or award that does not exist.
    #[error("{0}: refers to something that does not exist")]
    Dangling(String),
    /// Pools that lie within each other.
    #[error("pool {0}: lies within itself")]
    PoolCycle(String),
    /// Shares that are not the whole.
    #[error("{0}: the shares of those who pay do not add up to 100 %")]
    Shares(String),
}

impl TermsError {
    /// The award or pool that is meant; empty when it is all of them.
    pub fn place(&self) -> &str {
        match self {
            Self::TooMany(_) => "",
            Self::Dangling(id) | Self::PoolCycle(id) | Self::Shares(id) => id,
        }
    }
}

impl Terms {
    /// Checks the references and makes exclusions mutual.
    ///
    /// # Errors
    ///
    /// The first reference that leads nowhere, pool that lies within itself, or split that is not the whole.
    pub fn new(
        mut awards: Vec<AwardTerms>,
        groups: Vec<Group>,
        pools: Vec<Pool>,
        ceiling_year: Option<Fen>,
    ) -> Result<Self, TermsError> {
        if awards.len() > usize::from(AwardIx::MAX) {
            return Err(TermsError::TooMany(awards.len()));
        }
        for award in &awards {
            let dangling = award.group.is_some_and(|at| at >= groups.len())
                || award.pool.is_some_and(|at| at >= pools.len())
                || award.excludes.iter().any(|at| usize::from(*at) >= awards.len());
            if dangling {
                return Err(TermsError::Dangling(award.id.clone()));
            }
            check_shares(&award.id, &award.pays)?;
        }
        for place in 0..pools.len() {
            check_pool(&pools, place)?;
        }
        make_mutual(&mut awards);
        Ok(Self { awards, groups, pools, ceiling_year })
    }

    /// The awards, in the order given.
    pub fn awards(&self) -> &[AwardTerms] {
        &self.awards
    }

    /// One award.
    pub fn award(&self, at: AwardIx) -> &AwardTerms {
        &self.awards[usize::from(at)]
    }

    /// The groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The pools.
    pub fn pools(&self) -> &[Pool] {
        &self.pools
    }

    /// The most that one enterprise gets in a year over all programmes.
    pub const fn ceiling_year(&self) -> Option<Fen> {
        self.ceiling_year
    }

    /// Compares two awards by rank, then id: the last word in every choice.
    pub fn by_rank(&self, a: AwardIx, b: AwardIx) -> std::cmp::Ordering {
        let (a, b) = (self.award(a), self.award(b));
        (a.rank, &a.id).cmp(&(b.rank, &b.id))
    }

    /// Whether what an enterprise gets under this award depends on its other awards.
    pub fn interacts(&self, at: AwardIx) -> bool {
        let award = self.award(at);
        award.group.is_some() || !award.excludes.is_empty() || self.ceiling_year.is_some()
    }
}

fn check_shares(name: &str, shares: &[(String, Share)]) -> Result<(), TermsError> {
    let sum: u64 = shares.iter().map(|(_, share)| u64::from(share.0)).sum();
    if shares.is_empty() || sum == u64::from(Share::ONE) {
        Ok(())
    } else {
        Err(TermsError::Shares(name.to_owned()))
    }
}

fn check_pool(pools: &[Pool], start: usize) -> Result<(), TermsError> {
    let mut at = start;
    for _ in 0..=pools.len() {
        match pools[at].within {
            None => return Ok(()),
            Some(parent) if parent >= pools.len() => {
                return Err(TermsError::Dangling(pools[at].name.clone()));
            }
            Some(parent) => at = parent,
        }
    }
    Err(TermsError::PoolCycle(pools[start].name.clone()))
}

/// If A excludes B then B excludes A, whoever wrote it down.
fn make_mutual(awards: &mut [AwardTerms]) {
    for at in 0..awards.len() {
        for other in awards[at].excludes.clone() {
            awards[usize::from(other)].excludes.push(at as AwardIx);
        }
    }
    for award in awards {
        award.excludes.sort_unstable();
        award.excludes.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(name: &str, within: Option<usize>) -> Pool {
        Pool {
            name: name.into(),
            amount: None,
            when_short: WhenShort::Stop,
            reserve: Share(0),
            within,
        }
    }

    #[test]
    fn references_that_lead_nowhere_are_refused() {
        let lost = AwardTerms { group: Some(0), ..AwardTerms::plain("a/b") };
        assert_eq!(
            Terms::new(vec![lost], vec![], vec![], None),
            Err(TermsError::Dangling("a/b".into()))
        );
        let circle = vec![pool("x", Some(1)), pool("y", Some(0))];
        assert_eq!(
            Terms::new(vec![], vec![], circle, None),
            Err(TermsError::PoolCycle("x".into()))
        );
        let split = vec![("city".into(), Share(600_000)), ("district".into(), Share(300_000))];
        let half = AwardTerms { pays: split, ..AwardTerms::plain("a/b") };
        assert_eq!(
            Terms::new(vec![half], vec![], vec![], None),
            Err(TermsError::Shares("a/b".into()))
        );
    }

    #[test]
    fn an_exclusion_written_once_holds_both_ways() {
        let one = AwardTerms { excludes: vec![1], ..AwardTerms::plain("a/one") };
        let terms = Terms::new(vec![one, AwardTerms::plain("a/two")], vec![], vec![], None)
            .expect("references are fine");
        assert_eq!(terms.award(1).excludes, [0]);
    }
}
