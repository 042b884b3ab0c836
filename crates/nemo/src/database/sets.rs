//! Names, groups of time slices, nodes and transmission lines.

use std::collections::BTreeMap;

use kzleap_diagnostics::Diagnostic;

use super::{Cells, Reader};
use crate::data::{Data, NetZero, SliceGroup, SlicePlace, TransmissionLine};
use crate::parameters::Dimension;

/// The position of each name of each dimension.
pub(super) type Positions = BTreeMap<String, usize>;

/// The positions of the names of one dimension.
pub(super) fn positions(names: &[String]) -> Positions {
    names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect()
}

/// Looks a name up.
pub(super) fn find(
    cells: &Cells<'_, '_>,
    column: usize,
    dimension: Dimension,
    known: &Positions,
) -> Result<usize, Diagnostic> {
    let name = cells.text(column)?;
    if let Some(at) = known.get(&name) {
        return Ok(*at);
    }
    let word = dimension.word();
    let code = if dimension == Dimension::Year { "unknown-year" } else { "unknown-name" };
    let wrong = cells.wrong(
        code,
        &format!("column `{}` is `{name}`, and there is no such {word}", cells.columns[column]),
    );
    let table = dimension.table();
    let near = known
        .keys()
        .map(|key| (strsim::damerau_levenshtein(key, &name), key))
        .filter(|(distance, _)| *distance <= 2 && dimension != Dimension::Year)
        .min();
    Err(match near {
        Some((_, key)) => wrong.hint(format!("did you mean `{key}`? names are in `{table}`")),
        None => wrong.hint(format!("add it to `{table}`, or delete the row")),
    })
}

impl Reader {
    /// Reads everything that is no parameter.
    pub(super) fn read_sets(&mut self, data: &mut Data) {
        for dimension in Dimension::ALL {
            let column = if dimension == Dimension::Line { "id" } else { "val" };
            let names = self.names(dimension.table(), column);
            data.names.push(names);
        }
        self.read_years(data);
        self.read_flags(data);
        data.groups1 = self.slice_groups("TSGROUP1");
        data.groups2 = self.slice_groups("TSGROUP2");
        self.read_places(data);
        self.read_nodes(data);
        data.region_groups = self.pairs(
            data,
            "RRGroup",
            ("rg", Dimension::RegionGroup),
            ("r", Dimension::Region),
        );
        data.technology_groups = self.pairs(
            data,
            "TTGroup",
            ("tg", Dimension::TechnologyGroup),
            ("t", Dimension::Technology),
        );
        self.read_lines(data);
        for dimension in [Dimension::Region, Dimension::Slice, Dimension::Year] {
            if data.count(dimension) == 0 {
                let (table, word) = (dimension.table(), dimension.word());
                self.error("empty-set", format!("`{table}` is empty: there is no {word}"));
            }
        }
    }

    fn names(&mut self, table: &str, column: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut seen = Positions::new();
        self.each_row(table, &[column], |cells| {
            let name = cells.text(0)?;
            if seen.insert(name.clone(), names.len()).is_some() {
                return Err(cells.wrong("duplicate-name", &format!("`{name}` is there twice")));
            }
            names.push(name);
            Ok(())
        });
        names
    }

    /// Years are text in the file, and numbers in order here.
    fn read_years(&mut self, data: &mut Data) {
        let mut years = Vec::new();
        for name in &data.names[Dimension::Year.position()] {
            match name.trim().parse::<i32>() {
                Ok(year) if (1..=9999).contains(&year) => years.push((year, name.clone())),
                _ => {
                    let message = format!("`YEAR`: `{name}` is not a year");
                    self.diagnostics.push(Diagnostic::error_overall("bad-year", message));
                }
            }
        }
        years.sort();
        data.names[Dimension::Year.position()] =
            years.iter().map(|(_, name)| name.clone()).collect();
        data.years = years.into_iter().map(|(year, _)| year).collect();
    }

    fn read_flags(&mut self, data: &mut Data) {
        let (mut timesliced, mut net_zero) = (Vec::new(), Vec::new());
        self.each_row("FUEL", &["timesliced"], |cells| {
            timesliced.push(cells.whole(0)?.unwrap_or(1) == 1);
            Ok(())
        });
        self.each_row("STORAGE", &["netzeroyear", "netzerotg1", "netzerotg2"], |cells| {
            net_zero.push(NetZero {
                year: cells.whole(0)?.unwrap_or(1) == 1,
                group1: cells.whole(1)?.unwrap_or(0) == 1,
                group2: cells.whole(2)?.unwrap_or(0) == 1,
            });
            Ok(())
        });
        data.timesliced = timesliced;
        data.net_zero = net_zero;
    }

    fn slice_groups(&mut self, table: &str) -> Vec<SliceGroup> {
        let mut groups: Vec<SliceGroup> = Vec::new();
        self.each_row(table, &["name", "order", "multiplier"], |cells| {
            let name = cells.text(0)?;
            let Some(order) = cells.whole(1)? else {
                return Err(cells.wrong("missing-order", "column `order` is empty"));
            };
            if groups.iter().any(|group| group.order == order) {
                let what = format!("order {order} is taken by another group");
                return Err(cells.wrong("duplicate-order", &what));
            }
            groups.push(SliceGroup {
                name,
                order,
                multiplier: cells.number(2)?.unwrap_or(1.0),
            });
            Ok(())
        });
        groups
    }

    fn read_places(&mut self, data: &mut Data) {
        let slices = positions(&data.names[Dimension::Slice.position()]);
        let names = |groups: &[SliceGroup]| -> Positions {
            groups.iter().enumerate().map(|(at, group)| (group.name.clone(), at)).collect()
        };
        let (groups1, groups2) = (names(&data.groups1), names(&data.groups2));
        let mut places = vec![None; slices.len()];
        self.each_row("LTsGroup", &["l", "lorder", "tg2", "tg1"], |cells| {
            let slice = find(cells, 0, Dimension::Slice, &slices)?;
            let group = |column: usize, known: &Positions| {
                let name = cells.text(column)?;
                known.get(&name).copied().ok_or_else(|| {
                    let what = format!("there is no group `{name}`");
                    cells.wrong("unknown-name", &what)
                })
            };
            let (group2, group1) = (group(2, &groups2)?, group(3, &groups1)?);
            let Some(order) = cells.whole(1)? else {
                return Err(cells.wrong("missing-order", "column `lorder` is empty"));
            };
            if places[slice].is_some() {
                return Err(cells.wrong("duplicate-key", "the time slice has a group already"));
            }
            places[slice] = Some(SlicePlace { group1, group2, order });
            Ok(())
        });
        data.places = places;
    }

    fn read_nodes(&mut self, data: &mut Data) {
        let regions = positions(&data.names[Dimension::Region.position()]);
        let mut of = Vec::new();
        self.each_row("NODE", &["r"], |cells| {
            of.push(find(cells, 0, Dimension::Region, &regions)?);
            Ok(())
        });
        data.node_region = of;
    }

    fn pairs(
        &mut self,
        data: &Data,
        table: &str,
        first: (&str, Dimension),
        second: (&str, Dimension),
    ) -> Vec<(usize, usize)> {
        let known = |dimension: Dimension| positions(&data.names[dimension.position()]);
        let (known_first, known_second) = (known(first.1), known(second.1));
        let mut pairs = Vec::new();
        self.each_row(table, &[first.0, second.0], |cells| {
            let pair = (
                find(cells, 0, first.1, &known_first)?,
                find(cells, 1, second.1, &known_second)?,
            );
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
            Ok(())
        });
        pairs
    }

    fn read_lines(&mut self, data: &mut Data) {
        let nodes = positions(&data.names[Dimension::Node.position()]);
        let fuels = positions(&data.names[Dimension::Fuel.position()]);
        let mut lines = Vec::new();
        let columns = [
            "n1",
            "n2",
            "f",
            "maxflow",
            "reactance",
            "yconstruction",
            "capitalcost",
            "fixedcost",
            "variablecost",
            "operationallife",
            "efficiency",
            "interestrate",
        ];
        self.each_row("TransmissionLine", &columns, |cells| {
            let number = |column| Ok(cells.number(column)?.unwrap_or(0.0));
            let year = |column| -> Result<Option<i32>, Diagnostic> {
                let Some(whole) = cells.whole(column)? else { return Ok(None) };
                i32::try_from(whole).map(Some).map_err(|_| {
                    let name = cells.columns[column];
                    cells.wrong("bad-year", &format!("column `{name}` is out of range"))
                })
            };
            lines.push(TransmissionLine {
                from: find(cells, 0, Dimension::Node, &nodes)?,
                to: find(cells, 1, Dimension::Node, &nodes)?,
                fuel: find(cells, 2, Dimension::Fuel, &fuels)?,
                max_flow: cells.number(3)?,
                reactance: cells.number(4)?,
                built_in: year(5)?,
                capital_cost: number(6)?,
                fixed_cost: number(7)?,
                variable_cost: number(8)?,
                life: year(9)?.unwrap_or(0),
                efficiency: cells.number(10)?,
                interest: number(11)?,
            });
            Ok(())
        });
        data.lines = lines;
    }
}
