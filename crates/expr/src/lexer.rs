//! The lexical pass: a text becomes the tokens of the SQL parser, with byte positions.
//!
//! Literals with units (`20万元`, `3%`), dates and texts are read here and handed to the parser as numbers that stand
//! for a place in a table, so the parser never interprets them. Words that the language does not have are refused
//! here, all of them at once, each with what to write instead. Nothing is accepted that the parser could read in
//! a second way: no comments, no quoted names, no casts.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use linghang_core::number::half_width;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Word};

use crate::exact::Exact;
use crate::kind::Kind;
use crate::literal::{self, Constant, Literal};
use crate::problem::Problem;
use crate::words;

/// Longest text, in bytes. A condition of a policy has a few hundred.
const MAX_BYTES: usize = 16_000;
/// Most tokens. Bounds the depth of the tree, so that no text can exhaust the stack.
const MAX_TOKENS: usize = 800;

/// What the lexical pass found.
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<TokenWithSpan>,
    /// Literals by the number that stands for them in `tokens`.
    pub(crate) literals: Vec<(Literal, Range<usize>)>,
}

/// Splits a text.
pub(crate) fn lex(text: &str) -> Result<Lexed, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![too_long(text)]);
    }
    let mut lexer =
        Lexer { text, at: 0, tokens: Vec::new(), literals: Vec::new(), problems: Vec::new() };
    while lexer.next() {
        if lexer.tokens.len() > MAX_TOKENS {
            return Err(vec![too_long(text)]);
        }
    }
    if lexer.problems.is_empty() && lexer.tokens.is_empty() {
        lexer.problems.push(Problem::new(
            "expr.empty",
            0..text.len(),
            "这里没有表达式",
            "there is no expression here",
        ));
    }
    if lexer.problems.is_empty() {
        Ok(Lexed { tokens: lexer.tokens, literals: lexer.literals })
    } else {
        Err(lexer.problems)
    }
}

/// Reads a text that must be one literal, with or without a minus sign.
pub(crate) fn single(text: &str) -> Result<Literal, Problem> {
    let Lexed { tokens, literals } = match lex(text) {
        Ok(lexed) => lexed,
        // The pass reports in order of the text and at least one problem when it fails.
        Err(problems) => return Err(problems.into_iter().next().unwrap_or_else(|| too_long(text))),
    };
    let negative = match tokens.as_slice() {
        [only] if matches!(only.token, Token::Number(..)) => false,
        [sign, only] if sign.token == Token::Minus && matches!(only.token, Token::Number(..)) => {
            true
        }
        _ => return Err(not_a_literal(text)),
    };
    let Some((literal, _)) = literals.into_iter().next() else { return Err(not_a_literal(text)) };
    match (negative, literal.exact()) {
        (false, _) => Ok(literal),
        (true, Some(value)) => match value.neg() {
            Some(value) => Ok(Literal::number(literal.kind, value)),
            None => Err(not_a_literal(text)),
        },
        (true, None) => Err(not_a_literal(text)),
    }
}

/// Checks the name of a fact.
pub(crate) fn check_name(name: &str) -> Result<(), Problem> {
    let mut bytes = name.bytes();
    let plain = bytes.next().is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain && !words::is_reserved(name) {
        return Ok(());
    }
    Err(Problem::new(
        "expr.name",
        0..name.len(),
        format!("`{name}` 不能作为事实名称"),
        format!("`{name}` cannot be the name of a fact"),
    )
    .hint(
        "用小写字母、数字和下划线，以字母开头，并避开语言的关键词",
        "use lower-case letters, digits and `_`, begin with a letter, and avoid the words of the language",
    ))
}

fn not_a_literal(text: &str) -> Problem {
    Problem::new(
        "expr.not_a_literal",
        0..text.len(),
        format!("`{text}` 不是一个值"),
        format!("`{text}` is not a value"),
    )
    .hint(
        "例如 `20万元`、`3%`、`12个月`、`'micro'`",
        "for example `20万元`, `3%`, `12个月`, `'micro'`",
    )
}

fn too_long(text: &str) -> Problem {
    Problem::new("expr.too_long", 0..text.len(), "表达式太长", "the expression is too long")
        .hint("拆成几个条件或派生事实", "split it into several conditions or derived facts")
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<TokenWithSpan>,
    literals: Vec<(Literal, Range<usize>)>,
    problems: Vec<Problem>,
}

/// Characters with which a word of letters goes on: ASCII words and words of other scripts are kept apart.
fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Digits, also those that a Chinese keyboard writes in full width.
fn is_digit(char: char) -> bool {
    half_width(char).is_ascii_digit()
}

fn is_script(char: char) -> bool {
    !char.is_ascii() && char.is_alphabetic()
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|char| !wanted(char)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn push(&mut self, token: Token, from: usize) {
        let place = |byte: usize| Location::new(1, byte as u64 + 1);
        self.tokens.push(TokenWithSpan { token, span: Span::new(place(from), place(self.at)) });
    }

    fn push_literal(&mut self, literal: Literal, from: usize) {
        let number = self.literals.len().to_string();
        self.literals.push((literal, from..self.at));
        self.push(Token::Number(number, false), from);
    }

    /// Reads one token; false at the end.
    fn next(&mut self) -> bool {
        self.take_while(char::is_whitespace);
        let Some(first) = self.peek() else { return false };
        let from = self.at;
        match first {
            'a'..='z' | 'A'..='Z' | '_' => self.word(from),
            '0'..='9' | '０'..='９' => self.number(from),
            '\'' => self.quoted(from),
            '$' | '＄' => self.parameter(from),
            _ if is_script(first) => {
                let word = self.take_while(is_script);
                self.problems.push(words::foreign(word, from..self.at));
            }
            _ => self.symbol(from, first),
        }
        true
    }

    fn word(&mut self, from: usize) {
        let word = self.take_while(is_word);
        let keyword = match word.to_ascii_lowercase().as_str() {
            "and" => Keyword::AND,
            "or" => Keyword::OR,
            "not" => Keyword::NOT,
            "in" => Keyword::IN,
            "between" => Keyword::BETWEEN,
            "true" => return self.push_literal(Literal::truth(true), from),
            "false" => return self.push_literal(Literal::truth(false), from),
            "date" => return self.date(from),
            lower => {
                if let Some(problem) = words::forbidden(lower, from..self.at) {
                    self.problems.push(problem);
                    return;
                }
                // Whatever else SQL reserves is an ordinary name here.
                Keyword::NoKeyword
            }
        };
        self.push(Token::Word(Word { value: word.to_owned(), quote_style: None, keyword }), from);
    }

    fn date(&mut self, from: usize) {
        self.take_while(char::is_whitespace);
        let start = self.at;
        let text = if self.peek() == Some('\'') { self.quote_body() } else { None };
        let day = text.as_deref().and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        // chrono takes `2025-6-3` too; one way of writing keeps packs comparable.
        let day = day.filter(|day| text.as_deref() == Some(day.to_string().as_str()));
        match day {
            Some(day) => {
                self.push_literal(Literal { kind: Kind::Date, value: Constant::Date(day) }, from);
            }
            None => self.problems.push(
                Problem::new(
                    "expr.date",
                    from..self.at.max(start),
                    "DATE 之后须是一个存在的日期",
                    "after DATE comes a day that exists",
                )
                .hint("写成 `DATE '2025-06-30'`", "write `DATE '2025-06-30'`"),
            ),
        }
    }

    /// Reads `'…'` at the current place, with `''` for a quote inside; `None` where it is not closed.
    fn quote_body(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            self.at += 1;
            text.push_str(self.take_while(|char| char != '\''));
            if self.at >= self.text.len() {
                return None;
            }
            self.at += 1;
            if self.peek() != Some('\'') {
                return Some(text);
            }
            text.push('\'');
        }
    }

    fn quoted(&mut self, from: usize) {
        match self.quote_body() {
            Some(text) => {
                let value = Constant::Text(Arc::from(text));
                self.push_literal(Literal { kind: Kind::Text, value }, from);
            }
            None => self.problems.push(
                Problem::new(
                    "expr.quote",
                    from..self.at,
                    "引号没有结束",
                    "the quote is not closed",
                )
                .hint("在末尾加 `'`", "add `'` at its end"),
            ),
        }
    }

    fn parameter(&mut self, from: usize) {
        self.at += self.peek().map_or(0, char::len_utf8);
        let name = self.take_while(is_word);
        if name.is_empty() {
            self.problems.push(
                Problem::new(
                    "expr.character",
                    from..self.at,
                    "`$` 之后须是参数名称",
                    "after `$` comes the name of a parameter",
                )
                .hint("例如 `$rate`", "for example `$rate`"),
            );
        } else {
            self.push(Token::Placeholder(format!("${name}")), from);
        }
    }

    fn number(&mut self, from: usize) {
        let whole = self.take_while(is_digit);
        let mut fraction = "";
        if let Some(point @ ('.' | '．')) = self.peek() {
            self.at += point.len_utf8();
            fraction = self.take_while(is_digit);
        }
        let value = exact(whole, fraction);
        let after = self.at;
        // A unit may stand apart, as in `20 万元`; a percent sign may not, so that it is never taken for modulo.
        match self.peek() {
            Some(sign @ ('%' | '％' | '‰')) => {
                self.at += sign.len_utf8();
                let den = if sign == '‰' { 1_000 } else { 100 };
                let share = value.and_then(|value| value.div(Exact::whole(den)));
                return self.finish(from, share.map(|share| Literal::number(Kind::Ratio, share)));
            }
            Some(letter) if is_word(letter) => {
                self.take_while(is_word);
                self.problems.push(words::unit(&self.text[after..self.at], from..self.at));
                return;
            }
            _ => {}
        }
        self.take_while(char::is_whitespace);
        let unit = self.take_while(is_script);
        if unit.is_empty() {
            self.at = after;
            return self.finish(from, value.map(|value| Literal::number(Kind::Plain, value)));
        }
        let Some(value) = value else { return self.finish(from, None) };
        match literal::with_unit(value, unit).filter(is_whole_coins) {
            Some(literal) => self.finish(from, Some(literal)),
            None => self.problems.push(words::unit(unit, from..self.at)),
        }
    }

    fn finish(&mut self, from: usize, literal: Option<Literal>) {
        match literal {
            Some(literal) => self.push_literal(literal, from),
            None => self.problems.push(
                Problem::new(
                    "expr.number",
                    from..self.at,
                    "数太大或写法不对",
                    "the number is too large or not well written",
                )
                .hint("例如 `20万元`、`1.05`", "for example `20万元`, `1.05`"),
            ),
        }
    }

    fn symbol(&mut self, from: usize, first: char) {
        // `--` would be a remark to one reader and a double minus to another.
        let refused = self.rest().starts_with("--");
        for (written, token) in SYMBOLS.iter().filter(|_| !refused) {
            if self.rest().starts_with(written) {
                self.at += written.len();
                return self.push(token.clone(), from);
            }
        }
        let problem = words::symbol(self.rest(), first, from);
        self.at = problem.span.end;
        self.problems.push(problem);
    }
}

/// Longest first. The full-width forms are what a Chinese keyboard writes.
const SYMBOLS: [(&str, Token); 30] = [
    ("<=", Token::LtEq),
    (">=", Token::GtEq),
    ("<>", Token::Neq),
    ("!=", Token::Neq),
    ("≤", Token::LtEq),
    ("≥", Token::GtEq),
    ("≠", Token::Neq),
    ("＜＝", Token::LtEq),
    ("＞＝", Token::GtEq),
    ("＜＞", Token::Neq),
    ("！＝", Token::Neq),
    ("=", Token::Eq),
    ("<", Token::Lt),
    (">", Token::Gt),
    ("＝", Token::Eq),
    ("＜", Token::Lt),
    ("＞", Token::Gt),
    ("+", Token::Plus),
    ("＋", Token::Plus),
    ("-", Token::Minus),
    ("－", Token::Minus),
    ("*", Token::Mul),
    ("＊", Token::Mul),
    ("×", Token::Mul),
    ("(", Token::LParen),
    ("（", Token::LParen),
    (")", Token::RParen),
    ("）", Token::RParen),
    (",", Token::Comma),
    ("，", Token::Comma),
];

fn is_whole_coins(literal: &Literal) -> bool {
    match (&literal.kind, literal.exact()) {
        (Kind::Money(_), Some(coins)) => {
            coins.as_whole().is_some_and(|coins| i64::try_from(coins).is_ok())
        }
        _ => true,
    }
}

/// Reads digits before and after the point; `None` where they do not fit.
fn exact(whole: &str, fraction: &str) -> Option<Exact> {
    let digits: String = whole.chars().chain(fraction.chars()).map(half_width).collect();
    let den = 10_i128.checked_pow(u32::try_from(fraction.chars().count()).ok()?)?;
    // Eighteen digits keep every later product well inside 128 bits.
    if digits.trim_start_matches('0').len() > 18 {
        return None;
    }
    Exact::new(digits.parse().ok()?, den)
}
