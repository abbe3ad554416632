//! Bulk retrieval: many properties of many objects in few calls.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use futures_core::Stream;
use futures_util::{TryStreamExt, stream};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::reflect::{PropertyPath, ValueRef};
use vmomi_runtime::{Any, Dyn, ManagedObjectReference, MoRef, Stub, find_fault};

use crate::client::Client;
use crate::error::Error;
use crate::pages::Pages;
use crate::shown::ShownPath;
use crate::view::View;
use crate::vim25::{
    LocalizedMethodFault, NotAuthenticated, ObjectContent, ObjectSpec, PropertyFilterSpec,
    PropertySpec, RetrieveOptions, SelectionSpec, TraversalSpec,
};

/// Which properties to retrieve of which objects. Nothing is sent before [`Retrieval::start`].
#[must_use = "nothing is retrieved before it is started"]
pub struct Retrieval<T> {
    client: Client,
    paths: Vec<String>,
    source: Source,
    page_size: Option<i32>,
    of: PhantomData<fn() -> T>,
}

/// Where the objects come from.
#[derive(Clone, Debug)]
enum Source {
    Container(ManagedObjectReference),
    View(ManagedObjectReference),
    Objects(Vec<ManagedObjectReference>),
}

impl<T: Stub> Retrieval<T> {
    pub(crate) fn new(client: &Client, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            client: client.clone(),
            paths: paths.into_iter().map(Into::into).collect(),
            source: Source::Container(client.root_folder().clone().into_untyped()),
            page_size: None,
            of: PhantomData,
        }
    }

    /// Of every `T` in a container, such as a folder, a datacenter or a cluster, at any depth.
    /// Unless another source is set, the container is the root folder.
    pub fn in_container(mut self, container: impl AsRef<ManagedObjectReference>) -> Self {
        self.source = Source::Container(container.as_ref().clone());
        self
    }

    /// Of every object in a view.
    pub fn in_view(mut self, view: &View<T>) -> Self {
        self.source = Source::View(view.reference().clone());
        self
    }

    /// Of these objects.
    pub fn of_objects(mut self, objects: impl IntoIterator<Item = MoRef<T>>) -> Self {
        self.source = Source::Objects(objects.into_iter().map(MoRef::into_untyped).collect());
        self
    }

    /// How many objects the server sends at once; its own choice unless set.
    pub fn page_size(mut self, objects: i32) -> Self {
        self.page_size = Some(objects);
        self
    }

    /// Retrieves the first page.
    ///
    /// Objects of a container are found by a view, which is destroyed before this returns. When the
    /// future is dropped, or a call fails, what the server keeps is released in the background.
    ///
    /// # Errors
    /// When a call fails, such as with `InvalidProperty` for a path that the type does not have.
    pub async fn start(self) -> Result<Pages<T>, Error> {
        let asked: Arc<[String]> = self.paths.as_slice().into();
        // The view is needed for the first call alone; the pages after it are kept by the server.
        let own_view = match &self.source {
            Source::Container(container) => Some(View::<T>::create(&self.client, container).await?),
            Source::View(_) | Source::Objects(_) => None,
        };
        let view = match (&self.source, &own_view) {
            (Source::View(view), _) => Some(view),
            (_, Some(view)) => Some(view.reference()),
            (Source::Container(_) | Source::Objects(_), None) => None,
        };
        let objects = match (&self.source, view) {
            (_, Some(view)) => vec![everything_in(view)],
            (Source::Objects(objects), None) => objects.iter().map(object_itself).collect(),
            (Source::Container(_) | Source::View(_), None) => Vec::new(),
        };
        if objects.is_empty() {
            return Ok(Pages::none(asked));
        }
        let filter = PropertyFilterSpec {
            prop_set: vec![PropertySpec {
                r#type: T::TYPE.name.to_owned(),
                all: Some(self.paths.is_empty()),
                path_set: self.paths,
                ..Default::default()
            }],
            object_set: objects,
            ..Default::default()
        };
        let options = RetrieveOptions {
            max_objects: self.page_size,
            ..Default::default()
        };
        let collector = &self.client.service_content().property_collector;
        let collector = self.client.bind(collector);
        let pages = Pages::first(collector, filter, options, asked).await;
        if let Some(view) = own_view {
            // Not worth failing for: it is tried again in the background.
            let _ = view.destroy().await;
        }
        pages
    }

    /// Retrieves every object of every page: all of them, or an error.
    ///
    /// When the future is dropped, what the server keeps is released in the background.
    ///
    /// # Errors
    /// As for [`Retrieval::start`] and [`Pages::next_page`].
    pub async fn collect(self) -> Result<Vec<RetrievedObject<T>>, Error> {
        let mut pages = self.start().await?;
        let mut objects = Vec::new();
        while let Some(page) = pages.next_page().await? {
            objects.extend(page);
        }
        Ok(objects)
    }

    /// The objects one by one; a page is retrieved when it is needed.
    ///
    /// Nothing is lost when a future that waits for the next one is dropped. After an error the
    /// stream ends. Dropped before its end, it releases in the background what the server keeps.
    pub fn stream(self) -> impl Stream<Item = Result<RetrievedObject<T>, Error>> + Send {
        stream::once(self.start())
            .map_ok(Pages::into_stream)
            .try_flatten()
    }
}

/// The whole content of a view.
fn everything_in(view: &ManagedObjectReference) -> ObjectSpec {
    let traversal = TraversalSpec {
        r#type: "View".to_owned(),
        path: "view".to_owned(),
        skip: Some(false),
        ..Default::default()
    };
    ObjectSpec {
        obj: view.clone(),
        skip: Some(true),
        select_set: vec![Dyn::<SelectionSpec>::new(traversal)],
        ..Default::default()
    }
}

fn object_itself(object: &ManagedObjectReference) -> ObjectSpec {
    ObjectSpec {
        obj: object.clone(),
        ..Default::default()
    }
}

/// One object with what the server gave of it.
///
/// `Debug` shows names, numbers and of texts the length, as of all values.
pub struct RetrievedObject<T> {
    reference: MoRef<T>,
    properties: Vec<(String, Any)>,
    missing: Vec<MissingProperty>,
    /// The paths that were asked for; none for all.
    asked: Arc<[String]>,
}

/// A property that the server could not give.
pub struct MissingProperty {
    /// The property path.
    pub path: String,
    /// Why.
    pub fault: LocalizedMethodFault,
}

impl<T> RetrievedObject<T> {
    /// Whether the session was there while the server read the objects.
    pub(crate) fn check_session(page: &[ObjectContent]) -> Result<(), Error> {
        let has_ended = |content: &&ObjectContent| {
            let mut faults = content.missing_set.iter().map(|missing| &missing.fault);
            faults.any(|fault| find_fault::<NotAuthenticated>(fault.fault.as_object()).is_some())
        };
        match page.iter().find(has_ended) {
            Some(content) => Err(Error::SessionLost {
                object: content.obj.clone(),
            }),
            None => Ok(()),
        }
    }

    pub(crate) fn new(content: ObjectContent, asked: &Arc<[String]>) -> Self {
        let properties = content.prop_set.into_iter();
        let missing = content.missing_set.into_iter();
        Self {
            reference: content.obj.typed(),
            asked: Arc::clone(asked),
            properties: properties
                .map(|property| (property.name, property.val))
                .collect(),
            missing: missing
                .map(|missing| MissingProperty {
                    path: missing.path,
                    fault: missing.fault,
                })
                .collect(),
        }
    }

    /// The object.
    #[must_use]
    pub fn reference(&self) -> &MoRef<T> {
        &self.reference
    }

    /// The properties by path, as they came. Unset ones do not come.
    #[must_use]
    pub fn properties(&self) -> &[(String, Any)] {
        &self.properties
    }

    /// The properties that the server could not give.
    #[must_use]
    pub fn missing(&self) -> &[MissingProperty] {
        &self.missing
    }

    /// The value of a property as it came; `None` for one that is unset, missing or was not
    /// asked for.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Any> {
        let found = self.properties.iter().find(|(name, _)| name == path);
        found.map(|(_, value)| value)
    }

    /// Takes the value of a property out, as the type that it has: `String`, `i32`,
    /// `MoRef<HostSystem>`, a data object, `Vec` of one, `Dyn` of one with subtypes. `Option` and
    /// `Vec` take a property that is unset for `None` and an empty list.
    ///
    /// # Errors
    /// When the property was not asked for, is missing, of another type, or unset and not an
    /// `Option` or `Vec`. A value of another type stays where it is.
    pub fn take<R: Returned>(&mut self, path: &str) -> Result<R, Error> {
        let mut properties = self.properties.iter_mut().enumerate();
        let Some((position, (_, value))) = properties.find(|(_, (name, _))| name == path) else {
            let unset = self.absent(path, |asked| asked == path)?;
            return R::from_any(unset).map_err(|found| self.not_of_type::<R>(path, &found));
        };
        match R::from_any(std::mem::take(value)) {
            Ok(taken) => {
                self.properties.swap_remove(position);
                Ok(taken)
            }
            Err(found) => {
                let error = self.not_of_type::<R>(path, &found);
                if let Some((_, value)) = self.properties.get_mut(position) {
                    *value = found;
                }
                Err(error)
            }
        }
    }

    /// A copy of the value that a path leads to, in the property of that path or within one that
    /// came whole: `config.hardware.device[2000].deviceInfo.label` where `config` was retrieved.
    /// The type is as for [`Self::take`]; for paths see [`PropertyPath`].
    ///
    /// # Errors
    /// As for [`Self::take`], and when the path cannot be one of this property.
    pub fn read<R: Returned>(&self, path: &str) -> Result<R, Error> {
        let wanted: PropertyPath = path.parse().map_err(Error::PathSyntax)?;
        let within = |name: &str| wanted.strip_prefix(&name.parse().ok()?);
        let found = self
            .properties
            .iter()
            .find_map(|(name, value)| Some((value, within(name)?)));
        let value = match found {
            Some((value, rest)) => match ValueRef::within(value).at(&rest) {
                Ok(value) => value.to_any(),
                Err(error) => {
                    let object = self.untyped();
                    return Err(Error::NoSuchPath { object, error });
                }
            },
            None => self.absent(path, |asked| within(asked).is_some())?,
        };
        R::from_any(value).map_err(|found| self.not_of_type::<R>(path, &found))
    }

    /// What stands for a property that did not come; `holds` tells whether the path lies in a
    /// property.
    fn absent(&self, path: &str, holds: impl Fn(&str) -> bool) -> Result<Any, Error> {
        if let Some(missing) = self.missing.iter().find(|missing| holds(&missing.path)) {
            return Err(Error::MissingProperty {
                object: self.untyped(),
                path: missing.path.clone(),
                fault: Box::new(missing.fault.fault.clone()),
            });
        }
        if self.asked.is_empty() || self.asked.iter().any(|asked| holds(asked)) {
            return Ok(Any::Nil);
        }
        Err(Error::NotRetrieved {
            object: self.untyped(),
            path: path.to_owned(),
        })
    }

    fn not_of_type<R: Returned>(&self, path: &str, found: &Any) -> Error {
        let object = self.untyped();
        let path = path.to_owned();
        match found {
            Any::Nil => Error::UnsetProperty { object, path },
            found => Error::WrongType {
                object,
                path,
                expected: R::SHAPE.map_or("nothing", |shape| shape.kind.wire_name()),
                found: found.type_name().into_owned(),
            },
        }
    }

    fn untyped(&self) -> ManagedObjectReference {
        self.reference.clone().into_untyped()
    }
}

/// Property paths, for `Debug`.
pub(crate) struct Paths<'a>(pub(crate) &'a [String]);

impl fmt::Debug for Paths<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths = self.0.iter().map(|path| ShownPath(path));
        f.debug_list().entries(paths).finish()
    }
}

/// Values by their paths, for `Debug`.
struct Properties<'a>(&'a [(String, Any)]);

impl fmt::Debug for Properties<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let properties = self.0.iter();
        let properties = properties.map(|(path, value)| (ShownPath(path), value));
        f.debug_map().entries(properties).finish()
    }
}

impl<T> fmt::Debug for Retrieval<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retrieval")
            .field("paths", &Paths(&self.paths))
            .field("source", &self.source)
            .field("page_size", &self.page_size)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for RetrievedObject<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetrievedObject")
            .field("reference", &self.reference)
            .field("properties", &Properties(&self.properties))
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for MissingProperty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MissingProperty")
            .field("path", &ShownPath(&self.path))
            .field("fault", &self.fault)
            .finish()
    }
}
