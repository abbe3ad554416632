//! Views: sets of objects that the server keeps up to date.

use std::marker::PhantomData;

use vmomi_runtime::{ManagedObjectReference, Stub};

use crate::background::Completed;
use crate::client::Client;
use crate::error::Error;
use crate::held::{Held, Release};
use crate::vim25::ContainerView;

/// A view of all objects of type `T` in a container, at any depth.
///
/// The server keeps it until it is destroyed or the session ends: call [`View::destroy`]. A view
/// that is dropped is destroyed in the background, if there is a tokio runtime to do it: that of the
/// task that drops it, or else the one that it was created in.
#[derive(Debug)]
pub struct View<T> {
    view: Held<ContainerView>,
    of: PhantomData<fn() -> T>,
}

impl<T: Stub> View<T> {
    pub(crate) async fn create(
        client: &Client,
        container: &ManagedObjectReference,
    ) -> Result<Self, Error> {
        let manager = client.service_content().view_manager.as_ref();
        let manager = manager.ok_or(Error::Unsupported {
            what: "view manager",
        })?;
        let manager = client.bind(manager);
        let container = container.clone().typed();
        let view = Completed::new(async move {
            let types = [T::TYPE.name.to_owned()];
            let view = manager.create_container_view(&container, &types, true);
            let view = view.await?;
            Ok::<_, Error>(Held::new(view.bind(manager.connection())))
        });
        Ok(Self {
            view: view.await?,
            of: PhantomData,
        })
    }

    /// The reference to the view itself.
    #[must_use]
    pub fn reference(&self) -> &ManagedObjectReference {
        self.view.get().untyped_reference()
    }

    /// Destroys the view.
    ///
    /// When the future is dropped, or the call fails, the view is destroyed in the background.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn destroy(self) -> Result<(), Error> {
        self.view.release().await
    }
}

impl Release for ContainerView {
    async fn release(&self) -> Result<(), Error> {
        Ok(self.destroy_view().await?)
    }
}
