//! The tables of one or several runs in one file, for those who work with a database ([`sqlite`])
//! or a spreadsheet ([`workbook`]).
//!
//! What is written comes from the folders of the runs alone: their tables, with types and meanings
//! of columns from `datapackage.json`, and `summary.json`. Every table has a first column
//! `scenario`. The same folders give the same bytes.

mod run;
pub mod sqlite;
mod table;
pub mod workbook;

pub use run::{Run, RunError, read};
pub use table::{Cell, Column, Kind, Table, together};
