//! Tasks that no property collector knows: those of sms and vslm, which are asked for their state.

use std::future::Future;
use std::time::Duration;

use tokio::time::sleep;
use vmomi_runtime::{Any, ManagedObject, Stub};

use crate::error::Error;
use crate::task::TaskState;
use crate::vim25::{LocalizedMethodFault, TaskInfoState};

/// The pause after a task was first asked. Each one is twice as long as that before.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
/// The pause that is not exceeded: what these tasks do takes minutes.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A task of a service that has its own kind.
trait Asked: Stub {
    /// Asks how it is.
    fn ask(&self) -> impl Future<Output = Result<Told, vmomi_runtime::Error>> + Send;
}

/// What a service tells of a task.
struct Told {
    /// Named as in vim25.
    state: String,
    result: Option<Any>,
    error: Option<Box<LocalizedMethodFault>>,
}

/// Waits for a task to end if it is one that has to be asked; nothing for any other.
pub(crate) async fn wait_for_end(task: &ManagedObject) -> Option<Result<TaskState, Error>> {
    match task.untyped_reference().type_name() {
        #[cfg(feature = "sms")]
        "SmsTask" => Some(ask_until_ended::<crate::sms::SmsTask>(task).await),
        #[cfg(feature = "vslm")]
        "VslmTask" => Some(ask_until_ended::<crate::vslm::VslmTask>(task).await),
        _ => None,
    }
}

async fn ask_until_ended<T: Asked>(task: &ManagedObject) -> Result<TaskState, Error> {
    let task = T::bind(task.untyped_reference().clone(), task.connection());
    let mut pause = SHORTEST_PAUSE;
    loop {
        let told = task.ask().await?;
        let state = TaskInfoState::from(told.state.as_str());
        if matches!(state, TaskInfoState::Success | TaskInfoState::Error) {
            return Ok(TaskState {
                state: Some(state),
                result: told.result.unwrap_or_default(),
                error: told.error,
            });
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(feature = "sms")]
impl Asked for crate::sms::SmsTask {
    async fn ask(&self) -> Result<Told, vmomi_runtime::Error> {
        let info = self.query_sms_task_info().await?;
        Ok(Told {
            state: info.state,
            result: info.result,
            error: info.error,
        })
    }
}

#[cfg(feature = "vslm")]
impl Asked for crate::vslm::VslmTask {
    async fn ask(&self) -> Result<Told, vmomi_runtime::Error> {
        let info = self.vslm_query_info().await?;
        Ok(Told {
            state: info.state.as_ref().to_owned(),
            result: info.result,
            error: info.error,
        })
    }
}
