//! NEMO's configuration file: `nemo.toml`, `nemo.ini` or `nemo.cfg`, in TOML.

use std::path::{Path, PathBuf};

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use toml::{Table, Value};

use crate::options::{DEFAULT_VARIABLES, NemoOptions};

/// Names under which NEMO looks for its configuration, in this order.
pub const CONFIG_NAMES: [&str; 3] = ["nemo.toml", "nemo.ini", "nemo.cfg"];

/// What a configuration file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `calcyears`: overrides.
    pub calcyears: Option<Vec<Vec<i32>>>,
    /// `varstosave`: added to what is asked for otherwise.
    pub vars: Vec<String>,
    /// `continuoustransmission`: overrides.
    pub continuous_transmission: Option<bool>,
    /// `reportzeros`: overrides.
    pub report_zeros: Option<bool>,
    /// `quiet`: overrides.
    pub quiet: Option<bool>,
}

impl Config {
    /// The options with what the file says: it overrides, and adds variables.
    #[must_use]
    pub fn over(&self, mut options: NemoOptions) -> NemoOptions {
        if let Some(calcyears) = &self.calcyears {
            options.calcyears.clone_from(calcyears);
        }
        if !self.vars.is_empty() {
            if options.vars.is_empty() {
                options.vars = DEFAULT_VARIABLES.iter().map(|&name| name.to_owned()).collect();
            }
            options.vars.extend(self.vars.iter().cloned());
        }
        if let Some(continuous) = self.continuous_transmission {
            options.continuous_transmission = continuous;
        }
        if let Some(zeros) = self.report_zeros {
            options.report_zeros = zeros;
        }
        options
    }
}

/// The configuration file in a folder, if there is one.
pub fn find_config(folder: &Path) -> Option<PathBuf> {
    CONFIG_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// Reads a configuration file. What concerns Julia or its solvers is left out with a warning.
pub fn read_config(path: &Path, diagnostics: &mut Diagnostics) -> Config {
    let shown = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("`{shown}` cannot be read: {error}");
            diagnostics.push(Diagnostic::error_overall("bad-config", message));
            return Config::default();
        }
    };
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let message = format!("`{shown}` is not TOML: {}", error.to_string().trim());
            diagnostics.push(
                Diagnostic::error_overall("bad-config", message)
                    .hint("NEMO 2.3 and later read TOML; older files are written in ini"),
            );
            return Config::default();
        }
    };
    let mut reader =
        Reading { shown: shown.to_string(), diagnostics, config: Config::default() };
    for (block, value) in &table {
        match (block.as_str(), value) {
            ("calculatescenarioargs", Value::Table(arguments)) => {
                for (key, value) in arguments {
                    reader.argument(key, value);
                }
            }
            ("solver", Value::Table(_)) => reader.ignored("[solver]", "HiGHS is always used"),
            ("includes", Value::Table(_)) => {
                reader.ignored("[includes]", "Julia scripts cannot be run");
            }
            _ => reader.ignored(block, "NEMO has no such block"),
        }
    }
    reader.config
}

struct Reading<'d> {
    shown: String,
    diagnostics: &'d mut Diagnostics,
    config: Config,
}

impl Reading<'_> {
    fn ignored(&mut self, what: &str, why: &str) {
        let message = format!("`{}`: `{what}` is left out: {why}", self.shown);
        self.diagnostics.push(Diagnostic::warning_overall("config-left-out", message));
    }

    fn argument(&mut self, key: &str, value: &Value) {
        let understood = match key {
            "calcyears" => years(value).map(|years| self.config.calcyears = Some(years)),
            "varstosave" => names(value).map(|names| self.config.vars = names),
            "continuoustransmission" => {
                value.as_bool().map(|yes| self.config.continuous_transmission = Some(yes))
            }
            "reportzeros" => value.as_bool().map(|yes| self.config.report_zeros = Some(yes)),
            "quiet" => value.as_bool().map(|yes| self.config.quiet = Some(yes)),
            "jumpdirectmode" | "jumpbridges" | "restrictvars" | "forcemip" => {
                return; // they change how NEMO works, not what comes out
            }
            "startvalsdbpath" | "startvalsvars" | "precalcresultspath" => {
                self.ignored(key, "every run starts afresh");
                return;
            }
            _ => {
                self.ignored(key, "NEMO has no such option");
                return;
            }
        };
        if understood.is_none() {
            let message = format!("`{}`: `{key}` is {value}", self.shown);
            let hint = match key {
                "calcyears" => "groups of years, such as [[2025, 2027], [2030, 2032]]",
                "varstosave" => "names, such as [\"vnewcapacity\", \"vtotalcapacityannual\"]",
                _ => "true or false",
            };
            let diagnostic = Diagnostic::error_overall("bad-config", message).hint(hint);
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Groups of years; one plain list is one group.
fn years(value: &Value) -> Option<Vec<Vec<i32>>> {
    let list = value.as_array()?;
    let year = |value: &Value| value.as_integer().and_then(|year| i32::try_from(year).ok());
    if list.iter().all(Value::is_integer) && !list.is_empty() {
        return Some(vec![list.iter().map(year).collect::<Option<_>>()?]);
    }
    list.iter().map(|group| group.as_array()?.iter().map(year).collect()).collect()
}

/// Names in a list, or in one text with commas.
fn names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(
            text.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        ),
        Value::Array(list) => {
            list.iter().map(|name| name.as_str().map(|name| name.trim().to_owned())).collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Diagnostics, NemoOptions, read_config};

    fn read(text: &str) -> (Config, Diagnostics) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nemo.cfg");
        std::fs::write(&path, text).unwrap();
        let mut diagnostics = Diagnostics::default();
        let config = read_config(&path, &mut diagnostics);
        (config, diagnostics)
    }

    #[test]
    fn the_file_overrides_and_adds() {
        let (config, diagnostics) = read(
            "[calculatescenarioargs]
calcyears = [[2025, 2027], [2030]]
varstosave = \"vtrade, vtransmissionbuilt\"
reportzeros = true
forcemip = true
[solver]
parameters = \"Method=3\"",
        );
        assert_eq!((diagnostics.error_count(), diagnostics.warning_count()), (0, 1));
        let options =
            config.over(NemoOptions { vars: vec!["vusenn".into()], ..Default::default() });
        assert_eq!(options.calcyears, [vec![2025, 2027], vec![2030]]);
        assert_eq!(options.variables(), ["vusenn", "vtrade", "vtransmissionbuilt"]);
        assert!(options.report_zeros && !options.continuous_transmission);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let (_, diagnostics) = read("[calculatescenarioargs]\nreportzeros = 3\nunknown = 1");
        assert_eq!((diagnostics.error_count(), diagnostics.warning_count()), (1, 1));
        assert_eq!(read("reportzeros: true").1.error_count(), 1);
    }
}
