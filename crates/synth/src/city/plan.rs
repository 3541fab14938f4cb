//! What a made-up city is made from.

use arrow_schema::Field;
use chrono::NaiveDate;
use linghang_evidence::enterprise::{Kind, Table, code, field};
use linghang_pack::Pack;
use linghang_pack::record::FactType;

use crate::draw::mix;

/// Ids of the titles that enterprises of the city hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titles {
    /// 科技型中小企业.
    pub tech_sme: String,
    /// 创新型中小企业.
    pub innovative_sme: String,
    /// 高新技术企业.
    pub high_tech: String,
    /// 专精特新中小企业.
    pub specialised: String,
    /// 专精特新“小巨人”企业.
    pub little_giant: String,
    /// 瞪羚企业.
    pub gazelle: String,
    /// 独角兽企业.
    pub unicorn: String,
}

impl Default for Titles {
    fn default() -> Self {
        Self {
            tech_sme: "tech-sme".to_owned(),
            innovative_sme: "innovative-sme".to_owned(),
            high_tech: "high-tech".to_owned(),
            specialised: "srdi".to_owned(),
            little_giant: "little-giant".to_owned(),
            gazelle: "gazelle".to_owned(),
            unicorn: "unicorn".to_owned(),
        }
    }
}

/// A programme under which the city paid in the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Id.
    pub id: String,
    /// Id of its award.
    pub award: Option<String>,
}

/// A column that a pack's facts ask for and that the tables do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Name of the column.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Unit of its values.
    pub unit: String,
    /// Name for a reader, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The values of a label.
    pub labels: Vec<String>,
}

impl Extra {
    /// Returns the column of the table.
    pub fn field(&self) -> Field {
        field(&self.name, self.kind, &self.unit, &self.zh, &self.en, true)
    }
}

/// All that decides the rows of a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityPlan {
    /// Number of enterprises.
    pub enterprises: u64,
    /// Seed; other seeds give other cities whose enterprises have other codes.
    pub seed: u64,
    /// The day from whose point of view the city is described.
    pub as_of: NaiveDate,
    /// How many full years of figures there are, before the year of `as_of`.
    pub years: u32,
    /// Ids of the districts; the city has at least one.
    pub districts: Vec<String>,
    /// Ids of titles.
    pub titles: Titles,
    /// Programmes that paid; with none there are no payments.
    pub programmes: Vec<Programme>,
    /// Further columns of the table `enterprises`, by name.
    pub extra: Vec<Extra>,
}

impl CityPlan {
    /// Makes a plan without a pack: four districts and three programmes that nobody has.
    pub fn new(enterprises: u64, seed: u64, as_of: NaiveDate) -> Self {
        let programme = |id: &str| Programme { id: id.to_owned(), award: None };
        Self {
            enterprises,
            seed,
            as_of,
            years: 3,
            districts: ["east", "north", "south", "west"].map(str::to_owned).to_vec(),
            titles: Titles::default(),
            programmes: ["synthetic-a", "synthetic-b", "synthetic-c"].map(programme).to_vec(),
            extra: Vec::new(),
        }
    }

    /// Makes a plan with the districts and programmes of a pack, and the columns that its facts ask for.
    pub fn from_pack(enterprises: u64, seed: u64, as_of: NaiveDate, pack: &Pack) -> Self {
        let mut plan = Self::new(enterprises, seed, as_of);
        if !pack.districts.is_empty() {
            plan.districts = pack.districts.keys().cloned().collect();
        }
        let programmes = pack.programmes.values().map(|programme| Programme {
            id: programme.id.clone(),
            award: programme.awards.first().map(|award| award.id.clone()),
        });
        let programmes: Vec<Programme> = programmes.collect();
        if !programmes.is_empty() {
            plan.programmes = programmes;
        }
        plan.extra = extra(pack);
        plan
    }

    /// Returns the credit code of an enterprise. Cities of other seeds have other codes, up to chance.
    pub fn code(&self, number: u64) -> String {
        code::made_up((mix(self.seed, 0, 0) % 31_u64.pow(8)).wrapping_add(number))
    }

    /// Returns everything that decides the rows, in words.
    pub fn recipe(&self) -> String {
        format!("city 1 {self:?}")
    }
}

/// Returns the columns of `enterprises` that the facts of a pack ask for and that are not declared, by name.
fn extra(pack: &Pack) -> Vec<Extra> {
    let mut found: Vec<Extra> = Vec::new();
    for fact in pack.facts.values() {
        let Some(from) =
            fact.from.as_ref().filter(|from| from.table == Table::Enterprises.file_stem())
        else {
            continue;
        };
        let is_there = Table::Enterprises.column(&from.column).is_some();
        if is_there || found.iter().any(|known| known.name == from.column) {
            continue;
        }
        let kind = match fact.kind {
            FactType::Money => Kind::Money,
            FactType::Count => Kind::Count,
            FactType::Ratio => Kind::Ratio,
            FactType::Number => Kind::Number,
            FactType::Date => Kind::Date,
            FactType::Year => Kind::Year,
            FactType::Bool => Kind::Bool,
            FactType::Label => Kind::Label,
            FactType::Text => Kind::Text,
        };
        let unit = if kind == Kind::Money { Some("fen") } else { fact.unit.as_deref() };
        found.push(Extra {
            name: from.column.clone(),
            kind,
            unit: unit.unwrap_or_default().to_owned(),
            zh: fact.name.0.zh.clone(),
            en: fact.name.0.en.clone(),
            labels: fact.values.iter().map(|value| value.id.clone()).collect(),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}
