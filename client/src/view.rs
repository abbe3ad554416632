//! Views: sets of objects that the server keeps up to date.

use std::marker::PhantomData;

use vmomi_runtime::{ManagedObjectReference, Stub};

use crate::background;
use crate::client::Client;
use crate::error::Error;
use crate::vim25::ContainerView;

/// A view of all objects of type `T` in a container, at any depth.
///
/// The server keeps it until it is destroyed or the session ends: call [`View::destroy`]. A view
/// that is dropped is destroyed in the background, if there is a runtime to do it.
#[derive(Debug)]
pub struct View<T> {
    /// Taken when the view is destroyed.
    view: Option<ContainerView>,
    reference: ManagedObjectReference,
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
        let view = client
            .bind(manager)
            .create_container_view(&container.clone().typed(), &[T::TYPE.name.to_owned()], true)
            .await?;
        Ok(Self {
            reference: view.clone().into_untyped(),
            view: Some(client.bind(&view)),
            of: PhantomData,
        })
    }

    /// The reference to the view itself.
    #[must_use]
    pub fn reference(&self) -> &ManagedObjectReference {
        &self.reference
    }

    /// Destroys the view.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn destroy(mut self) -> Result<(), Error> {
        match self.view.take() {
            Some(view) => Ok(view.destroy_view().await?),
            None => Ok(()),
        }
    }
}

impl<T> Drop for View<T> {
    fn drop(&mut self) {
        if let Some(view) = self.view.take() {
            background::spawn(async move {
                // Nobody is left to be told; the session's end cleans up what this does not.
                let _ = view.destroy_view().await;
            });
        }
    }
}
