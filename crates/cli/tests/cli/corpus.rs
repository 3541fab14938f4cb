//! A fictional world of research, written by a fixed generator: papers, Chinese news of projects, patents.
//!
//! Nothing here is anybody's text. Terms are pairs of invented words; each rises, falls or stays level. The same
//! arguments give the same bytes on every machine: no clock, no random device.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Classes of the papers; the third stands in the selectors of the example pack.
pub(crate) const CLASSES: [&str; 3] = ["cs.QA", "cs.QB", "physics.flu-dyn"];
/// A term that takes off in 2014.
pub(crate) const RISING: &str = "glimmer relay";
/// A term that fades away after 2004.
pub(crate) const FADING: &str = "brackish loom";
/// Seeds of a track of the example pack; they take off in 2014 too.
pub(crate) const SEEDS: [&str; 3] =
    ["tidal turbine", "oscillating water column", "wave energy converter"];
/// A Chinese term that no dictionary has, and that only phrase learning keeps whole.
pub(crate) const CHINESE: &str = "螺泽织机";

/// Chinese records a year.
pub(crate) const CHINESE_A_YEAR: usize = 60;

/// Terms of one class.
const TERMS: usize = 400;
/// Terms that a paper names.
const NAMED: usize = 16;
/// Terms that often stand together.
const CLUSTER: usize = 10;
const SYLLABLES: [&str; 16] = [
    "ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "ve", "ti", "zo", "qua",
    "ble",
];
const NAMES: [&str; 12] =
    ["Ada", "Bo", "Chen", "Dai", "Eve", "Fu", "Gul", "Han", "Ines", "Jun", "Kai", "Lu"];

/// A small generator of numbers (splitmix64), so that the corpus never changes.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// What becomes of a term.
#[derive(Clone, Copy)]
enum Course {
    Rises(f64),
    Fades(f64),
    Stays,
}

impl Course {
    fn weight(self, year: f64) -> f64 {
        match self {
            Self::Rises(from) => 0.02 + 1.6 / (1.0 + (from + 2.0 - year).exp()),
            Self::Fades(from) => 0.02 + 1.6 / (1.0 + (year - from).exp()),
            Self::Stays => 0.5,
        }
    }
}

struct Term {
    text: String,
    course: Course,
}

/// An invented word; another one for every number below 4,096.
pub(crate) fn word(number: usize) -> String {
    let count = SYLLABLES.len();
    let (first, second, third) =
        (number % count, number / count % count, (number + number / 256 * 5) % count);
    format!("{}{}{}", SYLLABLES[first], SYLLABLES[second], SYLLABLES[third])
}

/// Terms of a class: planted ones first, then pairs of invented words whose courses begin in different years.
fn terms(class: usize) -> Vec<Term> {
    let mut terms: Vec<Term> = match class {
        0 => vec![(RISING, Course::Rises(2014.0)), (FADING, Course::Fades(2004.0))],
        2 => SEEDS.map(|seed| (seed, Course::Rises(2014.0))).to_vec(),
        _ => Vec::new(),
    }
    .into_iter()
    .map(|(text, course)| Term { text: text.to_owned(), course })
    .collect();
    for number in terms.len()..TERMS {
        let year = 1999.0 + (number * 13 % 21) as f64;
        let course = match number % 3 {
            0 => Course::Rises(year),
            1 => Course::Fades(year),
            _ => Course::Stays,
        };
        let (left, right) = (class * TERMS + number / 2, class * TERMS + 200 + number % 200);
        terms.push(Term { text: format!("{} {}", word(left), word(right)), course });
    }
    terms
}

/// Draws the terms of a paper: half of them from one cluster, because real terms keep company.
fn draw<'t>(terms: &'t [Term], year: f64, numbers: &mut Numbers) -> Vec<&'t str> {
    let cluster = numbers.below(terms.len() / CLUSTER) * CLUSTER;
    let near = &terms[cluster..cluster + CLUSTER];
    let mut drawn: Vec<&str> = Vec::new();
    for place in 0..NAMED {
        let pool = if place < NAMED / 2 { near } else { terms };
        let sum: f64 = pool.iter().map(|term| term.course.weight(year)).sum();
        let mut left = numbers.share() * sum;
        let found = pool.iter().find(|term| {
            left -= term.course.weight(year);
            left <= 0.0
        });
        if let Some(term) = found.filter(|term| !drawn.contains(&term.text.as_str())) {
            drawn.push(&term.text);
        }
    }
    drawn
}

/// Papers of the years as an arXiv table.
pub(crate) fn papers(years: RangeInclusive<i32>) -> String {
    let all: Vec<Vec<Term>> = (0..CLASSES.len()).map(terms).collect();
    let mut table =
        String::from("arxiv_id\ttitle\tabstract\tcategories\tcreated\tprimary_cat\tauthor_text\n");
    for year in years {
        for (class, terms) in all.iter().enumerate() {
            let mut numbers = Numbers((year as u64) << 8 | class as u64);
            // A little more every year, as in any field.
            for paper in 0..(45 + 4 * (year - 1995)) as usize {
                let mut named = draw(terms, f64::from(year), &mut numbers);
                if numbers.below(4) == 0 {
                    named.extend(
                        draw(&all[(class + 1) % all.len()], f64::from(year), &mut numbers).pop(),
                    );
                }
                let (month, day) = (paper % 12 + 1, paper % 28 + 1);
                let first = named.len().min(2);
                let authors: Vec<String> = (0..=numbers.below(3))
                    .map(|_| format!("{} {}", NAMES[numbers.below(12)], word(numbers.below(40))))
                    .collect();
                writeln!(
                    table,
                    "{:02}{month:02}.{class}{paper:04}\ton {}\twe ask what becomes of {}.\t{}\t{year}-{month:02}-{day:02}\t{}\t{}",
                    year % 100,
                    named[..first].join(" and "),
                    named[first..].join(", and of "),
                    CLASSES[class],
                    CLASSES[class],
                    authors.join(", "),
                )
                .expect("a string takes everything");
            }
        }
    }
    table
}

/// Chinese records as JSON Lines; every third is about [`CHINESE`].
pub(crate) fn chinese_records(years: RangeInclusive<i32>, per_year: usize) -> String {
    let things = ["潮汐能", "波浪能", "海上风电", "柔性传感器", "植物工厂", "光纤", "轴承"];
    let before = ["研究", "建设", "比较", "推广", "测试"];
    let after = ["成本", "试验场", "标准", "设备", "人才"];
    let bodies = ["甲所", "乙院", "丙厂", "丁校"];
    let mut lines = String::new();
    for year in years {
        for record in 0..per_year {
            let thing = if record % 3 == 0 { CHINESE } else { things[record % things.len()] };
            let other = things[(record + 3) % things.len()];
            let (left, right) = (before[record % 5], after[record / 5 % 5]);
            let line = serde_json::json!({
                "no": format!("{year}-{record}"),
                "name": format!("{left}{thing}{right}"),
                "text": format!(
                    "去年{right}增加，{other}获得经费。各地{left}{thing}，并且公布{right}；专家认为{other}需要{right}。"
                ),
                "day": format!("{year}-{:02}-15", record % 12 + 1),
                "field": if thing == CHINESE { "织造" } else { "能源" },
                "org": bodies[(record / 3 + year as usize) % 4],
            });
            writeln!(lines, "{line}").expect("a string takes everything");
        }
    }
    lines
}

/// Which field of the Chinese records is what.
pub(crate) const CHINESE_MAPPING: &str = r#"kind = "project"
id_scheme = "example"
language = "zh"
[columns]
id = "no"
title = "name"
abstract = "text"
date = "day"
organisations = "org"
"#;

/// Patents as a table of The Lens.
pub(crate) fn patents(years: RangeInclusive<i32>) -> String {
    let terms = terms(2);
    let mut numbers = Numbers(77);
    let mut table = String::from(
        "Lens ID,Title,Abstract,Publication Date,Publication Year,Applicants,IPCR Classifications\n",
    );
    for year in years {
        for patent in 0..20 {
            let named = draw(&terms, f64::from(year), &mut numbers);
            writeln!(
                table,
                "000-{year}-{patent:03},device with {},\"made of {}.\",{year}-{:02}-09,{year},{} Works;;{} Mills,F03B 13/{:02}",
                named[0],
                named[1..].join(", and of "),
                patent % 12 + 1,
                NAMES[patent % 12],
                NAMES[(patent + 5) % 12],
                patent,
            )
            .expect("a string takes everything");
        }
    }
    table
}
