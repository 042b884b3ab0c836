//! Choices of the format that only reading it knows.

use kzleap_model::words;

words! {
    /// What one unit of activity of a process is.
    ActivityOf {
        /// One of its first output.
        Output = "output",
        /// One of its first input.
        Input = "input",
    }
}

words! {
    /// What a statistic measures.
    Measure {
        /// What rows of the balance bring, less what they take.
        Supply = "supply",
        /// The same with the other sign.
        Use = "use",
        /// What processes make.
        Generation = "generation",
        /// What processes and demand emit.
        Emissions = "emissions",
        /// Capacity in service.
        Capacity = "capacity",
    }
}
