//! Reads a model and says what it is.
fn main() {
    let path = std::env::args().nth(1).expect("a path");
    let mut sources = kzleap_diagnostics::Sources::default();
    let mut diagnostics = kzleap_diagnostics::Diagnostics::default();
    let start = std::time::Instant::now();
    let data = kzleap_osemosys::read(
        std::path::Path::new(&path),
        &Default::default(),
        &mut sources,
        &mut diagnostics,
    )
    .expect("read");
    let read = start.elapsed();
    for d in &diagnostics {
        println!("{}", kzleap_diagnostics::render(d, &sources));
    }
    if let Some(data) = data {
        let start = std::time::Instant::now();
        let imported = kzleap_osemosys::to_model(&data);
        println!(
            "read {:?} map {:?}; processes {} capacities {} storages {} user rows {}",
            read,
            start.elapsed(),
            imported.model.processes.len(),
            imported.model.capacities.len(),
            imported.model.storages.len(),
            imported.model.user_rows.len()
        );
        for note in &data.notes {
            println!("note: {note}");
        }
    }
}
