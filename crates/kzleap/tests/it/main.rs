//! The command as a user meets it: exit codes, messages, files, interruptions.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod again;
mod arguments;
mod balance;
mod check;
mod circles;
mod command;
mod constraints;
mod disk;
mod export_runs;
mod foresight;
mod guards;
mod hours;
mod instruments;
mod killed;
mod mac;
mod nemo;
mod outdated;
mod scenarios;
mod small;
mod stopped;
mod study;
mod support;
mod sweep;
mod transfers;
mod why;
