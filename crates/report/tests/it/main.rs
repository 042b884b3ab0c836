//! The report of a small model whose plan was worked out by hand.

mod changes;
mod colours;
mod fixture;
mod iamc;
mod page;
mod run_folder;
mod summary;
mod tables;
