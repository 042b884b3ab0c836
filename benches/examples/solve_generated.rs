//! Solves a generated model and prints the time of each phase.
//!
//! `cargo run --release -p kzleap-benches --example solve_generated -- REGIONS SEASONS BLOCKS VARIANTS`

use std::time::Instant;

use kzleap_benches::{Size, national};
use kzleap_formulation::formulate;
use kzleap_solver::{Control, Options, solve};

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let [regions, seasons, blocks, variants] = numbers[..] else {
        eprintln!("give four numbers: REGIONS SEASONS BLOCKS VARIANTS");
        return;
    };
    let model = national(Size { regions, seasons, blocks, years: 8, variants }, 1);
    let start = Instant::now();
    let formulation = formulate(&model);
    let built = start.elapsed();
    let lp = &formulation.lp;
    println!(
        "{} rows, {} columns, {} nonzeros",
        lp.num_rows(),
        lp.num_cols(),
        lp.num_nonzeros()
    );
    match solve(lp, &Options::default(), Control::default()) {
        Ok(optimum) => {
            let solved = start.elapsed();
            let solution =
                formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals);
            println!(
                "objective {} (components {}), {:?}, {:?}\nbuild {:.3} s, solve {:.3} s, extract {:.3} s",
                optimum.objective,
                solution.total_present_value(),
                optimum.method,
                optimum.certificate,
                built.as_secs_f64(),
                (solved - built).as_secs_f64(),
                (start.elapsed() - solved).as_secs_f64()
            );
        }
        Err(error) => println!("{error}"),
    }
}
