//! Which piece of a study this is: as typed, or as a cluster gives it.

use crate::exit::WrongArguments;

/// The variables in which schedulers say which task of an array this is, and what its first is
/// called.
const VARIABLES: [(&str, usize); 7] = [
    ("SLURM_ARRAY_TASK_ID", 0),
    ("JOB_COMPLETION_INDEX", 0),
    ("PBS_ARRAY_INDEX", 0),
    ("AWS_BATCH_JOB_ARRAY_INDEX", 0),
    ("CLOUD_RUN_TASK_INDEX", 0),
    // these count from 1
    ("LSB_JOBINDEX", 1),
    ("SGE_TASK_ID", 1),
];

/// The piece that is asked for, from 0; `None` for all runs.
///
/// # Errors
/// If a variable has something else than a number.
pub(super) fn asked(typed: Option<usize>) -> anyhow::Result<Option<usize>> {
    typed.map_or_else(|| given(&|name| std::env::var(name).ok()), |index| Ok(Some(index)))
}

fn given(variable: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<Option<usize>> {
    let mut set = VARIABLES.iter().filter_map(|(name, first)| {
        let value = variable(name)?;
        // Grid Engine says so outside of an array, LSF says 0
        let outside = value.is_empty() || value == "undefined" || (*first == 1 && value == "0");
        (!outside).then_some((name, first, value))
    });
    let Some((name, first, value)) = set.next() else { return Ok(None) };
    match value.trim().parse::<usize>() {
        Ok(number) => Ok(Some(number - first)),
        Err(_) => {
            let why = format!("`{name}` is `{value}`, not the number of a piece of the study");
            Err(WrongArguments(why).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{asked, given};

    #[test]
    fn the_usual_variables_say_which_piece_it_is() {
        let of = |name: &str, value: &str| {
            let (name, value) = (name.to_owned(), value.to_owned());
            given(&move |asked| (asked == name).then(|| value.clone()))
        };
        assert_eq!(of("SLURM_ARRAY_TASK_ID", "7").unwrap(), Some(7));
        assert_eq!(of("JOB_COMPLETION_INDEX", "0").unwrap(), Some(0));
        assert_eq!(of("SGE_TASK_ID", "1").unwrap(), Some(0));
        assert_eq!(of("SGE_TASK_ID", "undefined").unwrap(), None);
        assert_eq!(of("LSB_JOBINDEX", "0").unwrap(), None);
        assert_eq!(of("HOME", "/").unwrap(), None);
        let wrong = of("SLURM_ARRAY_TASK_ID", "x").unwrap_err().to_string();
        assert_eq!(
            wrong,
            "`SLURM_ARRAY_TASK_ID` is `x`, not the number of a piece of the study"
        );
        assert_eq!(asked(Some(3)).unwrap(), Some(3));
    }
}
