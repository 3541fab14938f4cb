//! The documents that are measured: arXiv papers of the development categories, each once.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use linghang_core::HalfYear;
use linghang_scan::counts::{DocumentInput, EnglishReader, State};
use linghang_scan::figures::Corpus;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// The categories on which the method was developed; together they are the corpus POOL.
pub(crate) const CATEGORIES: [&str; 15] = [
    "cs.CR",
    "cs.DC",
    "cs.ET",
    "cs.IR",
    "cs.NE",
    "cs.NI",
    "cs.RO",
    "cs.SI",
    "cs.SY",
    "eess.SP",
    "physics.app-ph",
    "physics.bio-ph",
    "q-bio.GN",
    "q-bio.NC",
    "q-bio.QM",
];

/// First year that is used.
const FIRST_YEAR: i32 = 1995;

/// Documents that are read before the next batch begins.
const BATCH: usize = 16_384;

/// A paper in memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Paper {
    pub(crate) id: String,
    pub(crate) half: HalfYear,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) classes: Vec<String>,
    pub(crate) actors: Vec<String>,
}

/// Loads the papers of all development categories, oldest first.
pub(crate) fn load(folder: &Path) -> Result<Vec<Paper>> {
    let parts: Vec<Vec<Paper>> = CATEGORIES
        .par_iter()
        .map(|category| {
            let path = folder.join(format!("{category}.tsv.xz"));
            read_table(&path).with_context(|| format!("cannot read {}", path.display()))
        })
        .collect::<Result<_>>()?;
    let mut papers: Vec<Paper> = parts.into_iter().flatten().collect();
    papers.sort_unstable_by(|a, b| (a.half, &a.id).cmp(&(b.half, &b.id)));
    let mut seen = FxHashSet::default();
    papers.retain(|paper| seen.insert(paper.id.clone()));
    Ok(papers)
}

#[derive(Deserialize)]
struct Row {
    arxiv_id: String,
    title: String,
    r#abstract: String,
    author_text: String,
    categories: String,
    primary_cat: String,
    created: String,
}

fn read_table(path: &Path) -> Result<Vec<Paper>> {
    let text = liblzma::read::XzDecoder::new(File::open(path)?);
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text);
    let mut papers = Vec::new();
    for row in table.deserialize() {
        let row: Row = row?;
        let half = HalfYear::of(row.created.parse()?);
        if half.year() >= FIRST_YEAR {
            papers.push(row.into_paper(half));
        }
    }
    Ok(papers)
}

impl Row {
    fn into_paper(self, half: HalfYear) -> Paper {
        let mut classes = vec![self.primary_cat];
        for class in self.categories.split(',') {
            if !classes.iter().any(|known| known == class) {
                classes.push(class.to_owned());
            }
        }
        let actors = self.author_text.split(", ").map(str::to_owned).collect();
        Paper { id: self.arxiv_id, half, title: self.title, body: self.r#abstract, classes, actors }
    }
}

/// Writes papers as JSON Lines, for other processes.
pub(crate) fn write_lines(papers: &[Paper], path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for paper in papers {
        serde_json::to_writer(&mut file, paper)?;
        file.write_all(b"\n")?;
    }
    file.flush().context("cannot write the documents")
}

/// Reads papers from JSON Lines.
pub(crate) fn read_lines(path: &Path) -> Result<Vec<Paper>> {
    BufReader::new(File::open(path)?)
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

/// Borrowed lists that the counter's input points into.
pub(crate) struct Borrowed<'p> {
    papers: &'p [Paper],
    classes: Vec<Vec<&'p str>>,
    actors: Vec<Vec<&'p str>>,
}

impl<'p> Borrowed<'p> {
    pub(crate) fn new(papers: &'p [Paper]) -> Self {
        let lists = |list: fn(&Paper) -> &Vec<String>| -> Vec<Vec<&'p str>> {
            papers.iter().map(|paper| list(paper).iter().map(String::as_str).collect()).collect()
        };
        Self {
            papers,
            classes: lists(|paper| &paper.classes),
            actors: lists(|paper| &paper.actors),
        }
    }

    pub(crate) fn inputs(&self) -> Vec<DocumentInput<'_>> {
        let lists = self.classes.iter().zip(&self.actors);
        self.papers
            .iter()
            .zip(lists)
            .map(|(paper, (classes, actors))| DocumentInput {
                id: &paper.id,
                kind: "paper",
                half: paper.half,
                title: &paper.title,
                body: &paper.body,
                classes,
                actors,
                places: &[],
                keywords: &[],
            })
            .collect()
    }
}

/// Counts documents as the product does.
pub(crate) fn count(inputs: &[DocumentInput<'_>], minimum: u32) -> State {
    State::build(minimum, &EnglishReader, inputs.chunks(BATCH))
}

/// The union of the categories.
pub(crate) fn pool() -> Corpus {
    Corpus::of_classes("POOL", &CATEGORIES)
}

/// Each category, and their union.
pub(crate) fn corpora() -> Vec<Corpus> {
    let mut corpora: Vec<Corpus> =
        CATEGORIES.iter().map(|category| Corpus::of_classes(category, &[category])).collect();
    corpora.push(pool());
    corpora
}
