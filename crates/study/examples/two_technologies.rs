//! A wind farm and a gas plant serve one region in 2030, under a cap on CO2.

use kzleap_study::model::{Balance, Commodity, Mode, Model, Series};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut model = Model::single_year("two technologies", "USD2022", 2030);
    let land = model.add_region("land");
    let electricity = model.commodities.push(Commodity::new("electricity", Balance::Surplus));
    let co2 = model.add_emission("co2");

    // 2 GW of wind blow 30% of the time, 3 GW of gas cost 15 MUSD/PJ and emit 0.1 Mt/PJ
    let mut wind = Mode::new("blow");
    wind.outputs.push((electricity, Series::Constant(1.0)));
    let wind = model.add_process("wind", land, vec![wind], 2.0);
    model.processes[wind].availability = Series::Constant(0.3);
    let mut gas = Mode::new("burn");
    gas.outputs.push((electricity, Series::Constant(1.0)));
    gas.variable_cost = Series::Constant(15.0);
    gas.emissions.push((co2, Series::Constant(0.1)));
    model.add_process("gas", land, vec![gas], 3.0);
    model.add_demand(land, electricity, 60.0); // PJ a year
    model.add_cap("climate", co2, 5.0); // Mt a year

    let plan = kzleap_study::optimise(&model, &Default::default(), Default::default())?;
    for (p, process) in model.processes.iter_ix() {
        println!("{:<5} {:6.2} PJ", process.name, plan.solution.activity[p.get()].sum());
    }
    println!("cost  {:6.2} MUSD, certified: {}", plan.solution.objective, plan.certified());
    Ok(())
}
