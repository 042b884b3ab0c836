//! What the importer promises.

mod families;
mod folders;
mod messages;
mod mutations;
mod oracles;
mod own_models;
mod support;
mod syntax;
