//! Energy that a plan sends round in a circle over links that lose some of it.
//!
//! Links carry one way at a time wherever sending both ways would pay, but a circle of three or
//! more links, each carrying one way, is not excluded. It loses energy, which a plan does where a
//! surplus costs something, or where a rule is met by what is lost; a real network does not.

use kzleap_model::{CommodityIx, LinkIx, Model, RegionIx, Solution, YearIx};

/// A flow round a circle below this share of the largest flow of its time is rounding.
const NOISE: f64 = 1e-6;

/// Energy sent round in a circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Circulation {
    /// What goes round.
    pub commodity: CommodityIx,
    /// The links in the order in which it goes over them.
    pub links: Vec<LinkIx>,
    /// In which milestone year.
    pub year: YearIx,
    /// What is lost on the way, in the unit of the commodity a year.
    pub lost: f64,
}

/// What a link sends in a node of a year, and whereto.
#[derive(Clone, Copy)]
struct Sent {
    link: LinkIx,
    from: RegionIx,
    to: RegionIx,
    amount: f64,
    loss: f64,
}

/// Every circle of links that loses energy, by commodity and year.
pub(crate) fn circulations(model: &Model, solution: &Solution) -> Vec<Circulation> {
    let mut found: Vec<Circulation> = Vec::new();
    for (commodity, listed) in model.commodities.iter_ix() {
        let links: Vec<LinkIx> = (model.links.iter_ix())
            .filter(|(_, link)| link.commodity == commodity)
            .map(|(l, _)| l)
            .collect();
        if !links.iter().any(|l| model.links[*l].loss > 0.0) {
            continue;
        }
        for year in model.time.years.ixs() {
            for node in 0..model.time.node_count(listed.tier) {
                let mut sent: Vec<Sent> = links
                    .iter()
                    .map(|l| sent_over(model, solution, *l, (node, year)))
                    .collect();
                let most = sent.iter().map(|sent| sent.amount).fold(0.0, f64::max);
                while let Some((links, lost)) = take_circle(&mut sent, NOISE * most) {
                    note(&mut found, Circulation { commodity, links, year, lost });
                }
            }
        }
    }
    found
}

/// What a link sends more one way than the other.
fn sent_over(
    model: &Model,
    solution: &Solution,
    l: LinkIx,
    (node, year): (usize, YearIx),
) -> Sent {
    let link = &model.links[l];
    let [there, back] = [0, 1].map(|way| {
        solution.flow[l.get()].get((way, node, year.get())).copied().unwrap_or_default()
    });
    let (from, to) = if there >= back { (link.from, link.to) } else { (link.to, link.from) };
    Sent { link: l, from, to, amount: (there - back).abs(), loss: link.loss }
}

/// Takes a circle out of what is sent: its links, and what it lost; `None` if none is left that
/// loses anything. A circle without losses is taken out and not reported.
fn take_circle(sent: &mut [Sent], noise: f64) -> Option<(Vec<LinkIx>, f64)> {
    loop {
        let mut circle = circle(sent, noise)?;
        // what is lost comes from one of its regions: from the one that can feed it most
        let mut fed = (0, unwound(sent, &circle));
        for start in 1..circle.len() {
            circle.rotate_left(1);
            let unwound = unwound(sent, &circle);
            if unwound.1 > fed.1.1 {
                fed = (start, unwound);
            }
        }
        circle.rotate_left(1 + fed.0);
        let (amount, lost) = fed.1;
        let mut left = 1.0;
        for at in &circle {
            let rest = sent[*at].amount - amount * left;
            // what bounds the circle is used up
            sent[*at].amount = if rest <= noise { 0.0 } else { rest };
            left *= 1.0 - sent[*at].loss;
        }
        if left < 1.0 {
            let mut links: Vec<LinkIx> = circle.iter().map(|at| sent[*at].link).collect();
            let first = links.iter().min().copied();
            let first = links.iter().position(|link| Some(*link) == first);
            links.rotate_left(first.unwrap_or(0));
            return Some((links, lost));
        }
    }
}

/// The most that goes all the way round a circle, as sent over its first link, and what of it does
/// not come back.
fn unwound(sent: &[Sent], circle: &[usize]) -> (f64, f64) {
    let (mut most, mut left) = (f64::INFINITY, 1.0);
    for at in circle {
        most = most.min(sent[*at].amount / left);
        left *= 1.0 - sent[*at].loss;
    }
    (most, most * (1.0 - left))
}

/// Positions of flows that lead from a region back to itself.
fn circle(sent: &[Sent], noise: f64) -> Option<Vec<usize>> {
    // regions from which no way leads on to a circle are left out one by one
    let mut open: Vec<usize> = (0..sent.len()).filter(|at| sent[*at].amount > noise).collect();
    loop {
        let before = open.len();
        let leads_on = |at: &usize| open.iter().any(|next| sent[*next].from == sent[*at].to);
        let kept: Vec<usize> = open.iter().copied().filter(leads_on).collect();
        open = kept;
        if open.len() == before {
            break;
        }
    }
    let mut path: Vec<usize> = vec![*open.first()?];
    loop {
        let end = sent[*path.last()?].to;
        if let Some(start) = path.iter().position(|at| sent[*at].from == end) {
            return Some(path.split_off(start));
        }
        path.push(*open.iter().find(|at| sent[**at].from == end)?);
    }
}

/// Adds up what the same links lose in all slices of a year.
fn note(found: &mut Vec<Circulation>, one: Circulation) {
    let same = |known: &&mut Circulation| known.links == one.links && known.year == one.year;
    match found.iter_mut().find(same) {
        Some(known) => known.lost += one.lost,
        None => found.push(one),
    }
}
