//! What plans cost in futures for which they were not made.

/// The regrets of plans: what each costs in a future beyond the least that it could have cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Regrets {
    /// The least cost of each future.
    pub best: Vec<f64>,
    /// By plan, then by future; `None` where the plan cannot be carried out.
    pub regret: Vec<Vec<Option<f64>>>,
    /// The largest of each plan; `None` where it fails in a future.
    pub largest: Vec<Option<f64>>,
    /// The expected regret of each plan.
    pub expected: Vec<Option<f64>>,
    /// The plan whose largest regret is least.
    pub choice: Option<usize>,
    /// The plan of least expected cost.
    pub choice_expected: Option<usize>,
    /// The plan whose largest cost is least.
    pub choice_worst_cost: Option<usize>,
}

/// The regrets of costs by plan and future, `None` where a plan cannot be carried out.
///
/// `best` is the least cost of each future; left out, it is the least of the table, which another
/// plan may turn (Savage 1951, Journal of the American Statistical Association 46, 55).
pub fn regrets(
    costs: &[Vec<Option<f64>>],
    best: Option<&[f64]>,
    probability: &[f64],
) -> Regrets {
    let futures = probability.len();
    let of_table = |future: usize| {
        let found = costs.iter().filter_map(|plan| plan[future]);
        found.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
    };
    let best = best.map_or_else(|| (0..futures).map(of_table).collect(), <[f64]>::to_vec);
    let of_plan = |plan: &Vec<Option<f64>>| {
        let of = plan.iter().zip(&best);
        of.map(|(cost, best)| cost.map(|cost| cost - best)).collect::<Vec<_>>()
    };
    let regret: Vec<Vec<Option<f64>>> = costs.iter().map(of_plan).collect();
    let largest: Vec<Option<f64>> = regret.iter().map(|plan| worst(plan)).collect();
    let expected = |plan: &Vec<Option<f64>>| {
        plan.iter().zip(probability).map(|(value, p)| value.map(|value| p * value)).sum()
    };
    let expected_cost: Vec<Option<f64>> = costs.iter().map(expected).collect();
    let worst_cost: Vec<Option<f64>> = costs.iter().map(|plan| worst(plan)).collect();
    Regrets {
        choice: least(&largest),
        choice_expected: least(&expected_cost),
        choice_worst_cost: least(&worst_cost),
        expected: regret.iter().map(expected).collect(),
        best,
        regret,
        largest,
    }
}

fn worst(values: &[Option<f64>]) -> Option<f64> {
    values.iter().copied().reduce(|most, value| Some(most?.max(value?))).flatten()
}

fn least(values: &[Option<f64>]) -> Option<usize> {
    let known = values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
    known.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(at, _)| at)
}
