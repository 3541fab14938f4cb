//! What Web of Science, Scopus and BibTeX records have in common, and how it becomes a document.

use crate::dates;
use crate::document::{Actor, Document, Kind, Role};
use crate::normal::{language_code, normal_title, one_line};
use crate::reject::Problem;

/// The fields of one bibliographic record as the source writes them; lists are split already.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Accession number of the database.
    pub(crate) accession: String,
    /// Scheme of ids that no database gave.
    pub(crate) scheme: &'static str,
    /// DOI.
    pub(crate) doi: String,
    /// Title.
    pub(crate) title: String,
    /// Abstract.
    pub(crate) abstract_text: String,
    /// Language by name.
    pub(crate) language: String,
    /// Year of publication.
    pub(crate) year: String,
    /// Month, or month and day (`NOV`, `NOV 15`, `11`).
    pub(crate) month: String,
    /// Journal, book or proceedings.
    pub(crate) journal: String,
    /// Authors.
    pub(crate) authors: Vec<String>,
    /// Affiliations, with the country as their last part.
    pub(crate) addresses: Vec<String>,
    /// Funders.
    pub(crate) funders: Vec<String>,
    /// Subject categories of the database.
    pub(crate) categories: Vec<String>,
    /// Keywords of the authors.
    pub(crate) keywords: Vec<String>,
    /// Keywords of the database.
    pub(crate) index_keywords: Vec<String>,
    /// Cited references.
    pub(crate) references: Vec<String>,
}

impl Fields {
    /// Makes the document.
    ///
    /// # Errors
    ///
    /// When title or year are missing or cannot be read.
    pub(crate) fn into_document(self) -> Result<Document, Problem> {
        let title = one_line(&self.title);
        if title.is_empty() {
            return Err(Problem::Missing("title"));
        }
        let (date, precision) = self.date()?;
        let id = self.id(&title);
        let mut document = Document::new(Kind::Paper, id, title, date, precision);
        document.abstract_text = one_line(&self.abstract_text);
        document.language = language_code(&self.language).unwrap_or_default();
        for category in &self.categories {
            document.add_class("subject", &one_line(category));
        }
        for keyword in self.keywords.iter().chain(&self.index_keywords) {
            document.add_class("keyword", &one_line(keyword));
        }
        for name in names(&self.authors) {
            document.actors.push(Actor::new(name, Role::Author));
        }
        for address in &self.addresses {
            add_address(&mut document, address);
        }
        for name in
            self.funders.iter().map(|name| without_brackets(name)).filter(|name| !name.is_empty())
        {
            document.actors.push(Actor::new(name, Role::Funder));
        }
        document.cites = self.references.iter().filter_map(|text| reference(text)).collect();
        Ok(document)
    }

    fn date(&self) -> Result<dates::Dated, Problem> {
        let year = one_line(&self.year);
        if year.is_empty() {
            return Err(Problem::Missing("date"));
        }
        let bad = || Problem::BadDate(super::shorten(&year));
        // Tables that passed through a spreadsheet write 2015 as 2015.0.
        let number: i32 =
            year.strip_suffix(".0").unwrap_or(&year).parse().map_err(|_not_a_year| bad())?;
        let mut words = self.month.split([' ', '-', '/']).filter(|word| !word.is_empty());
        let month = words.next().and_then(|word| {
            dates::month_number(word)
                .or_else(|| word.parse().ok())
                .filter(|month| (1..=12).contains(month))
        });
        let day = words.next().and_then(|word| word.parse().ok());
        dates::from_parts(number, month, day)
            .or_else(|| dates::from_parts(number, month, None))
            .ok_or_else(bad)
    }

    /// Returns the accession number in its scheme, else the DOI, else a hash of title, year, first author and journal.
    fn id(&self, title: &str) -> String {
        let accession = self.accession.trim();
        for (prefix, scheme) in [("WOS:", "wos"), ("ISI:", "wos"), ("2-s2.0-", "scopus")] {
            if accession.len() > prefix.len()
                && accession.is_char_boundary(prefix.len())
                && accession[..prefix.len()].eq_ignore_ascii_case(prefix)
            {
                let start = if scheme == "wos" { prefix.len() } else { 0 };
                return format!("{scheme}:{}", &accession[start..]);
            }
        }
        if let Some(doi) = doi(&self.doi) {
            return format!("doi:{doi}");
        }
        let first_author = self.authors.first().map(|name| normal_title(name)).unwrap_or_default();
        let year = one_line(&self.year);
        let year = year.strip_suffix(".0").unwrap_or(&year);
        made_id(
            self.scheme,
            &[&normal_title(title), year, &first_author, &normal_title(&self.journal)],
        )
    }
}

/// Makes an id from what names a record where its source has no id.
pub(crate) fn made_id(scheme: &str, parts: &[&str]) -> String {
    let hash = blake3::hash(parts.join("\n").as_bytes());
    format!("{scheme}:made-{}", &hash.to_hex()[..16])
}

/// Finds a DOI in a text and writes it in lower case, as DOIs compare.
pub(crate) fn doi(text: &str) -> Option<String> {
    let start = text.find("10.")?;
    let doi: &str = text[start..].split([' ', ';', ',', ']', '"']).next().unwrap_or_default();
    let doi = doi.trim_end_matches('.');
    let (prefix, suffix) = doi.split_once('/')?;
    let is_prefix =
        prefix.len() >= 6 && prefix[3..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_prefix && !suffix.is_empty()).then(|| doi.to_lowercase())
}

/// Splits a list at `;` (or what else separates it) and drops what is empty.
pub(crate) fn split(text: &str, separator: &str) -> Vec<String> {
    text.split(separator).map(one_line).filter(|part| !part.is_empty()).collect()
}

fn names(list: &[String]) -> impl Iterator<Item = String> {
    list.iter()
        .map(|name| one_line(name))
        .filter(|name| !name.is_empty() && name != "[No author name available]")
}

/// Adds the organisation and country of `[Names] Organisation, Department, City, Country.`
fn add_address(document: &mut Document, address: &str) {
    let address = without_brackets(address);
    let address = address.trim_end_matches('.');
    let name = address.split(", ").next().unwrap_or_default().trim();
    if name.is_empty() {
        return;
    }
    let country = address.rsplit_once(", ").map(|(_, last)| {
        let last = last.trim();
        // "NY 10018 USA" and "GA 30332 USA." name the state and the postcode first.
        last.strip_suffix("USA").map_or(last, |_| "USA").to_owned()
    });
    let country = country.filter(|country| !country.is_empty());
    document.add_place(country.as_deref().unwrap_or_default());
    document.actors.push(Actor { name: name.to_owned(), role: Role::Organisation, country });
}

/// Removes `[…]`: the names before an address, the grant numbers behind a funder.
fn without_brackets(text: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    one_line(&plain)
}

/// Turns a cited reference into its DOI, or into its text.
fn reference(text: &str) -> Option<String> {
    let text = one_line(text);
    if text.is_empty() {
        return None;
    }
    Some(doi(&text).map_or_else(|| format!("text:{text}"), |doi| format!("doi:{doi}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(title: &str, year: &str) -> Fields {
        Fields { title: title.into(), year: year.into(), scheme: "wos", ..Fields::default() }
    }

    #[test]
    fn an_id_is_the_database_number_then_the_doi_then_made() {
        for (accession, doi, expected) in [
            ("WOS:000365130100001", "10.1000/1", "wos:000365130100001"),
            ("ISI:000365130100001", "", "wos:000365130100001"),
            ("2-s2.0-85012345678", "", "scopus:2-s2.0-85012345678"),
            ("LI2014", "10.1000/ABC", "doi:10.1000/abc"),
            ("LI2014", "", "wos:made-"),
        ] {
            let record = Fields {
                accession: accession.into(),
                doi: doi.into(),
                ..fields("Soft hands", "2014")
            };
            let id = record.into_document().expect("complete").id;
            assert!(id.starts_with(expected), "{id}");
        }
    }

    #[test]
    fn a_month_and_a_day_are_used_where_they_can_be_read() {
        for (year, month, expected) in [
            ("2015", "NOV", "2015-11-01 month"),
            ("2015.0", "NOV 15", "2015-11-15 day"),
            ("2015", "FEB 31", "2015-02-01 month"),
            ("2015", "WIN", "2015-01-01 year"),
            ("2015", "JUL-AUG", "2015-07-01 month"),
        ] {
            let document =
                Fields { month: month.into(), ..fields("Soft hands", year) }.into_document();
            let document = document.expect("complete");
            assert_eq!(
                format!("{} {}", document.date, document.date_precision),
                expected,
                "{year} {month}"
            );
        }
    }

    #[test]
    fn an_address_gives_its_organisation_and_country() {
        let record = Fields {
            addresses: vec![
                "[Li, Wei; Sun, Bo] Example Univ, Dept Robot, Guangzhou 510000, Peoples R China."
                    .into(),
                "Sample Inst, Albany, NY 12201 USA.".into(),
            ],
            ..fields("Soft hands", "2014")
        };
        let document = record.into_document().expect("complete");
        assert_eq!(document.places, ["Peoples R China", "USA"]);
        assert_eq!(document.actors[0].name, "Example Univ");
    }

    #[test]
    fn a_doi_is_found_in_a_reference() {
        for (text, expected) in [
            ("YAN E, 2012, V63, DOI 10.1002/ASI.22680", Some("10.1002/asi.22680")),
            ("https://doi.org/10.1000/x.", Some("10.1000/x")),
            ("version 10.5 of a program", None),
            ("10.", None),
        ] {
            assert_eq!(doi(text).as_deref(), expected, "{text}");
        }
    }
}
