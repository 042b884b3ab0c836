//! Results as otoole's CSV files, so that existing plots and scripts run unchanged.
//!
//! Every file holds the values that are not zero, one a row, under the index columns and
//! `VALUE`.

mod activity;
mod capacity;
mod context;
mod costs;
mod emissions;
mod names;
mod storage;

use std::fs;
use std::path::Path;

use kzleap_model::{Model, Solution};

use crate::data::Data;
use crate::to_model::Map;

use context::Context;
pub use names::{RESULTS, ResultTable};

/// Values no larger than this count as zero.
const SMALLEST: f64 = 1e-11;

/// Takes each value of a table with the names of its indices.
type Sink<'s> = dyn FnMut(&[&str], f64) + 's;

/// Gives every value of a result table that is not zero to `sink`, with its indices.
pub fn each(
    table: &ResultTable,
    (data, map): (&Data, &Map),
    (model, solution): (&Model, &Solution),
    sink: &mut Sink<'_>,
) {
    let context = Context::new(data, map, model, solution);
    fill(table, &context, sink);
}

/// Writes every result table into a folder, which is made if it is not there.
///
/// # Errors
/// If the folder or a file cannot be written.
pub fn write(
    folder: &Path,
    (data, map): (&Data, &Map),
    (model, solution): (&Model, &Solution),
) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let context = Context::new(data, map, model, solution);
    for table in &RESULTS {
        let mut file = csv::Writer::from_path(folder.join(format!("{}.csv", table.name)))?;
        let header = table.indices.iter().copied().chain(["VALUE"]);
        let mut written = file.write_record(header);
        fill(table, &context, &mut |names, value| {
            if written.is_ok() {
                let value = value.to_string();
                written = file.write_record(names.iter().copied().chain([value.as_str()]));
            }
        });
        written?;
        file.flush()?;
    }
    Ok(())
}

fn fill(table: &ResultTable, context: &Context<'_>, sink: &mut Sink<'_>) {
    let sink: &mut Sink<'_> = &mut |names: &[&str], value: f64| {
        if value.abs() > SMALLEST {
            sink(names, value);
        }
    };
    (table.fill)(context, sink);
}
