//! Shades of a colour that eyes can tell from others.

/// A lighter, darker or tinted shade of a colour that can be distinguished from those taken; where
/// none can, the one farthest from them.
pub(super) fn shade(base: &str, taken: &[String]) -> String {
    const FAR: f64 = 70.0;
    const WHITE: [u32; 3] = [255; 3];
    const BLACK: [u32; 3] = [0; 3];
    const BLUE: [u32; 3] = [40, 60, 200];
    const RED: [u32; 3] = [200, 30, 90];
    const GREEN: [u32; 3] = [20, 150, 60];
    const MIX: [([u32; 3], u32); 13] = [
        (WHITE, 0),
        (WHITE, 42),
        (BLACK, 36),
        (WHITE, 66),
        (WHITE, 24),
        (BLACK, 20),
        (WHITE, 54),
        (BLACK, 48),
        (BLUE, 30),
        (RED, 30),
        (GREEN, 30),
        (WHITE, 33),
        (WHITE, 76),
    ];
    let own = channels(base);
    let mixed = |(towards, percent): ([u32; 3], u32)| {
        [0, 1, 2].map(|at| (own[at] * (100 - percent) + towards[at] * percent) / 100)
    };
    let apart = |colour: [u32; 3]| {
        taken
            .iter()
            .map(|other| distance(colour, channels(other)))
            .fold(f64::INFINITY, f64::min)
    };
    let mut best = ([0; 3], -1.0);
    for colour in MIX.map(mixed) {
        let apart = apart(colour);
        if apart > best.1 {
            best = (colour, apart);
        }
        if apart >= FAR {
            break;
        }
    }
    let [red, green, blue] = best.0;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Red, green and blue of `#rrggbb`, 0 to 255.
fn channels(colour: &str) -> [u32; 3] {
    [1, 3, 5].map(|at| u32::from_str_radix(&colour[at..at + 2], 16).unwrap_or(128))
}

/// How far apart two colours look, 0 to 765: the distance of their channels, each weighted by how
/// well eyes see it (the "redmean" of Thiadmer Riemersma, compuphase.com/cmetric.htm).
fn distance(a: [u32; 3], b: [u32; 3]) -> f64 {
    let [red, green, blue] = [0, 1, 2].map(|at| f64::from(a[at].abs_diff(b[at])));
    let reddish = f64::from(a[0] + b[0]) / 512.0;
    ((2.0 + reddish) * red * red + 4.0 * green * green + (3.0 - reddish) * blue * blue).sqrt()
}
