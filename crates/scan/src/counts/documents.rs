//! The documents of a state, as columns.

use linghang_core::HalfYear;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One document as the scan needs it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentInput<'a> {
    /// Id with its scheme; the caller has removed duplicates.
    pub id: &'a str,
    /// Kind of source, such as `paper` or `patent`.
    pub kind: &'a str,
    /// Half-year of publication.
    pub half: HalfYear,
    /// Title.
    pub title: &'a str,
    /// Abstract, or abstract and first claim.
    pub body: &'a str,
    /// Class codes with their scheme, the primary one first.
    pub classes: &'a [&'a str],
    /// Authors, assignees or investors, in their order.
    pub actors: &'a [&'a str],
    /// Places of the actors as the source writes them.
    pub places: &'a [&'a str],
    /// Keywords as the source writes them; those of a record in two languages tell which terms are one.
    pub keywords: &'a [&'a str],
}

/// Names and their numbers, in order of first appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct Interner {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Interner {
    /// Returns the number of `name`, giving it the next one when it is new.
    pub fn intern(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Returns the number of a known name.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// Returns the name of a number given out before.
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// Returns all names by number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns how many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl From<Vec<String>> for Interner {
    fn from(names: Vec<String>) -> Self {
        let numbers = names.iter().enumerate().map(|(n, name)| (name.clone(), n as u32)).collect();
        Self { names, numbers }
    }
}

impl From<Interner> for Vec<String> {
    fn from(interner: Interner) -> Self {
        interner.names
    }
}

/// Lists of numbers, one list a row, stored end to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    offsets: Vec<u64>,
    values: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { offsets: vec![0], values: Vec::new() }
    }
}

impl Lists {
    /// Adds a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.values.extend(row);
        self.offsets.push(self.values.len() as u64);
    }

    /// Returns row `index`.
    pub fn row(&self, index: usize) -> &[u32] {
        &self.values[self.offsets[index] as usize..self.offsets[index + 1] as usize]
    }

    /// Returns the rows that hold each value below `values`, ascending: a row a value.
    pub(crate) fn turned(&self, values: usize) -> Self {
        let mut offsets = vec![0_u64; values + 1];
        for value in &self.values {
            offsets[*value as usize + 1] += 1;
        }
        for value in 0..values {
            offsets[value + 1] += offsets[value];
        }
        let mut next = offsets.clone();
        let mut rows = vec![0; self.values.len()];
        for row in 0..self.len() {
            for value in self.row(row) {
                let place = &mut next[*value as usize];
                rows[*place as usize] = row as u32;
                *place += 1;
            }
        }
        Self { offsets, values: rows }
    }

    /// Replaces every value.
    pub(crate) fn map_values(&mut self, map: impl Fn(u32) -> u32 + Sync) {
        self.values.par_iter_mut().for_each(|value| *value = map(*value));
    }

    /// Inserts values into rows, given as (row, value), ascending by row; each row is then sorted by `order`.
    pub(crate) fn insert_sorted(
        &mut self,
        additions: &[(u32, u32)],
        order: impl Fn(&u32) -> u32 + Copy,
    ) {
        // From the end, so that each value moves once, and rows between two changed ones move in one piece.
        let mut end = self.values.len();
        let mut moved_end = end + additions.len();
        self.values.resize(moved_end, 0);
        let mut last_row = self.len();
        let mut shift = additions.len();
        for group in additions.chunk_by(|a, b| a.0 == b.0).rev() {
            let row = group[0].0 as usize;
            let row_end = self.offsets[row + 1] as usize;
            let row_start = self.offsets[row] as usize;
            self.values.copy_within(row_end..end, row_end + shift);
            for offset in &mut self.offsets[row + 1..=last_row] {
                *offset += shift as u64;
            }
            moved_end -= end - row_end;
            shift -= group.len();
            self.values.copy_within(row_start..row_end, row_start + shift);
            let gap = row_end + shift;
            for (place, (_, value)) in group.iter().enumerate() {
                self.values[gap + place] = *value;
            }
            self.values[row_start + shift..moved_end].sort_unstable_by_key(order);
            (end, last_row) = (row_start, row);
            moved_end = row_start + shift;
        }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Returns whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Dates, kinds, classes and actors of all documents; row = document number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentTable {
    /// Ids.
    pub ids: Vec<String>,
    /// Half-year of each document.
    pub halves: Vec<HalfYear>,
    /// Kind of each document, by [`Self::kind_names`].
    pub kinds: Vec<u32>,
    /// Class codes of each document, the primary one first, by [`Self::class_names`].
    pub classes: Lists,
    /// Actors of each document in their order, by [`Self::actor_names`].
    pub actors: Lists,
    /// Places of each document, by [`Self::place_names`].
    pub places: Lists,
    /// Names of the kinds.
    pub kind_names: Interner,
    /// Codes of the classes.
    pub class_names: Interner,
    /// Names of the actors, in lower case.
    pub actor_names: Interner,
    /// Names of the places, as the sources write them.
    pub place_names: Interner,
}

impl DocumentTable {
    /// Adds a document (without its text) and returns its number.
    pub fn push(&mut self, document: &DocumentInput<'_>) -> usize {
        self.ids.push(document.id.to_owned());
        self.halves.push(document.half);
        self.kinds.push(self.kind_names.intern(document.kind));
        let class_names = &mut self.class_names;
        self.classes.push(document.classes.iter().map(|class| class_names.intern(class)));
        let actor_names = &mut self.actor_names;
        self.actors
            .push(document.actors.iter().map(|actor| actor_names.intern(&actor.to_lowercase())));
        let place_names = &mut self.place_names;
        self.places.push(document.places.iter().map(|place| place_names.intern(place)));
        self.ids.len() - 1
    }

    /// Returns the number of documents.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns the primary class of a document, if it has any class.
    pub fn field(&self, document: usize) -> Option<u32> {
        self.classes.row(document).first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_turned_twice_are_the_lists_again() {
        let mut lists = Lists::default();
        for row in [vec![1, 3], vec![], vec![0, 1, 3]] {
            lists.push(row);
        }
        let turned = lists.turned(4);
        let rows: Vec<&[u32]> = (0..turned.len()).map(|row| turned.row(row)).collect();
        assert_eq!(rows, [&[2][..], &[0, 2], &[], &[0, 2]]);
        assert_eq!(turned.turned(3), lists);
    }

    #[test]
    fn values_are_inserted_into_their_rows_in_order() {
        let mut lists = Lists::default();
        for row in [vec![1, 5], vec![], vec![2, 4, 6], vec![7]] {
            lists.push(row);
        }
        lists.insert_sorted(&[(0, 3), (1, 9), (1, 8), (3, 1)], |value| *value);
        let rows: Vec<&[u32]> = (0..lists.len()).map(|row| lists.row(row)).collect();
        assert_eq!(rows, [&[1, 3, 5][..], &[8, 9], &[2, 4, 6], &[1, 7]]);
        assert_eq!(lists.offsets, [0, 3, 5, 8, 10]);
    }
}
