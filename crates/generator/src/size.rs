//! How large a generated model is.

use std::fmt;
use std::str::FromStr;

/// How large a generated model is; written `3x4x12x8`, with `x2` behind it for two variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Regions, linked in a row.
    pub regions: usize,
    /// Seasons, each with one day type.
    pub seasons: usize,
    /// Blocks of a day.
    pub blocks: usize,
    /// Milestone years, five years apart.
    pub years: usize,
    /// Variants of each of the twelve plant types.
    pub variants: usize,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || {
            format!(
                "`{text}` is not a size; write REGIONSxSEASONSxBLOCKSxYEARS, such as 3x4x12x8, \
                 and xVARIANTS behind it for several of each plant"
            )
        };
        let parts: Option<Vec<usize>> = text
            .split('x')
            .map(|part| part.parse().ok().filter(|n| (1..=1000).contains(n)))
            .collect();
        let (regions, seasons, blocks, years, variants) = match parts.as_deref() {
            Some(&[regions, seasons, blocks, years]) => (regions, seasons, blocks, years, 1),
            Some(&[regions, seasons, blocks, years, n]) => (regions, seasons, blocks, years, n),
            _ => return Err(wanted()),
        };
        Ok(Self { regions, seasons, blocks, years, variants })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { regions, seasons, blocks, years, variants } = self;
        write!(f, "{regions}x{seasons}x{blocks}x{years}")?;
        if *variants == 1 { Ok(()) } else { write!(f, "x{variants}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn a_size_is_read_as_it_is_written() {
        for text in ["3x4x12x8", "7x4x24x8x2"] {
            assert_eq!(text.parse::<Size>().unwrap().to_string(), text);
        }
        for wrong in ["3x4x12", "3x4x12x0", "3x4x12x8x1x1", "axbxcxd", ""] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
