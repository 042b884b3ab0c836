//! The `kzleap` command.

mod args;
mod commands;
mod exit;
mod output;
mod progress;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let args = args::Args::parse();
    match commands::dispatch(&args) {
        Ok(code) => code.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            exit::Code::of(&error).into()
        }
    }
}
