//! Time and peak memory of another program.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a program used.
pub(crate) struct Used {
    pub(crate) seconds: f64,
    /// Largest resident memory, MB; 0 where the system does not say.
    pub(crate) peak_mb: f64,
    pub(crate) success: bool,
}

/// Runs a program to its end; its largest memory is read from `/proc` every few milliseconds.
pub(crate) fn watch(command: &mut Command) -> std::io::Result<Used> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = 0.0_f64;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let high = high.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        peak_kb = peak_kb.max(high.unwrap_or(0.0));
        if let Some(ended) = child.try_wait()? {
            let seconds = start.elapsed().as_secs_f64();
            return Ok(Used { seconds, peak_mb: peak_kb / 1024.0, success: ended.success() });
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
