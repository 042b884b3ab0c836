//! The `kzleap` command.

#![warn(clippy::print_stdout, clippy::print_stderr)] // `output` prints

mod args;
mod asked;
mod commands;
mod exit;
mod output;
mod progress;

use clap::{CommandFactory, FromArgMatches};

fn main() -> std::process::ExitCode {
    // from the first moment on, so that Ctrl-C always ends with the same code and message
    progress::stop_flag();
    let matches = args::Args::command().get_matches();
    let args = args::Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match commands::dispatch(args, &args::Typed::of(&matches)) {
        Ok(code) => code.into(),
        Err(error) => {
            output::tell(&format!("error: {error:#}"));
            exit::Code::of(&error).into()
        }
    }
}
