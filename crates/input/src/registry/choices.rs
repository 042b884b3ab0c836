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

words! {
    /// What a term of a constraint counts.
    Counted {
        /// Capacity in service.
        Capacity = "capacity",
        /// Capacity built.
        NewCapacity = "new_capacity",
        /// How much a storage holds.
        StorageSize = "storage_size",
        /// What a process runs.
        Activity = "activity",
        /// What processes make of a commodity.
        Output = "output",
        /// What processes use of a commodity.
        Input = "input",
        /// What is sent over links.
        Flow = "flow",
        /// What is emitted.
        Emissions = "emissions",
    }
}

words! {
    /// Which way over a link.
    Direction {
        /// From its start to its end.
        Forward = "forward",
        /// From its end to its start.
        Reverse = "reverse",
    }
}
