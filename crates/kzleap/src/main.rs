//! The `kzleap` command.

#![warn(clippy::print_stdout, clippy::print_stderr)] // `output` prints

mod args;
mod asked;
mod commands;
mod exit;
mod output;
mod progress;

use clap::Parser;

fn main() -> std::process::ExitCode {
    // from the first moment on, so that Ctrl-C always ends with the same code and message
    progress::stop_flag();
    match commands::dispatch(args::Args::parse()) {
        Ok(code) => code.into(),
        Err(error) => {
            output::tell(&format!("error: {error:#}"));
            exit::Code::of(&error).into()
        }
    }
}
