//! The JavaScript of the pages: read by a parser, and its pure half run.

mod lint;
mod numbers;
mod pictures;
mod script;
mod tables;
mod words;
