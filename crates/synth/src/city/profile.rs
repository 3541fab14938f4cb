//! What is true of a made-up enterprise before anything is left out: its size, age, figures by year and titles.
//!
//! Streams 1 to 99 belong to the profile, those of the year k before the last to 100 + 20·k and up.

use chrono::{Datelike as _, NaiveDate};
use linghang_evidence::enterprise::Qualification;

use super::industry::{INDUSTRIES, Industry};
use super::plan::CityPlan;
use crate::draw::Draw;

/// An enterprise.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its draws.
    pub draw: Draw,
    /// What it does.
    pub industry: &'static Industry,
    /// Place of its district in the plan.
    pub district: usize,
    /// Day of founding, as days since 1970-01-01.
    pub founded: i32,
    /// Year of founding.
    pub founded_year: i32,
    /// Whether it does R&D.
    pub researches: bool,
    /// Figures of the full years before the as-of date, the latest first; none before it was founded.
    pub years: Vec<Year>,
    /// `micro`, `small`, `medium` or `large`.
    pub size: &'static str,
    /// Titles that it holds or held.
    pub titles: Vec<Qualification>,
    /// Whether it is one of the few that venture money found.
    pub is_funded: bool,
}

/// Figures of one year; money in whole yuan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Staff.
    pub staff: i64,
    /// Revenue.
    pub revenue: i64,
    /// R&D expense; 0 for those that do none.
    pub rd: i64,
    /// Revenue of high-tech products.
    pub high_tech: i64,
}

impl Profile {
    /// Makes enterprise `number` of a city.
    pub fn new(plan: &CityPlan, number: u64) -> Self {
        let draw = Draw::new(plan.seed, number);
        let industry = &INDUSTRIES[draw.weighted(1, INDUSTRIES.iter().map(|known| known.weight))];
        // The first district of the list is the largest, the last the smallest.
        let districts = plan.districts.len().max(1);
        let district = draw.weighted(2, (0..districts).map(|place| 1.0 / (place as f64 + 2.0)));
        // Squares make most of them young: half are under eight years old.
        let age_days = 30.0 * 365.25 * draw.unit(3) * draw.unit(3).max(0.01);
        let founded = plan.as_of.to_epoch_days() - 1 - age_days as i32;
        let founded_year =
            NaiveDate::from_epoch_days(founded).map_or(plan.as_of.year(), |day| day.year());
        let researches = draw.chance(4, industry.researching);
        let mut profile = Self {
            draw,
            industry,
            district: district.min(plan.districts.len().saturating_sub(1)),
            founded,
            founded_year,
            researches,
            years: Vec::new(),
            size: "micro",
            titles: Vec::new(),
            is_funded: researches && draw.chance(5, 0.08),
        };
        profile.years = profile.figures(plan);
        profile.size = profile.size_class();
        profile.titles = profile.hold_titles(plan);
        profile
    }

    /// Age in full years on the as-of date.
    pub fn age(&self, plan: &CityPlan) -> i32 {
        plan.as_of.year() - self.founded_year
    }

    /// Returns the latest year, where there is one.
    pub fn last(&self) -> Option<&Year> {
        self.years.first()
    }

    /// R&D expense as a share of revenue in the latest year.
    pub fn intensity(&self) -> f64 {
        self.last().map_or(0.0, |year| year.rd as f64 / (year.revenue.max(1)) as f64)
    }

    fn figures(&self, plan: &CityPlan) -> Vec<Year> {
        let draw = self.draw;
        // The tail of a Pareto law: half have 5 people or fewer, one in a thousand some thousand.
        let u = draw.unit(6);
        let mut staff = 1.0 + 4.0 * u / (1.0002 - u);
        let mut revenue =
            staff * self.industry.revenue_a_head * (0.2 + 2.4 * draw.unit(7) * draw.unit(8));
        let intensity = self.industry.intensity * (0.3 + 2.0 * draw.unit(9) * draw.unit(10));
        let is_young = self.age(plan) <= 8;
        let mut years = Vec::new();
        for back in 0..plan.years {
            let year = plan.as_of.year() - 1 - back as i32;
            if year < self.founded_year {
                break;
            }
            let stream = 100 + 20 * u64::from(back);
            let rd = if self.researches {
                revenue * intensity * draw.between(stream, 0.85, 1.15)
            } else {
                0.0
            };
            let share = if self.researches { draw.between(stream + 1, 0.3, 1.0) } else { 0.0 };
            years.push(Year {
                year,
                staff: staff as i64,
                revenue: revenue as i64,
                rd: rd as i64,
                high_tech: (revenue * share) as i64,
            });
            let growth = if is_young {
                draw.between(stream + 2, -0.2, 0.7)
            } else {
                draw.between(stream + 2, -0.15, 0.25)
            };
            revenue /= 1.0 + growth;
            staff = (staff / (1.0 + growth * 0.6)).max(1.0);
        }
        years
    }

    fn size_class(&self) -> &'static str {
        match self.last().map_or((1, 0), |year| (year.staff, year.revenue)) {
            (staff, revenue) if staff < 20 || revenue < 3_000_000 => "micro",
            (staff, revenue) if staff < 300 || revenue < 20_000_000 => "small",
            (staff, revenue) if staff < 1_000 || revenue < 400_000_000 => "medium",
            _ => "large",
        }
    }

    /// Titles by rung: the higher ones only among those that hold the lower.
    fn hold_titles(&self, plan: &CityPlan) -> Vec<Qualification> {
        let draw = self.draw;
        let age = self.age(plan);
        let is_known = self.researches && age >= 2;
        let Some(last) = self.last().copied().filter(|_| is_known) else { return Vec::new() };
        let names = &plan.titles;
        let mut titles = Vec::new();
        let mut hold = |id: &str, stream: u64, validity: i32| {
            let back = (draw.below(stream, 4) as i32).min(validity).min(age - 2);
            // On any day of the year that ends `back` years before the as-of date.
            let days = 1 + 365 * back + draw.below(stream + 40, 365) as i32;
            let granted = (plan.as_of.to_epoch_days() - days).max(self.founded);
            titles.push(title(granted, id, validity));
        };
        if last.staff <= 500 && last.revenue <= 200_000_000 && draw.chance(20, 0.55) {
            hold(&names.tech_sme, 21, 1);
        }
        let is_small = matches!(self.size, "micro" | "small" | "medium");
        let is_high_tech = self.intensity() >= 0.03 && draw.chance(22, 0.6);
        if is_high_tech {
            hold(&names.high_tech, 23, 3);
        }
        let is_innovative = is_small && is_high_tech && draw.chance(24, 0.4);
        if is_innovative {
            hold(&names.innovative_sme, 25, 3);
        }
        let is_specialised = is_innovative && last.revenue >= 10_000_000 && draw.chance(26, 0.5);
        if is_specialised {
            hold(&names.specialised, 27, 3);
        }
        if is_specialised && age >= 3 && last.revenue >= 50_000_000 && draw.chance(28, 0.2) {
            hold(&names.little_giant, 29, 3);
        }
        if is_high_tech && age <= 15 && draw.chance(30, 0.03) {
            hold(&names.gazelle, 31, 1);
        }
        if self.is_funded && age <= 10 && draw.chance(32, 0.005) {
            hold(&names.unicorn, 33, 1);
        }
        titles.sort();
        titles
    }
}

/// Makes a title granted on a day.
fn title(granted: i32, id: &str, validity: i32) -> Qualification {
    let months = chrono::Months::new(12 * validity.unsigned_abs());
    let day = NaiveDate::from_epoch_days(granted);
    Qualification {
        id: id.to_owned(),
        granted: Some(granted),
        granted_year: day.map(|day| day.year()),
        valid_until: day
            .and_then(|day| day.checked_add_months(months))
            .map(|day| day.to_epoch_days() - 1),
    }
}
