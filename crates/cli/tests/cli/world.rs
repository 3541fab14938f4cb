//! A fictional small home of all kinds of source: papers in two languages, patents with places, news and policy.
//!
//! Nothing here is anybody's text. Two families of terms: looms rise first in papers and two years later in patents,
//! most of these from the city of the example pack; kilns stay level everywhere. One term rises in papers alone.

use std::fmt::{Display, Write as _};

use crate::corpus::word;

/// Class of every document; the corpus that the tests scan.
pub(crate) const CLASS: &str = "openalex:Weaving";
/// Terms that rise; the first is glossed.
pub(crate) const LOOMS: [&str; 6] = [
    "tidal loom exchange",
    "glimmer relay",
    "brackish shuttle",
    "amber heddle",
    "velvet treadle",
    "quartz bobbin",
];
/// Terms that stay level.
pub(crate) const KILNS: [&str; 6] =
    ["ochre kiln", "marble flue", "saffron glaze", "basalt damper", "cobalt slip", "ivory saggar"];
/// A term that rises in papers, in everybody's hands, and that no patent, news item or policy names.
pub(crate) const LONELY: &str = "hermit lantern";
/// The acronym of the first loom, and its Chinese name.
pub(crate) const GLOSS: (&str, &str) = ("tlx", "潮汐织机交换");
/// A term that stands nowhere but in the footer of the news.
pub(crate) const FOOTER_TERM: &str = "harbour wire";

const YEARS: std::ops::RangeInclusive<i32> = 2003..=2019;
const PAPERS: usize = 240;
const PATENTS: usize = 140;
/// Families of terms beside looms and kilns; they stay level too.
const OTHERS: usize = 15;
/// Papers that name looms, from 2001 on: never level, so that a lag can be seen, and steep at the end.
const RISE: [usize; 19] = [6, 3, 8, 4, 10, 5, 4, 9, 3, 7, 11, 5, 8, 4, 14, 22, 20, 38, 52];
const LONELY_RISE: [usize; 4] = [1, 3, 7, 12];
const FOOTER: &str = "This service is run by the harbour wire press office in granite street, all rights \
                      reserved, reprints need the written consent of its editors.";

/// Mapping of a kind of document.
pub(crate) fn mapping(kind: &str) -> String {
    let actors = if kind == "patent" { "applicants" } else { "authors" };
    format!(
        "kind = \"{kind}\"\nid_scheme = \"{kind}s\"\nclass_scheme = \"openalex\"\n[columns]\nid = \"no\"\n\
         title = \"title\"\nabstract = \"text\"\ndate = \"day\"\nclasses = \"class\"\n{actors} = \"by\"\n\
         places = \"at\"\n"
    )
}

struct Item {
    no: String,
    title: String,
    text: String,
    day: String,
    by: String,
    at: &'static str,
}

fn lines(items: impl IntoIterator<Item = Item>) -> String {
    let mut lines = String::new();
    for item in items {
        let line = serde_json::json!({
            "no": item.no, "title": item.title, "text": item.text, "day": item.day, "class": "Weaving",
            "by": item.by, "at": item.at,
        });
        writeln!(lines, "{line}").expect("a string takes everything");
    }
    lines
}

/// The families that stay level, kilns first.
fn level() -> Vec<[String; 6]> {
    let other = |family: usize| {
        std::array::from_fn(|place| {
            let first = 300 + family * 12 + place * 2;
            format!("{} {}", word(first), word(first + 1))
        })
    };
    [KILNS.map(str::to_owned)].into_iter().chain((0..OTHERS).map(other)).collect()
}

/// Three terms of a family for the `number`-th document: the first for the title.
fn three<T>(family: &[T; 6], number: usize) -> [&T; 3] {
    [&family[number % 6], &family[(number + 1) % 6], &family[(number + 2 + number / 6 % 3) % 6]]
}

fn about<T: Display>(family: &[T; 6], number: usize) -> (String, String) {
    let [first, second, third] = three(family, number);
    let verbs = ["we ask about", "we look at", "we draw", "we count"];
    let verb = verbs[number % verbs.len()];
    (format!("on the {first}"), format!("{verb} the {second}, and then the {third}."))
}

fn people(number: usize) -> String {
    let names =
        ["Ada Ash", "Bo Birch", "Chen Cedar", "Dai Elm", "Eve Fir", "Fu Gorse", "Gul Hazel"];
    format!("{};{}", names[number % 7], names[(number / 7 + number + 1) % 7])
}

fn day(year: i32, number: usize) -> String {
    format!("{year}-{:02}-{:02}", number % 12 + 1, number % 28 + 1)
}

/// Papers; some gloss the first loom in English, and some are in Chinese.
pub(crate) fn papers() -> String {
    lines(YEARS.flat_map(|year| {
        let looms = RISE[(year - 2001) as usize];
        let families = level();
        let lonely = LONELY_RISE.get((year - 2016) as usize).copied().unwrap_or(0);
        (0..PAPERS).map(move |number| {
            let is_loom = number < looms;
            let (mut title, mut text) = if is_loom {
                about(&LOOMS, number)
            } else {
                about(&families[number % families.len()], number / families.len() + year as usize)
            };
            let mut by = people(number);
            let is_glossed = is_loom && year >= 2012;
            if is_glossed && number % 9 == 0 {
                text.push_str(" A Tidal Loom Exchange (TLX) is shown.");
            } else if is_glossed && number % 9 == 4 {
                (title, text) = chinese(number);
            } else if (60..60 + lonely).contains(&number) {
                title = format!("{title}, and on the {LONELY}");
                by = format!("A {0};B {0}", word(number + year as usize));
            }
            let no = format!("{year}-{number}");
            Item { no, title, text, day: day(year, number), by, at: "" }
        })
    }))
}

fn chinese(number: usize) -> (String, String) {
    let (before, after) =
        (["研究", "比较", "测试", "设计"][number % 4], ["成本", "标准", "设备"][number / 4 % 3]);
    (
        format!("{before}潮汐织机交换的{after}"),
        format!(
            "本文{before}潮汐织机交换（Tidal Loom Exchange，TLX），并且讨论{after}；用于潮汐织机交换。"
        ),
    )
}

/// Patents: looms two years after the papers, and most of them from the city of the example pack.
pub(crate) fn patents() -> String {
    lines(YEARS.flat_map(|year| {
        let looms = RISE[(year - 2003) as usize];
        let families = level();
        (0..PATENTS).map(move |number| {
            let is_loom = number < looms;
            let (title, text) = if is_loom {
                about(&LOOMS, number)
            } else {
                about(&families[number % families.len()], number / families.len() + year as usize)
            };
            let is_local = if is_loom { number % 3 != 0 } else { number % 10 == 0 };
            let at = if is_local { "Wanghai, XH" } else { "XH" };
            let by = format!(
                "{} Works;{} Mills",
                ["Ash", "Elm", "Fir"][number % 3],
                ["Oak", "Yew", "Sal"][number % 3]
            );
            Item { no: format!("{year}-{number}"), title, text, day: day(year, number), by, at }
        })
    }))
}

/// News items or policy texts, which name looms and kilns alike; news carry a footer.
pub(crate) fn public(kind: &str) -> String {
    let is_news = kind == "news";
    lines((2012..=2019).flat_map(move |year| {
        let families = level();
        (0..15_usize).map(move |number| {
            let turn = number + year as usize;
            let (title, mut text) = if number % 3 == 0 {
                about(&LOOMS, turn)
            } else {
                about(&families[turn % families.len()], turn)
            };
            if is_news {
                write!(text, " Item{number}of{year}. {FOOTER}").expect("a string takes everything");
            }
            let by = people(number);
            Item { no: format!("{year}-{number}"), title, text, day: day(year, number), by, at: "" }
        })
    }))
}
