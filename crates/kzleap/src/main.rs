//! The `kzleap` command.

#![warn(clippy::print_stdout, clippy::print_stderr)] // `output` prints

mod args;
mod commands;
mod exit;
mod output;
mod progress;

use clap::Parser;

fn main() -> std::process::ExitCode {
    match commands::dispatch(args::Args::parse()) {
        Ok(code) => code.into(),
        Err(error) => {
            output::tell(&format!("error: {error:#}"));
            exit::Code::of(&error).into()
        }
    }
}
