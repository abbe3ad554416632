//! Pages, views and waits that are given up, and gone on with.

use std::pin::pin;

use futures_util::StreamExt;
use vmomi::vim25::VirtualMachine;
use vmomi::{Error, Pages, TaskExt};

use super::{MANY_POLLS, cut, ids, machine, pages, settle};
use crate::bookkeeper::{Bookkeeper, Failure, MACHINES};

/// Retrieves what is left, with what was found so far.
async fn rest(pages: &mut Pages<VirtualMachine>, found: &mut Vec<String>) -> Result<(), Error> {
    while let Some(page) = pages.next_page().await? {
        found.extend(ids(&page));
    }
    Ok(())
}

#[tokio::test]
async fn no_page_is_lost_when_waiting_for_it_is_given_up() {
    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let mut pages = pages(&client).await.unwrap();
        let mut found = Vec::new();
        is_complete = cut(rest(&mut pages, &mut found), polls).await.is_some();
        // As often as one likes.
        while cut(rest(&mut pages, &mut found), 1).await.is_none() {}
        assert_eq!(found, MACHINES, "after {polls}");
        assert!(pages.next_page().await.unwrap().is_none());
        assert_eq!(server.kept(), [""; 0], "after {polls}");
        if is_complete {
            break;
        }
    }
    assert!(is_complete);
}

#[tokio::test]
async fn no_object_of_a_stream_is_lost_when_waiting_for_it_is_given_up() {
    let server = Bookkeeper::default();
    let client = server.connect().await;
    let retrieval = client.retrieve::<VirtualMachine>(["name"]).page_size(1);
    let mut stream = pin!(retrieval.stream());
    let mut found = Vec::new();
    let mut given_up = 0;
    loop {
        match cut(stream.next(), 1).await {
            Some(Some(object)) => found.extend(ids(&[object.unwrap()])),
            Some(None) => break,
            None => given_up += 1,
        }
    }
    assert_eq!(found, MACHINES);
    assert!(given_up > 20, "{given_up}");
}

#[tokio::test]
async fn a_page_that_fails_is_given_afterwards_or_is_an_error() {
    for failure in Failure::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let mut pages = pages(&client).await.unwrap();
        let mut found = Vec::new();
        server.fail(0, failure);
        rest(&mut pages, &mut found).await.unwrap_err();
        assert_eq!(found, MACHINES[..1]);
        if failure.comes_after_the_deed() {
            // The server has given it, and knows of it no more.
            for _ in 0..3 {
                let error = rest(&mut pages, &mut found).await.unwrap_err();
                let text = error.to_string();
                assert!(text.contains("There is no such token."), "{text}");
            }
        } else {
            rest(&mut pages, &mut found).await.unwrap();
            assert_eq!(found, MACHINES, "{failure:?}");
            assert_eq!(server.kept(), [""; 0], "{failure:?}");
        }
    }
}

/// Dropped or cancelled while a page is on its way, the pages after it are forgotten too.
#[tokio::test]
async fn pages_on_their_way_are_forgotten() {
    for polls in 0..20 {
        for waits in [false, true] {
            let server = Bookkeeper::default();
            let client = server.connect().await;
            let mut pages = pages(&client).await.unwrap();
            pages.next_page().await.unwrap();
            if cut(pages.next_page(), polls).await.is_some() {
                assert!(polls > 3);
            }
            if waits {
                pages.cancel().await.unwrap();
                assert_eq!(server.kept(), [""; 0], "after {polls}");
            } else {
                drop(pages);
                settle().await;
            }
            assert_eq!(server.kept(), [""; 0], "after {polls}");
        }
    }
}

#[tokio::test]
async fn a_view_is_destroyed_once_and_for_all() {
    for failure in Failure::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        server.fail(0, failure);
        view.destroy().await.unwrap_err();
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{failure:?}");
        // Not for ever.
        let requests = server.requests();
        let attempts = requests.iter().filter(|request| *request == "DestroyView");
        assert_eq!(attempts.count(), 2, "{failure:?}");

        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        server.fail(0, failure);
        drop(view);
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{failure:?}");
    }
    for polls in 0..6 {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        cut(view.destroy(), polls).await;
        settle().await;
        assert_eq!(server.kept(), [""; 0], "after {polls}");
    }
}

#[tokio::test]
async fn a_task_that_has_ended_is_reported_whether_cleaning_up_succeeds_or_not() {
    let server = Bookkeeper::default();
    let client = server.connect().await;
    let task = machine(&client).power_on_vm_task(None).await.unwrap();
    let before = server.requests().len();
    task.clone().wait().await.unwrap();
    let number = server.requests().len() - before - 1;
    assert_eq!(
        server.requests().last().unwrap(),
        "DestroyPropertyCollector"
    );
    server.fail(number, Failure::Unavailable);
    task.wait().await.unwrap();
    settle().await;
    assert_eq!(server.kept(), [""; 0]);
}

/// What is dropped outside of a runtime is released in that which it was made in, if that is there.
#[test]
fn what_is_dropped_outside_of_a_runtime_is_released_where_it_was_made() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let make = async |server: &Bookkeeper| {
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        (view, pages(&client).await.unwrap())
    };
    let (server, first) = (Bookkeeper::default(), runtime());
    let (view, pages) = first.block_on(make(&server));
    assert_eq!(server.kept().len(), 2);
    drop((view, pages));
    first.block_on(settle());
    assert_eq!(server.kept(), [""; 0]);

    let server = Bookkeeper::default();
    let (view, pages) = first.block_on(make(&server));
    drop(first);
    // Nobody is there to do it, which is no reason to panic.
    drop((view, pages));
    assert_eq!(server.kept().len(), 2);

    let (server, first) = (Bookkeeper::default(), runtime());
    let (view, pages) = first.block_on(make(&server));
    drop(first);
    runtime().block_on(async {
        drop((view, pages));
        settle().await;
    });
    assert_eq!(server.kept(), [""; 0]);
}
