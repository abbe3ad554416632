//! The client against a running vcsim, and against scripted answers for what vcsim does not do.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

mod bookkeeper;
mod connecting;
mod interrupted;
mod operations;
mod paging;
mod recorder;
mod replayed;
mod retrieval;
mod scripted;
mod services;
mod session;
mod tasks;

use vmomi::{Client, Credentials, Trust};
use vmomi_tests::vcsim::Vcsim;

/// A server with the default inventory: one datacenter, a cluster of three hosts and one host by
/// itself, two virtual machines in each of two resource pools.
fn server() -> Vcsim {
    Vcsim::builder().start().unwrap()
}

/// A client that is logged in.
async fn connect(server: &Vcsim) -> Client {
    Client::builder(server.url())
        .unwrap()
        .credentials(Credentials::password(server.user(), server.password()))
        .trust(Trust::Insecure)
        .connect()
        .await
        .unwrap()
}
