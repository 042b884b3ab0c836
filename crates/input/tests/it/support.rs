//! A small model that is right, and ways to break it.

use std::fs;
use std::path::Path;

use kzleap_diagnostics::render;
use kzleap_input::{Input, Trace, Tree, read};

const MODEL: &str = r#"format = 2
name = "valley"
label = "The valley"
currency = "USD2022"

[time]
years = [2025, 2030, 2040]
horizon_end = 2049
blocks = { night = 8, day = 16 }
[[time.seasons]]
name = "winter"
days = 181
[[time.seasons]]
name = "summer"
days = 184

[finance]
discount_rate = 0.05
cost_of_capital = 0.08

[money]
KZT2022 = { value = 0.002, source = "central bank, mean of 2022" }

[regions.north]
label = "North"
[regions.south]
"#;

const SYSTEM: &str = r#"[units]
capital_cost = "USD/kW"
fixed_cost = "USD/kW/a"
variable_cost = "USD/MWh"
emission_factor = "kt/PJ"
demand = "TWh/a"
emissions = "Mt/a"

[emissions.co2]
label = "CO2"
gas = "co2"
[commodities.coal]
tier = "annual"
emissions = { co2 = 95 }
[commodities.electricity]

[resources.coal_mine]
commodity = "coal"
regions = ["north"]
cost = 7.2

[processes.coal_plant]
regions = ["north"]
input = "coal"
output = "electricity"
efficiency = 0.4
capacity = "GW"
capital_cost = 1900
fixed_cost = 40
variable_cost = 3.6
life = 40
availability = 0.85
source = "a handbook"
confidence = "medium"

[processes.wind]
output = "electricity"
capacity = "GW"
capital_cost = { 2025 = 1300, 2040 = 1000 }
fixed_cost = 30
life = 25
availability = "wind"
max_new_capacity = 0.5

[storages.battery]
commodity = "electricity"
charge_efficiency = 0.9
discharge_efficiency = 0.9
hours = 4
cycle = "day"
capital_cost = 800
life = 15

[links.north_south]
from = "north"
to = "south"
commodity = "electricity"
capacity = "GW"
residual_capacity = 1
loss = 0.04

[demands.electricity]
north = { annual = { 2025 = 10, 2040 = 16 }, profile = "load" }
south = { annual = 4, profile = "load" }

[emission_caps.valley]
emissions = { co2 = 1 }
limit = { 2030 = 12, 2040 = 9 }
"#;

/// What things are, apart from them: so their lines stay where findings name them.
const TYPES: &str = "commodities.electricity.kind = \"electricity\"\n";

const PROFILES: &str = "\
profile,slice,value
wind,winter,0.4
wind,summer,0.25
load,winter.night,1.0
load,winter.day,1.5
load,summer.night,0.8
load,summer.day,1.2
";

const RESIDUAL: &str = "\
process,region,year,value,unit,source
coal_plant,north,2025,3.0,GW,list of plants
coal_plant,north,2040,1000,MW,list of plants
";

/// The files of a model, to be changed and read.
#[derive(Clone)]
pub(crate) struct Files {
    files: Vec<(String, String)>,
    /// Whether a text to be replaced was not there: another change had taken it.
    pub(crate) clash: bool,
    /// Whether that is no mistake of the test.
    may_clash: bool,
}

impl Files {
    /// The model that is right.
    pub(crate) fn right() -> Self {
        let files = [
            ("model.toml", MODEL),
            ("system.toml", SYSTEM),
            ("types.toml", TYPES),
            ("profiles.csv", PROFILES),
            ("residual_capacity.csv", RESIDUAL),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
        Self { files, clash: false, may_clash: false }
    }

    /// The same, for changes that may get into each other's way.
    pub(crate) fn for_many_changes() -> Self {
        Self { may_clash: true, ..Self::right() }
    }

    /// Replaces a text that occurs once in one of the files.
    pub(crate) fn replace(mut self, old: &str, new: &str) -> Self {
        let holding: Vec<_> =
            self.files.iter_mut().filter(|(_, text)| text.matches(old).count() == 1).collect();
        if self.may_clash && holding.len() != 1 {
            self.clash = true;
            return self;
        }
        assert_eq!(holding.len(), 1, "{old:?} occurs once in one file");
        for (_, text) in holding {
            *text = text.replace(old, new);
        }
        self
    }

    /// Adds lines to the end of a file, which may be new.
    pub(crate) fn add(mut self, path: &str, lines: &str) -> Self {
        match self.files.iter_mut().find(|(known, _)| known == path) {
            // two changes may bring the same table
            Some((_, text)) if self.may_clash && has_header_of(text, lines) => {
                self.clash = true;
            }
            Some((_, text)) => text.push_str(lines),
            None => self.files.push((path.to_owned(), lines.to_owned())),
        }
        self
    }

    /// The lines of a file.
    pub(crate) fn lines(&self, file: usize) -> Vec<String> {
        self.files[file].1.lines().map(ToOwned::to_owned).collect()
    }

    /// Changes the lines of a file.
    pub(crate) fn edit(mut self, file: usize, change: impl Fn(&mut Vec<String>)) -> Self {
        let mut lines = self.lines(file);
        change(&mut lines);
        self.files[file].1 = lines.join("\n") + "\n";
        self
    }

    /// Leaves a file out.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.retain(|(known, _)| known != path);
        self
    }

    /// Writes the files and reads them as a model.
    pub(crate) fn read(&self, scenario: Option<&str>) -> Input {
        read(self.written().path(), scenario)
    }

    /// Writes the files and follows a path of the model.
    pub(crate) fn trace(&self, path: &str) -> Trace {
        Tree::read(self.written().path()).trace(path)
    }

    /// Writes the files into a folder that goes when it is dropped.
    pub(crate) fn written(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }
}

/// Whether a text has a table, or a header of columns, that other lines would bring again.
fn has_header_of(text: &str, lines: &str) -> bool {
    let first = lines.lines().next().unwrap_or_default();
    let is_table = |line: &str| line.starts_with('[') && !line.starts_with("[[");
    text.lines().any(|line| line == first || (is_table(line) && lines.contains(line)))
}

/// What a user reads about a model.
pub(crate) fn messages(input: &Input) -> String {
    let texts: Vec<String> =
        input.diagnostics.iter().map(|finding| render(finding, &input.sources)).collect();
    texts.join("\n\n")
}

/// Defines tests that each break the right model in one way and keep the messages as a snapshot.
macro_rules! broken {
    ($($name:ident: $edit:expr;)*) => {
        /// Every one of them, to be combined.
        pub(crate) const ALL: &[(&str, fn($crate::support::Files) -> $crate::support::Files)] =
            &[$((stringify!($name), $edit)),*];
        $(
        #[test]
        fn $name() {
            let edit: fn($crate::support::Files) -> $crate::support::Files = $edit;
            let input = edit($crate::support::Files::right()).read(None);
            insta::assert_snapshot!(stringify!($name), $crate::support::messages(&input));
        }
        )*
    };
}
pub(crate) use broken;
