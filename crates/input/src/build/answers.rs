//! How demand answers to prices: its steps, or the curve that they are cut from.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{ByYear, DecidedBy, Demand, DemandStep};

use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{AnswerFields, demand_step};
use crate::tree::{Node, Value, join};

/// Where a curve is cut into steps, if nothing else is said: prices, as multiples of the reference
/// price, which is one of them so that demand at that price is what it is said to be.
const CUTS: [f64; 8] = [2.0, 1.6, 1.3, 1.1, 1.0, 0.9, 0.7, 0.5];

/// Up to this much above 1, shares that add up to 1 are rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// The steps of a demand.
#[derive(Default)]
pub(super) struct Answers {
    steps: Vec<DemandStep>,
    /// Demand with all steps served, where that is another than at the reference price: a multiple
    /// of that.
    all: Option<f64>,
}

impl Answers {
    /// Gives them to a demand.
    pub(super) fn of(self, demand: &mut Demand) {
        demand.steps = self.steps;
        if let Some(all) = self.all {
            demand.annual.iter_mut().for_each(|annual| *annual *= all);
        }
    }
}

/// Reads the steps of a demand of so much a year, or cuts its curve into steps.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    fields: AnswerFields,
    region: &str,
    annual: Option<&ByYear>,
) -> Answers {
    let of_curve = [fields.elasticity.key(), fields.reference_price.key(), fields.cuts.key()];
    if item.has(fields.steps) {
        let Some(odd) = item.first_of(&of_curve) else {
            return Answers { steps: steps(rd, item, fields, region, annual), all: None };
        };
        let message = format!("`{}` has both `steps` and `{odd}`", item.path);
        let diagnostic = Diagnostic::error("both-given", message, item.place_of(odd), "")
            .also(item.place_of(fields.steps), "its steps")
            .hint("write the steps, or let them be made by `elasticity`");
        rd.fail(item, diagnostic);
    } else if item.has(fields.elasticity) {
        return cut(rd, item, fields, region).unwrap_or_default();
    } else if item.first_of(&of_curve).is_some() {
        rd.missing(item, fields.elasticity);
    }
    Answers::default()
}

fn steps<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    fields: AnswerFields,
    region: &str,
    annual: Option<&ByYear>,
) -> Vec<DemandStep> {
    let mut steps = Vec::new();
    let Some(table) = item.get(fields.steps).and_then(Node::table) else { return steps };
    if table.iter().next().is_none() {
        let message = format!("`{}` names no step", item.path_of(fields.steps));
        let place = item.place_of(fields.steps);
        let diagnostic = Diagnostic::error("empty-list", message, place, "")
            .hint("give a step, or leave `steps` out: all of the demand is firm");
        rd.fail(item, diagnostic);
    }
    for entry in table.iter() {
        let path = join(&item.path_of(fields.steps), &entry.key);
        let Some(step) = item.within(&demand_step::TABLE, path, entry) else { continue };
        let share = share(rd, &step, region, annual);
        let worth = rd.by_year(&step, demand_step::WORTH, Some(region));
        let by = rd.choice(&step, demand_step::BY).and_then(DecidedBy::named);
        if let (Some(share), Some(worth)) = (share, worth) {
            let (name, by) = (entry.key.clone(), by.unwrap_or(DecidedBy::Year));
            steps.push(DemandStep { name, share, worth, by });
        }
    }
    let years = steps.first().map_or(0, |step| step.share.len());
    let sum = |y: usize| steps.iter().map(|step| step.share[y]).sum::<f64>();
    let highest =
        (0..years).rev().map(|y| (y, sum(y))).max_by(|one, other| one.1.total_cmp(&other.1));
    if let Some((y, most)) = highest.filter(|(_, most)| *most > 1.0 + ROUNDING) {
        let when = rd.sets.years.get(y).map_or_else(String::new, i32::to_string);
        let message = if most.is_finite() {
            format!(
                "the steps of `{}` are {} of the demand of {region} in {when} together, and it has no \
                 more than all of it",
                item.path,
                shown(most)
            )
        } else {
            format!(
                "the demand of `{}` in {region} is zero in {when}, and its steps are not",
                item.path
            )
        };
        let place = item.place_of(fields.steps);
        let diagnostic = Diagnostic::error("shares-above-one", message, place, "")
            .hint("they are parts of `annual`; what is left of it is firm");
        rd.fail(item, diagnostic);
    }
    steps
}

/// The share of a demand that a step is, by milestone year.
fn share<'a>(
    rd: &mut Reader<'a>,
    step: &Item<'a>,
    region: &str,
    annual: Option<&ByYear>,
) -> Option<ByYear> {
    let (share, amount) = (demand_step::SHARE, demand_step::AMOUNT);
    match (step.has(share), step.has(amount)) {
        (true, false) => rd.by_year(step, share, Some(region)),
        (false, true) => {
            let amount = rd.by_year(step, amount, Some(region))?;
            let of = |(amount, all): (f64, &f64)| if amount > 0.0 { amount / all } else { 0.0 };
            Some(amount.into_iter().zip(annual?).map(of).collect())
        }
        (false, false) => {
            rd.missing(step, share);
            None
        }
        (true, true) => {
            let message = format!("`{}` has both `{share}` and `{amount}`", step.path);
            let diagnostic =
                Diagnostic::error("both-given", message, step.place_of(amount), "")
                    .also(step.place_of(share), "its share")
                    .hint("leave one of them out");
            rd.fail(step, diagnostic);
            None
        }
    }
}

/// The steps of a curve. There is more demand than at the reference price where prices are lower: with
/// all steps served it is that of the last.
fn cut<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    fields: AnswerFields,
    region: &str,
) -> Option<Answers> {
    if !item.has(fields.reference_price) {
        rd.missing(item, fields.reference_price);
    }
    let elasticity = rd.number(item, fields.elasticity, Some(region));
    let price = rd.by_year(item, fields.reference_price, Some(region));
    let (elasticity, price) = (elasticity?, price?);
    let cuts = cuts(rd, item, fields)?;
    let all = quantity(elasticity, cuts[cuts.len() - 1]);
    let steps = cuts.windows(2).zip(curve(elasticity, &cuts)).map(|(between, step)| {
        let (width, height) = step;
        DemandStep {
            name: format!("{}-{}", shown(between[1]), shown(between[0])),
            share: vec![width / all; price.len()],
            worth: price.iter().map(|price| height * price).collect(),
            by: DecidedBy::Year,
        }
    });
    Some(Answers { steps: steps.collect(), all: Some(all) })
}

/// Where a curve is cut.
fn cuts(rd: &mut Reader<'_>, item: &Item<'_>, fields: AnswerFields) -> Option<Vec<f64>> {
    let Some(node) = item.get(fields.cuts) else {
        let all: Vec<String> = CUTS.iter().map(|cut| shown(*cut)).collect();
        let reason = "multiples of `reference_price` at which the curve is cut into steps";
        rd.default_used(item.path_of(fields.cuts), all.join(", "), reason);
        return Some(CUTS.to_vec());
    };
    let wanted = "a list of numbers such as `[2, 1.5, 1, 0.5]`";
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, fields.cuts, node, wanted);
        return None;
    };
    let mut cuts = Vec::new();
    for node in nodes {
        let Value::Number(cut) = node.value else {
            rd.wrong_type(item, fields.cuts, node, wanted);
            return None;
        };
        cuts.push(cut);
    }
    let falls = cuts.windows(2).all(|pair| pair[0] > pair[1]);
    let above_zero = cuts.iter().all(|cut| *cut > 0.0 && cut.is_finite());
    let of_reference = cuts.iter().any(|cut| (cut - 1.0).abs() < ROUNDING);
    if falls && above_zero && of_reference && cuts.len() > 1 {
        return Some(cuts);
    }
    let message = format!("`{}` does not cut a curve", item.path_of(fields.cuts));
    let diagnostic = Diagnostic::error("out-of-range", message, node.span, "").hint(
        "write falling multiples of `reference_price` above zero, of which 1 is one, such as \
         `[2, 1.5, 1, 0.5]`",
    );
    rd.fail(item, diagnostic);
    None
}

/// Demand at a price, both as multiples of those of reference.
fn quantity(elasticity: f64, price: f64) -> f64 {
    libm::pow(price, -elasticity)
}

/// The steps between falling prices on a curve of constant elasticity: the width of each, and the
/// mean of the curve over it, so that the area below the steps is that below the curve.
fn curve(elasticity: f64, cuts: &[f64]) -> Vec<(f64, f64)> {
    let power = 1.0 - 1.0 / elasticity;
    // the area below the price of a quantity, q^(-1/elasticity), up to a constant
    let area = |q: f64| {
        if power.abs() < 1e-9 { libm::log(q) } else { libm::pow(q, power) / power }
    };
    let between = |prices: &[f64]| {
        let [from, to] = [prices[0], prices[1]].map(|price| quantity(elasticity, price));
        (to - from, (area(to) - area(from)) / (to - from))
    };
    cuts.windows(2).map(between).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() <= 1e-6 * wanted.abs(), "{found} instead of {wanted}");
    }

    /// With an elasticity of a half the price is 1 / q², and its mean between two quantities
    /// 1 / (q0 q1): the geometric mean of the two prices. So from 2 to 1.125 it is 1.5, and the
    /// width is what the root of the price falls by.
    #[test]
    fn a_curve_of_a_half_has_geometric_means() {
        let steps = curve(0.5, &[2.0, 1.125, 0.5]);
        near(steps[0].1, 1.5);
        near(steps[0].0, 1.0 / 1.125_f64.sqrt() - 1.0 / 2.0_f64.sqrt());
        near(steps[1].1, 0.75);
    }

    /// With an elasticity of 1 the price is 1 / q: its mean between 1/2 and 1 is ln 2 / (1/2). One
    /// that is 1 but for rounding is no different.
    #[test]
    fn a_curve_of_one_has_logarithms() {
        for elasticity in [1.0, 1.0 + 1e-7] {
            let steps = curve(elasticity, &[2.0, 1.0]);
            near(steps[0].0, 0.5);
            near(steps[0].1, 2.0 * 2.0_f64.ln());
        }
    }

    /// The area below all steps is that below the curve, whatever the cuts.
    #[test]
    fn finer_cuts_have_the_same_area() {
        let area = |cuts: &[f64]| -> f64 {
            curve(0.3, cuts).iter().map(|(width, height)| width * height).sum()
        };
        near(area(&[2.0, 0.5]), area(&CUTS));
    }
}
