//! What the importer promises.

mod oracles;
mod support;
