//! The parameter tables and their defaults.

use std::collections::BTreeMap;

use kzleap_diagnostics::Diagnostic;

use super::Reader;
use super::sets::{Positions, find, positions};
use crate::data::Data;
use crate::parameters::{Dimension, OTHER_TABLES, P};
use crate::table::Table;

impl Reader {
    /// Reads every parameter table.
    pub(super) fn read_parameters(&mut self, data: &mut Data) {
        let known: Vec<Positions> = data.names.iter().map(|names| positions(names)).collect();
        let defaults = self.defaults();
        for p in P::ALL {
            let table = self.parameter(*p, &known, &defaults);
            data.tables.push(table);
        }
    }

    /// Defaults by the name of the table in small letters.
    fn defaults(&mut self) -> BTreeMap<String, f64> {
        let mut defaults = BTreeMap::new();
        let mut unknown = Vec::new();
        self.each_row("DefaultParams", &["tablename", "val"], |cells| {
            let table = cells.text(0)?;
            let name = table.to_lowercase();
            if !P::ALL.iter().any(|p| p.name().eq_ignore_ascii_case(&name)) {
                unknown.push(table);
                return Ok(());
            }
            let Some(value) = cells.number(1)? else { return Ok(()) };
            if defaults.insert(name, value).is_some() {
                let what = format!("there are two defaults for `{table}`");
                return Err(cells.wrong("duplicate-key", &what));
            }
            Ok(())
        });
        for table in unknown {
            let others = OTHER_TABLES.iter().any(|(name, _)| *name == table);
            let why =
                if others { "which is no parameter" } else { "a table that is not known" };
            self.diagnostics.push(Diagnostic::warning_overall(
                "unknown-default",
                format!("`DefaultParams` has a default for `{table}`, {why}"),
            ));
        }
        defaults
    }

    fn parameter(
        &mut self,
        p: P,
        known: &[Positions],
        defaults: &BTreeMap<String, f64>,
    ) -> Table {
        let columns = p.columns();
        let sizes = columns.iter().map(|(_, dimension)| known[dimension.position()].len());
        let mut default = defaults.get(&p.name().to_lowercase()).copied();
        if matches!(p, P::InputActivityRatio | P::OutputActivityRatio) {
            default = default.filter(|value| *value != 0.0);
        }
        let mut table = Table::new(sizes.collect(), default);
        let mut names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        names.push(p.value_column());
        let mut key = vec![0; columns.len()];
        self.each_row(p.name(), &names, |cells| {
            for (at, (_, dimension)) in columns.iter().enumerate() {
                key[at] = find(cells, at, *dimension, &known[dimension.position()])?;
            }
            // an empty value is as good as no row
            if let Some(value) = cells.number(columns.len())? {
                table.push(&key, value);
            }
            Ok(())
        });
        table.sort();
        self.refuse_duplicates(p, &table, known);
        table
    }

    fn refuse_duplicates(&mut self, p: P, table: &Table, known: &[Positions]) {
        let name = |dimension: Dimension, at: usize| {
            let of = &known[dimension.position()];
            of.iter()
                .find(|(_, position)| **position == at)
                .map_or("?", |(name, _)| name.as_str())
        };
        let mut before: Option<Vec<usize>> = None;
        for (key, _) in table.rows() {
            if before.as_ref() == Some(&key) {
                let parts: Vec<String> = p
                    .columns()
                    .iter()
                    .zip(&key)
                    .map(|((column, dimension), at)| {
                        format!("{column} = {}", name(*dimension, *at))
                    })
                    .collect();
                self.error_with_hint(
                    "duplicate-key",
                    format!("`{}` has two rows for {}", p.name(), parts.join(", ")),
                    "keep one of them",
                );
            }
            before = Some(key);
        }
    }
}
