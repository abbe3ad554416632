//! Waiting for tasks.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, Connection, ManagedObject, ManagedObjectReference, PendingTask};

#[cfg(any(feature = "sms", feature = "vslm"))]
use crate::asked_task;
use crate::background::Completed;
use crate::error::{Error, TaskFailure};
use crate::held::{Held, Release};
use crate::service::service_instance;
use crate::vim25::{
    LocalizedMethodFault, ObjectSpec, ObjectUpdateKind, PropertyCollector, PropertyFilterSpec,
    PropertySpec, TaskInfoState, WaitOptions,
};

/// How long the server holds a call open while nothing changes. Below any usual time limit of
/// proxies and of the transport.
const LONGEST_WAIT_SECONDS: i32 = 30;

/// The property that holds a task's state.
const STATE: &str = "info.state";

/// Waiting for a task to end.
///
/// Dropping a future of these stops the waiting and nothing else: the task goes on, a clone of the
/// [`PendingTask`] can be waited for again, and what the server keeps for the wait is destroyed in the
/// background.
pub trait TaskExt<T>: Sized {
    /// Waits until the task has ended, and gives its result.
    ///
    /// # Errors
    /// When the task failed, a call did, or the server no longer gives the task's state.
    fn wait(self) -> impl Future<Output = Result<T, Error>> + Send;

    /// Waits until the task has ended, but no longer than `limit`.
    ///
    /// # Errors
    /// As for [`TaskExt::wait`], and [`TaskFailure::TimedOut`]. The task goes on all the same.
    fn wait_at_most(self, limit: Duration) -> impl Future<Output = Result<T, Error>> + Send;
}

impl<T: Returned> TaskExt<T> for PendingTask<T> {
    async fn wait(self) -> Result<T, Error> {
        let task = self.task().untyped_reference();
        let (ended, collector) = wait_for_end(self.task()).await?;
        release(collector).await;
        result(task, ended?)
    }

    async fn wait_at_most(self, limit: Duration) -> Result<T, Error> {
        let begun = Instant::now();
        let task = self.task().untyped_reference();
        match timeout(limit, wait_for_end(self.task())).await {
            Ok(ended) => {
                let (ended, collector) = ended?;
                // Whatever exceeds the limit continues in the background.
                let rest = limit.saturating_sub(begun.elapsed());
                let _ = timeout(rest, release(collector)).await;
                result(task, ended?)
            }
            Err(_) => Err(failed(task, TaskFailure::TimedOut)),
        }
    }
}

/// What is known of a task.
#[derive(Default)]
pub(crate) struct TaskState {
    pub(crate) state: Option<TaskInfoState>,
    pub(crate) result: Any,
    pub(crate) error: Option<Box<LocalizedMethodFault>>,
}

/// The outcome of a wait, and the collector that is still open on the server.
type Ended = (Result<TaskState, Error>, Option<Held<PropertyCollector>>);

/// Waits for a task of any service to end.
async fn wait_for_end(task: &ManagedObject) -> Result<Ended, Error> {
    #[cfg(any(feature = "sms", feature = "vslm"))]
    if let Some(ended) = asked_task::wait_for_end(task).await {
        return Ok((ended, None));
    }
    watch_until_ended(task.connection(), task.untyped_reference()).await
}

/// Destroys the collector of a finished wait.
async fn release(collector: Option<Held<PropertyCollector>>) {
    if let Some(collector) = collector {
        // The outcome is known whether or not this succeeds.
        let _ = collector.release().await;
    }
}

fn result<T: Returned>(task: &ManagedObjectReference, ended: TaskState) -> Result<T, Error> {
    if ended.state != Some(TaskInfoState::Success) {
        let failure = ended
            .error
            .map_or(TaskFailure::Unexplained, TaskFailure::Fault);
        return Err(failed(task, failure));
    }
    T::from_any(ended.result).map_err(|found| Error::WrongType {
        object: task.clone(),
        path: "info.result".to_owned(),
        expected: T::SHAPE.map_or("nothing", |shape| shape.kind.wire_name()),
        found: found.type_name().into_owned(),
    })
}

fn failed(task: &ManagedObjectReference, failure: TaskFailure) -> Error {
    Error::Task {
        task: task.clone(),
        failure,
    }
}

/// Watches a task with a property collector of its own: a shared one takes one wait at a time.
async fn watch_until_ended(
    connection: &Connection,
    task: &ManagedObjectReference,
) -> Result<Ended, Error> {
    let collector = own_collector(connection).await?;
    let filter = PropertyFilterSpec {
        prop_set: vec![PropertySpec {
            r#type: task.type_name().to_owned(),
            path_set: [STATE, "info.result", "info.error"]
                .map(str::to_owned)
                .into(),
            ..Default::default()
        }],
        object_set: vec![ObjectSpec {
            obj: task.clone(),
            ..Default::default()
        }],
        ..Default::default()
    };
    let stub = collector.get();
    stub.create_filter(&filter, true).await?;
    let ended = watch(stub, task).await;
    Ok((ended, Some(collector)))
}

/// The error for a task whose state the server does not return, so that waiting would never end.
fn not_readable(task: &ManagedObjectReference, fault: LocalizedMethodFault) -> Error {
    Error::MissingProperty {
        object: task.clone(),
        path: STATE.to_owned(),
        fault: Box::new(fault.fault),
    }
}

async fn watch(
    collector: &PropertyCollector,
    task: &ManagedObjectReference,
) -> Result<TaskState, Error> {
    let options = WaitOptions {
        max_wait_seconds: Some(LONGEST_WAIT_SECONDS),
        ..Default::default()
    };
    let mut known = TaskState::default();
    // The first answer is the state as it is; each version asks for what changed since.
    let mut version = String::new();
    loop {
        let update = collector
            .wait_for_updates_ex(Some(&version), Some(&options))
            .await?;
        let Some(update) = update else { continue };
        version = update.version;
        // Set when the server will report nothing more.
        let mut lost = None;
        for set in update.filter_set {
            let missing = set.missing_set.into_iter().next();
            lost = lost.or(missing.map(|missing| not_readable(task, missing.fault)));
            for object in set.object_set {
                if object.kind == ObjectUpdateKind::Leave {
                    lost = Some(failed(task, TaskFailure::Gone));
                }
                let mut missing = object.missing_set.into_iter();
                let missing = missing.find(|missing| STATE.starts_with(&missing.path));
                lost = lost.or(missing.map(|missing| not_readable(task, missing.fault)));
                for change in object.change_set {
                    known.apply(&change.name, change.val);
                }
            }
        }
        if matches!(
            known.state,
            Some(TaskInfoState::Success | TaskInfoState::Error)
        ) {
            return Ok(known);
        }
        if let Some(error) = lost {
            return Err(error);
        }
    }
}

impl TaskState {
    fn apply(&mut self, path: &str, value: Option<Any>) {
        let value = value.unwrap_or_default();
        match path {
            // A state that this version does not know is one more that is not the end.
            STATE => self.state = Option::from_any(value).unwrap_or_default(),
            "info.result" => self.result = value,
            "info.error" => self.error = Option::from_any(value).unwrap_or_default(),
            _ => {}
        }
    }
}

/// Makes the server keep a property collector that nothing else uses.
async fn own_collector(connection: &Connection) -> Result<Held<PropertyCollector>, Error> {
    let content = service_instance(connection)
        .retrieve_service_content()
        .await?;
    let shared = content.property_collector.bind(connection);
    let own = Completed::new(async move {
        let own = shared.create_property_collector().await?;
        Ok(Held::new(own.bind(shared.connection())))
    });
    own.await
}

/// A collector is destroyed with its filters, which also ends a wait that is under way.
impl Release for PropertyCollector {
    async fn release(&self) -> Result<(), Error> {
        Ok(self.destroy_property_collector().await?)
    }
}
