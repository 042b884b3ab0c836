//! What this process has used so far.

/// User and system time of all threads, seconds; 0 where the system does not say.
pub(crate) fn cpu_seconds() -> f64 {
    const TICKS_A_SECOND: f64 = 100.0; // Linux counts in hundredths on every machine
    std::fs::read_to_string("/proc/self/stat")
        .ok()
        .and_then(|text| {
            let words: Vec<f64> = text
                .rsplit_once(')')?
                .1
                .split_whitespace()
                .map(|word| word.parse().unwrap_or(0.0))
                .collect();
            Some((words.get(11)? + words.get(12)?) / TICKS_A_SECOND)
        })
        .unwrap_or(0.0)
}

/// Largest resident memory, MB; 0 where the system does not say.
pub(crate) fn peak_mb() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = high.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
