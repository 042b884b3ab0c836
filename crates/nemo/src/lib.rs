//! NEMO scenario databases.
