use kzleap_lp::Bounds;

use super::*;
use crate::solve;

/// Two plants of 10 TWh at 20 and 50, a week each with its own demand of 8 and 12, and fuel for 14 of
/// the cheap one in both weeks together, of which 4 may be bought at 15.
///
/// By hand: the cheap plant makes 8 and 10 if fuel allows; 14 are there, 4 more cost 20 + 15 = 35,
/// less than 50. So 18 by the cheap one, 2 by the other: 18·20 + 4·15 + 2·50 = 520. Fuel is worth
/// 30, as the next unit would save a unit at 50: but no more than 10 a week fit, and both weeks are
/// full (8 and 10), so fuel beyond 18 saves nothing and its price is what it costs, 15.
fn weeks() -> (Lp, Vec<Option<usize>>) {
    let mut lp = Lp::default();
    let mut blocks = Vec::new();
    let bought = lp.add_col(15.0, Bounds::between(0.0, 5.0));
    blocks.push(None);
    let mut cheap = Vec::new();
    for (week, demand) in [8.0, 12.0].into_iter().enumerate() {
        let own = [20.0, 50.0].map(|cost| lp.add_col(cost, Bounds::NON_NEGATIVE));
        blocks.extend([Some(week), Some(week)]);
        for plant in own {
            lp.push_term(plant, 1.0);
            lp.finish_row(Bounds::at_most(10.0));
        }
        own.iter().for_each(|plant| lp.push_term(*plant, 1.0));
        lp.finish_row(Bounds::at_least(demand));
        cheap.push(own[0]);
    }
    cheap.iter().for_each(|plant| lp.push_term(*plant, 1.0));
    lp.push_term(bought, -1.0);
    lp.finish_row(Bounds::at_most(14.0));
    (lp, blocks)
}

fn by_blocks(lp: &Lp, blocks: &[Option<usize>], gap: f64) -> Decomposed {
    let start = vec![0.0; lp.num_rows()];
    dantzig_wolfe(lp, blocks, &start, gap, &Options::default(), Control::default())
        .expect("it has a plan")
}

#[test]
fn a_fuel_for_two_weeks() {
    let (lp, blocks) = weeks();
    let found = by_blocks(&lp, &blocks, 1e-9);
    assert!(found.certificate.certified, "{:?}", found.certificate);
    assert!((found.certificate.objective - 520.0).abs() < 1e-9);
    assert!((found.columns[0] - 4.0).abs() < 1e-9, "{:?}", found.columns);
    let fuel = found.row_duals[lp.num_rows() - 1];
    assert!((fuel + 15.0).abs() < 1e-9, "{fuel}");
}

/// Ten times as many blocks, by numbers that no hand has chosen: the same as all at once.
#[test]
fn blocks_are_what_they_are_at_once() {
    let mut state = 7_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for _ in 0..5 {
        let (mut lp, mut blocks) = (Lp::default(), Vec::new());
        let mut given = vec![Vec::new(); 3];
        for block in 0..20 {
            let own: Vec<_> = (0..6)
                .map(|_| lp.add_col(10.0 + 90.0 * next(), Bounds::between(0.0, 1.0 + next())))
                .collect();
            blocks.extend([Some(block); 6]);
            let unserved = lp.add_col(1_000.0, Bounds::NON_NEGATIVE);
            blocks.push(Some(block));
            for hour in 0..2 {
                for col in &own {
                    lp.push_term(*col, if hour == 0 { 1.0 } else { 0.5 + next() });
                }
                lp.push_term(unserved, 1.0);
                lp.finish_row(Bounds::at_least(2.0 + 3.0 * next()));
            }
            for row in &mut given {
                row.extend(own.iter().map(|col| (*col, next())));
            }
        }
        for (at, row) in given.iter().enumerate() {
            row.iter().for_each(|(col, factor)| lp.push_term(*col, *factor));
            lp.finish_row(match at {
                0 => Bounds::at_most(35.0),
                1 => Bounds::at_least(30.0),
                _ => Bounds::at_most(45.0),
            });
        }
        let whole = solve(&lp, &Options::default(), Control::default()).expect("it has a plan");
        let found = by_blocks(&lp, &blocks, 1e-7);
        let certificate = &found.certificate;
        assert!(certificate.certified, "{certificate:?}");
        let apart = (certificate.objective - whole.objective).abs() / whole.objective;
        assert!(apart < 1e-6, "{} and {}", certificate.objective, whole.objective);
    }
}

/// A block that earns without limit at prices of zero: sales that a row between blocks limits.
#[test]
fn a_block_that_earns_without_limit() {
    let mut lp = Lp::default();
    let sales = [0, 1].map(|_| lp.add_col(-5.0, Bounds::NON_NEGATIVE));
    sales.iter().for_each(|col| lp.push_term(*col, 1.0));
    lp.finish_row(Bounds::at_most(3.0));
    let found = by_blocks(&lp, &[Some(0), Some(1)], 1e-9);
    assert!(found.certificate.certified, "{:?}", found.certificate);
    assert!((found.certificate.objective + 15.0).abs() < 1e-9);
}

#[test]
fn what_cannot_be_kept_is_not_certified() {
    let (mut lp, blocks) = weeks();
    let last = lp.row_bounds.len() - 1;
    lp.row_bounds[last] = Bounds::at_most(-6.0); // 5 can be bought
    let found = by_blocks(&lp, &blocks, 1e-3);
    assert!(!found.certificate.certified);
    assert!(found.certificate.primal > 1e-3, "{:?}", found.certificate);
    // a week that cannot be served is no matter of prices
    lp.row_bounds[2] = Bounds::at_least(21.0);
    let start = vec![0.0; lp.num_rows()];
    let found =
        dantzig_wolfe(&lp, &blocks, &start, 1e-3, &Options::default(), Control::default());
    assert_eq!(found.err(), Some(SolveError::Infeasible));
}
