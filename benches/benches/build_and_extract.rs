//! Building the linear program and reading the optimum back, per nonzero.
//!
//! `cargo bench -p kzleap-benches`: the throughput criterion prints is nonzeros a second.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kzleap_formulation::formulate;
use kzleap_generator::{Size, national};

fn build_and_extract(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("per_nonzero");
    group.sample_size(10);
    for (regions, seasons, blocks, variants) in [(3, 4, 4, 1), (3, 4, 12, 1), (7, 4, 24, 2)] {
        let size = Size { regions, seasons, blocks, years: 8, variants };
        let model = national(size, 1);
        let formulation = formulate(&model);
        let nonzeros = formulation.lp.num_nonzeros();
        let name = format!("{regions}x{}: {nonzeros} nonzeros", seasons * blocks);
        group.throughput(Throughput::Elements(nonzeros as u64));
        group.bench_function(format!("build {name}"), |bencher| {
            bencher.iter(|| formulate(&model).lp.num_rows());
        });
        let columns = vec![1.0; formulation.lp.num_cols()];
        let duals = vec![1.0; formulation.lp.num_rows()];
        group.bench_function(format!("extract {name}"), |bencher| {
            bencher.iter(|| formulation.read_back(0.0, &columns, &duals).objective);
        });
    }
    group.finish();
}

criterion_group!(benches, build_and_extract);
criterion_main!(benches);
