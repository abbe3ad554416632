//! The error of everything that the client does.

use std::error::Error as StdError;
use std::fmt;

use vmomi_runtime::reflect::{PathError, PathSyntaxError};
use vmomi_runtime::shown::Name;
use vmomi_runtime::transport::{RetryAfter, TransportError};
use vmomi_runtime::{DataObject, Dyn, ManagedObjectReference, find_fault};

use crate::shown::ShownPath;
use crate::vim25::{LocalizedMethodFault, MethodFault};

/// Why something that the client was asked for failed.
///
/// `Display` is one line. Of a fault it shows the server's message, which is made for people; other
/// text of the server or of the program is in neither that nor `Debug`, but for names.
#[non_exhaustive]
pub enum Error {
    /// The server's URL, or how it is to be reached, is not usable; or an exchange besides a call
    /// did not complete.
    Transport(TransportError),
    /// A call failed; a fault that the server answered with is within.
    Call(vmomi_runtime::Error),
    /// The client was asked to log in without credentials.
    NoCredentials,
    /// The server is not one that has what is needed.
    Unsupported {
        /// What it lacks.
        what: &'static str,
    },
    /// The session ended while properties were read: the server reports it beside the objects.
    SessionLost {
        /// The object that could not be read.
        object: ManagedObjectReference,
    },
    /// What was asked for is not a property path.
    PathSyntax(PathSyntaxError),
    /// A path that cannot lead to a value within a property of this object.
    NoSuchPath {
        /// The object.
        object: ManagedObjectReference,
        /// Where the path goes astray.
        error: PathError,
    },
    /// A property was not among those retrieved.
    NotRetrieved {
        /// The object.
        object: ManagedObjectReference,
        /// The property path.
        path: String,
    },
    /// The server could not give a property.
    MissingProperty {
        /// The object.
        object: ManagedObjectReference,
        /// The property path.
        path: String,
        /// Why.
        fault: Box<Dyn<MethodFault>>,
    },
    /// A property has no value on the server, but one is needed.
    UnsetProperty {
        /// The object.
        object: ManagedObjectReference,
        /// The property path.
        path: String,
    },
    /// A property, or a task's result, is of another type than the one asked for.
    WrongType {
        /// The object.
        object: ManagedObjectReference,
        /// The property path.
        path: String,
        /// The type asked for.
        expected: &'static str,
        /// The type that came.
        found: String,
    },
    /// A task ended without success.
    Task {
        /// The task.
        task: ManagedObjectReference,
        /// How it ended.
        failure: TaskFailure,
    },
}

/// How a task ended that did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub enum TaskFailure {
    /// With a fault.
    Fault(Box<LocalizedMethodFault>),
    /// With an error that the server does not explain.
    Unexplained,
    /// It is not known: nothing came for as long as was asked for. The task goes on.
    TimedOut,
    /// Unknown: the task no longer exists on the server.
    Gone,
}

impl Error {
    /// Whether the server reported a fault that is a `T`, extends it, or was caused by one: in
    /// place of a response, as the end of a task, or in place of a property.
    #[must_use]
    pub fn fault_is<T: DataObject>(&self) -> bool {
        self.find_fault::<T>().is_some()
    }

    /// The fault that the server reported, or the nearest one that caused it, as a `T`.
    #[must_use]
    pub fn find_fault<T: DataObject>(&self) -> Option<&T> {
        match self {
            Self::Call(error) => error.fault()?.find(),
            Self::MissingProperty { fault, .. } => find_fault(fault.as_object()),
            Self::Task {
                failure: TaskFailure::Fault(fault),
                ..
            } => find_fault(fault.fault.as_object()),
            _ => None,
        }
    }

    /// The call that failed: with the place of what cannot be read in its answer, and on request the
    /// raw answer.
    #[must_use]
    pub fn call(&self) -> Option<&vmomi_runtime::Error> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }

    /// When the server, or a proxy, asks to be called again, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Transport(error) => error.retry_after(),
            Self::Call(error) => error.retry_after(),
            _ => None,
        }
    }

    /// Whether the same may succeed later: see [`vmomi_runtime::Error::is_retryable`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Call(error) => error.is_retryable(),
            _ => false,
        }
    }
}

impl From<vmomi_runtime::Error> for Error {
    fn from(error: vmomi_runtime::Error) -> Self {
        Self::Call(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Call(error) => f.debug_tuple("Call").field(error).finish(),
            Self::NoCredentials => f.write_str("NoCredentials"),
            Self::Unsupported { what } => {
                f.debug_struct("Unsupported").field("what", what).finish()
            }
            Self::SessionLost { object } => f
                .debug_struct("SessionLost")
                .field("object", object)
                .finish(),
            Self::PathSyntax(error) => f.debug_tuple("PathSyntax").field(error).finish(),
            Self::NoSuchPath { object, error } => f
                .debug_struct("NoSuchPath")
                .field("object", object)
                .field("error", error)
                .finish(),
            Self::NotRetrieved { object, path } => f
                .debug_struct("NotRetrieved")
                .field("object", object)
                .field("path", &ShownPath(path))
                .finish(),
            Self::MissingProperty {
                object,
                path,
                fault,
            } => f
                .debug_struct("MissingProperty")
                .field("object", object)
                .field("path", &ShownPath(path))
                .field("fault", fault)
                .finish(),
            Self::UnsetProperty { object, path } => f
                .debug_struct("UnsetProperty")
                .field("object", object)
                .field("path", &ShownPath(path))
                .finish(),
            Self::WrongType {
                object,
                path,
                expected,
                found,
            } => f
                .debug_struct("WrongType")
                .field("object", object)
                .field("path", &ShownPath(path))
                .field("expected", expected)
                .field("found", &Name(found))
                .finish(),
            Self::Task { task, failure } => f
                .debug_struct("Task")
                .field("task", task)
                .field("failure", failure)
                .finish(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Call(error) => error.fmt(f),
            Self::NoCredentials => f.write_str(
                "no credentials: give them to the builder, or as user:password@ in the URL",
            ),
            Self::Unsupported { what } => write!(f, "the server has no {what}"),
            Self::SessionLost { object } => {
                write!(f, "the session ended while {object} was read; log in again")
            }
            Self::PathSyntax(error) => error.fmt(f),
            Self::NoSuchPath { object, error } => write!(f, "no such path in {object}: {error}"),
            Self::NotRetrieved { object, path } => {
                write!(f, "{} of {object} was not retrieved", ShownPath(path))
            }
            Self::MissingProperty {
                object,
                path,
                fault,
            } => {
                let fault = fault.type_info().name();
                let path = ShownPath(path);
                write!(f, "the server does not give {path} of {object}: {fault}")
            }
            Self::UnsetProperty { object, path } => {
                let path = ShownPath(path);
                write!(f, "{path} of {object} has no value; ask for an Option")
            }
            Self::WrongType {
                object,
                path,
                expected,
                found,
            } => {
                let (path, found) = (ShownPath(path), Name(found));
                write!(f, "{path} of {object} is {found}, not {expected}")
            }
            Self::Task { task, failure } => match failure {
                TaskFailure::Fault(fault) => {
                    let name = fault.fault.type_info().name();
                    let message = fault.localized_message.as_deref().unwrap_or_default();
                    write!(f, "{task} failed with {name}: {message}")
                }
                TaskFailure::Unexplained => write!(f, "{task} failed without a reason"),
                TaskFailure::TimedOut => write!(f, "{task} has not ended in time"),
                TaskFailure::Gone => {
                    write!(
                        f,
                        "the server no longer has {task}; how it ended is not known"
                    )
                }
            },
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // What is shown in full is not given as a source too, or reports would say it twice.
        match self {
            Self::Transport(error) => error.source(),
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}
