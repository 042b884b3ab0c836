//! Reads the free MPS files that GLPK writes.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use kzleap_lp::{Bounds, Col, Lp};

/// A file being read: columns come before the rows they stand in can be written.
#[derive(Default)]
struct Reader {
    lp: Lp,
    rows: HashMap<String, usize>,
    columns: HashMap<String, usize>,
    objective: String,
    row_bounds: Vec<Bounds>,
    entries: Vec<Vec<(Col, f64)>>,
    integers: bool,
}

/// Reads a matrix as a program.
pub(crate) fn read(path: &Path) -> Result<Lp, Box<dyn Error>> {
    let mut reader = Reader::default();
    let mut section = String::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        if line.starts_with('*') || line.trim().is_empty() {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with(' ') {
            reader.take(&section, &words).ok_or_else(|| format!("{section}: {line}"))?;
        } else {
            section = words[0].to_owned();
        }
    }
    for (entries, bounds) in reader.entries.iter().zip(&reader.row_bounds) {
        entries.iter().for_each(|(col, value)| reader.lp.push_term(*col, *value));
        reader.lp.finish_row(*bounds);
    }
    Ok(reader.lp)
}

impl Reader {
    fn take(&mut self, section: &str, words: &[&str]) -> Option<()> {
        match (section, words) {
            ("ROWS", ["N", name]) => self.objective = (*name).to_owned(),
            ("ROWS", [kind, name]) => {
                self.row_bounds.push(match *kind {
                    "E" => Bounds::exactly(0.0),
                    "L" => Bounds::at_most(0.0),
                    "G" => Bounds::at_least(0.0),
                    _ => return None,
                });
                self.rows.insert((*name).to_owned(), self.entries.len());
                self.entries.push(Vec::new());
            }
            ("COLUMNS", [_, "'MARKER'", kind]) => self.integers = *kind == "'INTORG'",
            ("COLUMNS", [name, pairs @ ..]) => {
                let at = match self.columns.get(*name) {
                    Some(at) => *at,
                    None => self.column(name),
                };
                let col = Col(u32::try_from(at).ok()?);
                for pair in pairs.chunks(2) {
                    let [row, value] = pair else { return None };
                    let value: f64 = value.parse().ok()?;
                    if *row == self.objective {
                        self.lp.cost[at] = value;
                    } else {
                        self.entries[*self.rows.get(*row)?].push((col, value));
                    }
                }
            }
            ("RHS" | "RANGES", [pairs @ ..]) => {
                let pairs = if pairs.len() % 2 == 1 { &pairs[1..] } else { pairs };
                for pair in pairs.chunks(2) {
                    let [row, value] = pair else { return None };
                    let value: f64 = value.parse().ok()?;
                    if *row == self.objective {
                        self.lp.cost_offset = -value;
                        continue;
                    }
                    let bounds = &mut self.row_bounds[*self.rows.get(*row)?];
                    if section == "RHS" {
                        bounds.lower += value;
                        bounds.upper += value;
                    } else if bounds.lower.is_finite() {
                        bounds.upper = bounds.lower + value.abs();
                    } else {
                        bounds.lower = bounds.upper - value.abs();
                    }
                }
            }
            ("BOUNDS", [kind, rest @ ..]) => {
                let (name, value) = match (*kind, rest) {
                    ("FR" | "MI" | "PL" | "BV", [.., name]) => (name, 0.0),
                    (_, [.., name, value]) => (name, value.parse().ok()?),
                    _ => return None,
                };
                let bounds = &mut self.lp.col_bounds[*self.columns.get(*name)?];
                match *kind {
                    "UP" => bounds.upper = value,
                    "LO" => bounds.lower = value,
                    "FX" => *bounds = Bounds::exactly(value),
                    "FR" => *bounds = Bounds::FREE,
                    "MI" => bounds.lower = f64::NEG_INFINITY,
                    "PL" => bounds.upper = f64::INFINITY,
                    "BV" => *bounds = Bounds::between(0.0, 1.0),
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn column(&mut self, name: &str) -> usize {
        let at = self.lp.num_cols();
        if self.integers {
            self.lp.add_integer_col(0.0, Bounds::NON_NEGATIVE);
        } else {
            self.lp.add_col(0.0, Bounds::NON_NEGATIVE);
        }
        self.columns.insert(name.to_owned(), at);
        at
    }
}
