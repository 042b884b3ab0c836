//! Scripts for Slurm, and the manifest for Kubernetes.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// What a cluster is asked for.
pub(super) struct Asked {
    /// A name of the study, of letters, digits and `-`.
    pub(super) name: String,
    /// The pieces that have runs without an answer, ascending.
    pub(super) pieces: Vec<usize>,
    /// The most pieces that run at the same time.
    pub(super) at_most: u32,
    /// Memory of a piece, MB.
    pub(super) memory_mb: u64,
    /// Time of a piece, minutes.
    pub(super) minutes: u64,
    /// Partition of the cluster.
    pub(super) partition: Option<String>,
    /// Folder of the logs.
    pub(super) logs: String,
    /// The command that solves a piece, and the one that collects: words.
    pub(super) run: Vec<String>,
    pub(super) collect: Vec<String>,
}

impl Asked {
    /// The script of the array of pieces. A piece that is lost with its node is given out again: it
    /// goes on with the runs that have no answer.
    pub(super) fn array(&self) -> String {
        let mut options = vec![
            format!("--job-name={}", self.name),
            format!("--array={}%{}", ranges(&self.pieces), self.at_most),
            "--requeue".to_owned(),
        ];
        options.extend(self.common(&format!("{}/%A_%a.log", self.logs)));
        script(&options, &self.run)
    }

    /// The script that makes the tables when all pieces have ended, however they ended.
    pub(super) fn collecting(&self) -> String {
        let mut options = vec![format!("--job-name={}-tables", self.name)];
        options.extend(self.common(&format!("{}/tables-%j.log", self.logs)));
        script(&options, &self.collect)
    }

    fn common(&self, log: &str) -> Vec<String> {
        let mut options = vec![
            "--cpus-per-task=1".to_owned(),
            format!("--mem={}M", self.memory_mb),
            format!("--time={}", self.minutes),
            "--open-mode=append".to_owned(),
            format!("--output={log}"),
        ];
        options.extend(self.partition.iter().map(|name| format!("--partition={name}")));
        options
    }

    /// The manifest of an indexed job, with all pieces. The folder it is written from is a claim of a
    /// volume that the cluster has.
    pub(super) fn kubernetes(&self, completions: usize, image: &str, folder: &str) -> Value {
        json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": { "name": self.name },
            "spec": {
                "completionMode": "Indexed",
                "completions": completions,
                "parallelism": self.at_most,
                "backoffLimitPerIndex": 3,
                "template": {
                    "spec": {
                        "restartPolicy": "Never",
                        "containers": [{
                            "name": "kzleap",
                            "image": image,
                            "command": self.run,
                            "workingDir": folder,
                            "resources": {
                                "requests": { "cpu": "1", "memory": format!("{}Mi", self.memory_mb) },
                                "limits": { "memory": format!("{}Mi", self.memory_mb) },
                            },
                            "volumeMounts": [{ "name": "studies", "mountPath": folder }],
                        }],
                        "volumes": [{
                            "name": "studies",
                            "persistentVolumeClaim": { "claimName": "studies" },
                        }],
                    },
                },
            },
        })
    }
}

fn script(options: &[String], command: &[String]) -> String {
    let mut text = "#!/bin/bash\n".to_owned();
    for option in options {
        let _ = writeln!(text, "#SBATCH {option}");
    }
    let words: Vec<String> = command.iter().map(|word| quoted(word)).collect();
    text + "exec " + &words.join(" ") + "\n"
}

/// A word that the shell reads as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=:,+".contains(c);
    match word.chars().all(plain) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// Numbers as Slurm writes them: `0-3,7`.
fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[usize]| match run {
        [one] => one.to_string(),
        _ => format!("{}-{}", run[0], run[run.len() - 1]),
    };
    runs.map(run).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::{quoted, ranges};

    #[test]
    fn numbers_and_words_are_as_slurm_and_the_shell_read_them() {
        assert_eq!(ranges(&[0, 1, 2, 3, 7, 9, 10]), "0-3,7,9-10");
        assert_eq!(quoted("/data/my study.toml"), "'/data/my study.toml'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("--chunk"), "--chunk");
    }
}
