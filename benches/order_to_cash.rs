//! The workload of an online store, order to cash.

fn main() {}
