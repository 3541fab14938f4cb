//! Facts and parameters: the names that an expression may use, and what stands behind them on one date.
//!
//! A fact is a column of every enterprise; a parameter is a figure of the policy (a rate, a ceiling, a table). Which
//! figure is in force on which date is settled before it comes here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::kind::Kind;
use crate::lexer;
use crate::literal::Literal;
use crate::problem::Problem;

/// What a value that is not there means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is none: an amount is zero, a flag is no, a date or label satisfies no comparison.
    No,
    /// It is not known: whatever depends on it is neither surely true nor surely false.
    Unknown,
    /// It must be there: the enterprise is an error, see [`crate::Batch::errors`].
    Error,
}

/// What the fact dictionary says about one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSpec {
    /// Kind and unit.
    pub kind: Kind,
    /// What a missing value means.
    pub missing: Missing,
}

/// The fact dictionary, as far as expressions need it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    by_name: BTreeMap<String, Arc<FactSpec>>,
}

impl Facts {
    /// An empty dictionary.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a fact.
    ///
    /// # Errors
    /// `expr.name` where the name is not lower-case ASCII letters, digits and `_`, or is a word of the language.
    pub fn insert(&mut self, name: &str, kind: Kind, missing: Missing) -> Result<(), Problem> {
        lexer::check_name(name)?;
        self.by_name.insert(name.to_owned(), Arc::new(FactSpec { kind, missing }));
        Ok(())
    }

    /// The fact of a name.
    pub fn get(&self, name: &str) -> Option<&Arc<FactSpec>> {
        self.by_name.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}

/// A parameter as it stands on one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// One value.
    Value(Literal),
    /// One value for each label of the fact `by`.
    Table {
        /// The fact whose label chooses.
        by: String,
        /// Label and value; every label of the fact must be there.
        rows: Vec<(String, Literal)>,
    },
    /// One value for each stretch of the fact `by`.
    Brackets {
        /// The fact whose value chooses.
        by: String,
        /// From low to high.
        rows: Vec<Bracket>,
    },
    /// The text leaves it open: whatever needs it is not computable, never zero.
    Unset {
        /// Its kind, where that is known.
        kind: Option<Kind>,
    },
}

/// One stretch of a bracket table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// The upper edge; none for the last, open stretch.
    pub to: Option<Literal>,
    /// Whether the edge itself belongs to this stretch (`to` means ≤) or to the next (<).
    pub inclusive: bool,
    /// The value in this stretch.
    pub is: Literal,
}

/// All parameters of a programme on one date.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    by_name: BTreeMap<String, Arc<Parameter>>,
}

impl Parameters {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a parameter; `name` is without `$`.
    pub fn insert(&mut self, name: &str, parameter: Parameter) {
        self.by_name.insert(name.to_owned(), Arc::new(parameter));
    }

    /// The parameter of a name.
    pub fn get(&self, name: &str) -> Option<&Arc<Parameter>> {
        self.by_name.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
