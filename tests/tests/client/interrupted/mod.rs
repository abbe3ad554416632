//! Every operation of the client, dropped wherever it waits and failing at every request: nothing is
//! lost, and nothing stays on the server.

mod connecting;
mod operations;
mod over_https;
mod pages;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use vmomi::vim25::VirtualMachine;
use vmomi::{Client, Error, ManagedObjectReference, MoRef, Pages, RetrievedObject};

/// More than any operation takes.
const MANY_POLLS: usize = 500;

/// Polls a future so often, each time when it is woken, and drops it where it waits; its output, if
/// it has ended by then.
async fn cut<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left > 0
            && let Poll::Ready(output) = future.as_mut().poll(context)
        {
            return Poll::Ready(Some(output));
        }
        left = left.saturating_sub(1);
        match left {
            0 => Poll::Ready(None),
            _ => Poll::Pending,
        }
    })
    .await
}

/// Lets what goes on in the background come to its end.
async fn settle() {
    for _ in 0..MANY_POLLS {
        tokio::task::yield_now().await;
    }
}

fn ids(objects: &[RetrievedObject<VirtualMachine>]) -> Vec<String> {
    let ids = objects.iter().map(|object| object.reference().value());
    ids.map(str::to_owned).collect()
}

async fn pages(client: &Client) -> Result<Pages<VirtualMachine>, Error> {
    client.retrieve(["name"]).page_size(1).start().await
}

fn machine(client: &Client) -> VirtualMachine {
    let machine: MoRef<VirtualMachine> =
        ManagedObjectReference::new("VirtualMachine", "vm-1").typed();
    client.bind(&machine)
}
