//! The till: jobs of the registrar against the training one, whatever happens between «оплатить» and the paper.

mod advance;
mod atol;
mod atol_shop;
mod bench;
mod driven;
mod jobs;
mod kills;
mod printer;
mod rights;
mod served;
