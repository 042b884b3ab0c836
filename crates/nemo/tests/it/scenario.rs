//! A small scenario database made in SQL.

use std::path::{Path, PathBuf};

use kzleap_nemo::parameters::{OTHER_TABLES, P};
use rusqlite::Connection;

/// A scenario in a folder that goes when it is dropped.
pub(crate) struct Scenario {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

impl Scenario {
    /// All tables of the schema, with years and one region, slice and mode in them.
    pub(crate) fn new(years: &[i32]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenario.sqlite");
        let scenario = Self { _folder: folder, path };
        let mut sql =
            "create table Version (version integer); insert into Version values (12);"
                .to_owned();
        for (table, columns) in OTHER_TABLES {
            let columns: Vec<String> =
                columns.iter().map(|column| format!("\"{column}\" {}", kind(column))).collect();
            sql += &format!("create table \"{table}\" ({});", columns.join(", "));
        }
        for p in P::ALL {
            let keys: Vec<String> =
                p.columns().iter().map(|(column, _)| format!("\"{column}\" text")).collect();
            sql += &format!(
                "create table \"{}\" (id integer primary key, {}, \"{}\" real);",
                p.name(),
                keys.join(", "),
                p.value_column()
            );
        }
        sql += "insert into REGION values ('here'); insert into TIMESLICE values ('all');
                insert into MODE_OF_OPERATION values ('run');
                insert into TSGROUP1 values ('year', 1, 1); insert into TSGROUP2 values ('day', 1, 365);
                insert into LTsGroup values ('all', 1, 'day', 'year');
                insert into DefaultParams values ('DiscountRate', 0), ('DepreciationMethod', 2),
                    ('YearSplit', 1), ('SpecifiedDemandProfile', 1), ('AvailabilityFactor', 1),
                    ('CapacityToActivityUnit', 31.536), ('OperationalLife', 10);";
        for year in years {
            sql += &format!("insert into YEAR values ('{year}');");
        }
        scenario.execute(&sql);
        scenario
    }

    pub(crate) fn execute(&self, sql: &str) {
        Connection::open(&self.path).unwrap().execute_batch(sql).unwrap();
    }

    pub(crate) fn value(&self, sql: &str) -> f64 {
        Connection::open(&self.path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// A plant that makes power, of which 31.536 PJ are needed in 2020 and twice that in 2022.
    pub(crate) fn with_plant() -> Self {
        let scenario = Self::new(&[2020, 2021, 2022]);
        scenario.execute(
            "insert into TECHNOLOGY values ('plant'); insert into FUEL values ('power', 1);
             insert into OutputActivityRatio
                 select null, 'here', 'plant', 'power', 'run', val, 1 from YEAR;
             insert into CapitalCost select null, 'here', 'plant', val, 100 from YEAR;
             insert into FixedCost select null, 'here', 'plant', val, 3 from YEAR;
             insert into VariableCost select null, 'here', 'plant', 'run', val, 2 from YEAR;
             insert into SpecifiedAnnualDemand values (null, 'here', 'power', '2020', 31.536),
                 (null, 'here', 'power', '2021', 31.536), (null, 'here', 'power', '2022', 63.072);",
        );
        scenario
    }
}

fn kind(column: &str) -> &'static str {
    match column {
        "timesliced" | "netzeroyear" | "netzerotg1" | "netzerotg2" | "order" | "lorder"
        | "yconstruction" | "operationallife" => "integer",
        "multiplier" | "maxflow" | "reactance" | "capitalcost" | "fixedcost"
        | "variablecost" | "efficiency" | "interestrate" => "real",
        _ => "",
    }
}

/// The bytes of a file, to see whether it changed.
pub(crate) fn hash(path: &Path) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(std::fs::read(path).unwrap()).to_vec()
}
