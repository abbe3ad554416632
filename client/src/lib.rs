//! A client for vSphere: vCenter and ESXi, by their SOAP API or, with the feature `json`, by the JSON
//! protocol of vCenter.
//!
//! ```no_run
//! # async fn example() -> Result<(), vmomi::Error> {
//! use vmomi::vim25::VirtualMachine;
//! use vmomi::{Client, Credentials, TaskExt};
//!
//! let client = Client::builder("https://vcenter.example/sdk")?
//!     .credentials(Credentials::password("user@vsphere.local", "secret"))
//!     .connect()
//!     .await?;
//!
//! // One call for all virtual machines and all properties asked for, page by page.
//! let mut pages = client
//!     .retrieve::<VirtualMachine>(["name", "runtime.powerState"])
//!     .in_container(client.root_folder())
//!     .start()
//!     .await?;
//! while let Some(page) = pages.next_page().await? {
//!     for mut object in page {
//!         let name: String = object.take("name")?;
//!         println!("{name}");
//!         // A reference becomes a stub, whose methods are the operations.
//!         let machine = object.reference().bind(client.connection());
//!         machine.power_off_vm_task().await?.wait().await?;
//!     }
//! }
//! client.logout().await?;
//! # Ok(())
//! # }
//! ```
//!
//! The API itself, every data object, fault and operation, is in [`vim25`].
//!
//! Every future of this crate may be dropped at any time: see `docs/cancelling.md` beside
//! this crate's sources. How it connects, and to which servers, is in `docs/connecting.md`.

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The examples of how the API is mapped to Rust, compiled against it.
#[cfg(doctest)]
#[doc = include_str!("../../codegen/docs/type-mapping.md")]
struct TypeMapping;

/// The examples of the document on dropped futures and cleaning up.
#[cfg(all(doctest, feature = "https"))]
#[doc = include_str!("../docs/cancelling.md")]
struct Cancelling;

/// The example of the document on connecting.
#[cfg(all(doctest, feature = "https"))]
#[doc = include_str!("../docs/connecting.md")]
struct Connecting;

/// The examples of the document on services besides vim25.
#[cfg(all(doctest, feature = "pbm"))]
#[doc = include_str!("../docs/services.md")]
struct Services;

/// The examples of the runtime's document on JSON, compiled where there are types to use.
#[cfg(all(doctest, feature = "json", feature = "serde"))]
#[doc = include_str!("../../runtime/docs/json.md")]
struct Json;

#[cfg(any(feature = "sms", feature = "vslm"))]
mod asked_task;
mod background;
mod client;
mod credentials;
mod error;
mod held;
#[cfg(feature = "json")]
mod hello;
mod optional;
mod pages;
mod protocol;
mod retrieve;
mod service;
mod session;
mod shown;
mod task;
mod version;
mod version_list;
mod view;

#[cfg(feature = "eam")]
pub use vmomi_api::eam;
#[cfg(feature = "pbm")]
pub use vmomi_api::pbm;
#[cfg(feature = "sms")]
pub use vmomi_api::sms;
pub use vmomi_api::vim25;
#[cfg(feature = "vsan")]
pub use vmomi_api::vsan;
#[cfg(feature = "vslm")]
pub use vmomi_api::vslm;
pub use vmomi_runtime as runtime;
#[cfg(feature = "https")]
pub use vmomi_runtime::transport::Trust;
pub use vmomi_runtime::{
    Any, AnyObject, Binary, Connection, DataObject, DateTime, Dyn, IsA, ManagedObject,
    ManagedObjectReference, MoRef, PendingTask, Service, Stub,
};
pub use vmomi_runtime::{reflect, transport};

pub use client::{Client, ClientBuilder};
pub use credentials::Credentials;
pub use error::{Error, TaskFailure};
pub use pages::Pages;
pub use protocol::Protocol;
pub use retrieve::{MissingProperty, Retrieval, RetrievedObject};
pub use task::TaskExt;
pub use view::View;
