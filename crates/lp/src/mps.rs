//! The program as a free-format MPS file, which every solver reads.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::{Bounds, Col, Lp, Row};

/// The name of the row of costs.
const COST: &str = "cost";

/// Names of the columns and rows of a program.
pub trait Names {
    /// The name of a column.
    fn column(&self, col: Col) -> String;
    /// The name of a row.
    fn row(&self, row: Row) -> String;
}

/// Writes `lp` in free MPS.
///
/// The constant of the objective is the negative right-hand side of the cost row, as
/// readers of MPS expect.
///
/// # Errors
/// Whatever the writer says.
pub fn write(lp: &Lp, names: &impl Names, mut out: impl Write) -> io::Result<()> {
    let at = |position: usize| u32::try_from(position).expect("rows and columns fit in u32");
    let row_names = unlike((0..lp.num_rows()).map(|row| names.row(Row(at(row)))));
    let col_names = unlike((0..lp.num_cols()).map(|col| names.column(Col(at(col)))));
    writeln!(out, "NAME kzleap FREE\nROWS\n N {COST}")?;
    for (bounds, name) in lp.row_bounds.iter().zip(&row_names) {
        let kind = match (bounds.lower.is_finite(), bounds.upper.is_finite()) {
            (true, true) if bounds.lower == bounds.upper => "E",
            (true, _) => "G",
            (false, true) => "L",
            (false, false) => "N",
        };
        writeln!(out, " {kind} {name}")?;
    }
    write_columns(lp, &col_names, &row_names, &mut out)?;
    writeln!(out, "RHS")?;
    if lp.cost_offset != 0.0 {
        writeln!(out, " rhs {COST} {}", -lp.cost_offset)?;
    }
    for (bounds, name) in lp.row_bounds.iter().zip(&row_names) {
        let side = if bounds.lower.is_finite() { bounds.lower } else { bounds.upper };
        if side.is_finite() && side != 0.0 {
            writeln!(out, " rhs {name} {side}")?;
        }
    }
    writeln!(out, "RANGES")?;
    for (Bounds { lower, upper }, name) in lp.row_bounds.iter().zip(&row_names) {
        if lower.is_finite() && upper.is_finite() && lower != upper {
            writeln!(out, " range {name} {}", upper - lower)?;
        }
    }
    write_bounds(lp, &col_names, &mut out)?;
    writeln!(out, "ENDATA")
}

/// Names as a reader of MPS takes them: it tells rows and columns apart by name alone, and ends a
/// name at a blank. What occurs again is numbered.
fn unlike(names: impl Iterator<Item = String>) -> Vec<String> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let mut seen: HashMap<String, usize> = HashMap::from([(COST.to_owned(), 1)]);
    names
        .map(|name| {
            let name = name.replace(is_blank, "_");
            let mut own = name.clone();
            while let Some(count) = seen.get_mut(&own) {
                *count += 1;
                own = format!("{own}#{count}");
            }
            seen.insert(own.clone(), 1);
            own
        })
        .collect()
}

fn write_columns(
    lp: &Lp,
    col_names: &[String],
    row_names: &[String],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut by_col: Vec<Vec<(usize, f64)>> = vec![Vec::new(); lp.num_cols()];
    for row in 0..lp.num_rows() {
        for at in lp.starts[row]..lp.starts[row + 1] {
            by_col[lp.cols[at].get()].push((row, lp.values[at]));
        }
    }
    writeln!(out, "COLUMNS")?;
    let mut within_integers = false;
    for (col, terms) in by_col.iter().enumerate() {
        let ix = Col(u32::try_from(col).expect("columns fit in u32"));
        let integer = lp.integers.binary_search(&ix).is_ok();
        if integer != within_integers {
            let marker = if integer { "INTORG" } else { "INTEND" };
            writeln!(out, " marker 'MARKER' '{marker}'")?;
            within_integers = integer;
        }
        let name = &col_names[col];
        if lp.cost[col] != 0.0 || terms.is_empty() {
            writeln!(out, " {name} {COST} {}", lp.cost[col])?;
        }
        for (row, value) in terms {
            writeln!(out, " {name} {} {value}", row_names[*row])?;
        }
    }
    if within_integers {
        writeln!(out, " marker 'MARKER' 'INTEND'")?;
    }
    Ok(())
}

fn write_bounds(lp: &Lp, col_names: &[String], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "BOUNDS")?;
    for (col, Bounds { lower, upper }) in lp.col_bounds.iter().enumerate() {
        let ix = Col(u32::try_from(col).expect("columns fit in u32"));
        let name = &col_names[col];
        match (lower.is_finite(), upper.is_finite()) {
            (true, true) if lower == upper => writeln!(out, " FX b {name} {lower}")?,
            (false, false) => writeln!(out, " FR b {name}")?,
            (lower_is, upper_is) => {
                if !lower_is {
                    writeln!(out, " MI b {name}")?;
                } else if *lower != 0.0 {
                    writeln!(out, " LO b {name} {lower}")?;
                }
                if upper_is {
                    writeln!(out, " UP b {name} {upper}")?;
                } else if lp.integers.binary_search(&ix).is_ok() {
                    writeln!(out, " PL b {name}")?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Names, write};
    use crate::{Bounds, Col, Lp, Row};

    /// Two columns and two rows of given names.
    struct Given([&'static str; 2], [&'static str; 2]);

    impl Names for Given {
        fn column(&self, col: Col) -> String {
            self.0[col.get()].to_owned()
        }

        fn row(&self, row: Row) -> String {
            self.1[row.get()].to_owned()
        }
    }

    struct AllAlike;

    impl Names for AllAlike {
        fn column(&self, _: Col) -> String {
            "x".to_owned()
        }

        fn row(&self, _: Row) -> String {
            "limit".to_owned()
        }
    }

    #[test]
    fn rows_and_columns_of_the_same_name_are_told_apart() {
        let mut lp = Lp::default();
        for limit in [5.0, 7.0] {
            let col = lp.add_col(1.0, Bounds::NON_NEGATIVE);
            lp.push_term(col, 1.0);
            lp.finish_row(Bounds::at_least(limit));
        }
        let mut text = Vec::new();
        write(&lp, &AllAlike, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        for line in [" x limit 1", " x#2 limit#2 1", " rhs limit 5", " rhs limit#2 7"] {
            assert!(text.lines().any(|found| found == line), "{line:?} in\n{text}");
        }
    }

    /// Names in any script: blanks of all kinds go, and what differs stays apart. `é` as one sign
    /// and as two are two names, as they are to the tool the model is from.
    #[test]
    fn names_in_any_script_are_unique_and_free_of_blanks() {
        let names = Given(
            ["Уголь\u{a0}бурый", "Уголь бурый"],
            ["cost", "\u{e9}nergie\tnucl\u{e9}aire"],
        );
        let other = Given(["x#2", "x"], ["e\u{301}", "\u{e9}"]);
        for (names, found) in [
            (names, ["Уголь_бурый", "Уголь_бурый#2", "cost#2", "\u{e9}nergie_nucl\u{e9}aire"]),
            (other, ["x#2", "x", "e\u{301}", "\u{e9}"]),
        ] {
            let mut lp = Lp::default();
            for _ in 0..2 {
                let col = lp.add_col(1.0, Bounds::NON_NEGATIVE);
                lp.push_term(col, 3.0);
                lp.finish_row(Bounds::at_least(5.0));
            }
            let mut text = Vec::new();
            write(&lp, &names, &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            let [one, two, first, second] = found;
            for line in [format!(" {one} {first} 3"), format!(" {two} {second} 3")] {
                assert!(text.lines().any(|found| found == line), "{line:?} in\n{text}");
            }
        }
    }
}
