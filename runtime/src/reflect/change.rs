//! Changes a value by its path.

use super::error::{PathError, PathErrorKind};
use super::key;
use super::path::{PropertyPath, Step};
use crate::any::Any;
use crate::decode::Limits;
use crate::erased::{ListMut, ObjectMut, ValueMut, ValueRef};

impl ObjectMut<'_> {
    /// Puts a value where a path leads to, as a property change does.
    ///
    /// Objects on the way that are unset are created, of the declared type. A key that no item of
    /// a list has appends the value to the list; anywhere but at the end of the path it is an
    /// error. [`Any::Nil`] takes the value away, as [`Self::unset`].
    ///
    /// # Errors
    /// As for [`ObjectRef::at`](crate::erased::ObjectRef::at), and when the value is of a type that
    /// cannot stand there, or the path has more than [`Limits::MAX_DEPTH`] steps. The object is then
    /// unchanged.
    pub fn set(&mut self, path: &PropertyPath, value: Any) -> Result<(), PathError> {
        if matches!(value, Any::Nil) {
            return self.unset(path).map(|_| ());
        }
        if path.steps().len() > Limits::MAX_DEPTH {
            let kind = PathErrorKind::TooDeep;
            return Err(PathError::new(path, Limits::MAX_DEPTH, kind));
        }
        let mut created = None;
        let done = self.put(path, value, &mut created);
        if let (Err(_), Some(steps)) = (&done, created) {
            let mut first_created = path.clone();
            while first_created.steps().len() > steps {
                first_created.pop();
            }
            // What could be created can be taken away.
            let _ = self.unset(&first_created);
        }
        done
    }

    /// As [`Self::set`], but that objects on the way stay when it fails. The number of steps to the
    /// first that was created is put into `created`.
    fn put(
        &mut self,
        path: &PropertyPath,
        value: Any,
        created: &mut Option<usize>,
    ) -> Result<(), PathError> {
        let (last, place) = self.place(path, Missing::Create, created)?;
        let put = match place {
            Some(Place::Property(mut property)) => {
                let expected = property.shape().kind;
                property.put(value).map_err(|value| (expected, value))
            }
            Some(Place::Item(list, key)) => {
                let expected = list.kind();
                put_item(list, key, value).map_err(|value| (expected, value))
            }
            // Whatever is missing was created.
            None => Ok(()),
        };
        put.map_err(|(expected, value)| {
            PathError::new(path, last, PathErrorKind::wrong_type(expected, &value))
        })
    }

    /// Takes away the value that a path leads to: a property becomes unset, or gets the value it
    /// has when an object is created where it is required; an item leaves its list. Returns
    /// whether something was there.
    ///
    /// # Errors
    /// As for [`ObjectRef::at`](crate::erased::ObjectRef::at).
    pub fn unset(&mut self, path: &PropertyPath) -> Result<bool, PathError> {
        let was_there = key::is_set(self.as_object().at(path)?);
        match self.place(path, Missing::Leave, &mut None)?.1 {
            Some(Place::Property(mut property)) => property.clear(),
            Some(Place::Item(mut list, key)) => {
                if let Some(index) = position(&list, key) {
                    list.remove(index);
                }
            }
            None => {}
        }
        Ok(was_there)
    }

    /// The place that the last step leads to, with the number of that step; nothing where
    /// something on the way is missing and is to be left so. The number of steps to the first object
    /// that is created is put into `created`.
    fn place<'a, 'p>(
        &'a mut self,
        path: &'p PropertyPath,
        missing: Missing,
        created: &mut Option<usize>,
    ) -> Result<(usize, Option<Place<'a, 'p>>), PathError> {
        let error = |step, kind| PathError::new(path, step, kind);
        let Some((last, way)) = path.steps().split_last() else {
            return Err(error(0, PathErrorKind::Empty));
        };
        let mut here = Here::Object(self.reborrow());
        for (index, step) in way.iter().enumerate() {
            note_created(&here, step, missing, index, created);
            let next = match here
                .step(step, missing)
                .map_err(|kind| error(index, kind))?
            {
                None => return Ok((way.len(), None)),
                Some(Place::Property(value)) => Some(value),
                Some(Place::Item(list, key)) => match position(&list, key) {
                    Some(found) => list.into_item(found),
                    None if missing == Missing::Leave => return Ok((way.len(), None)),
                    None => return Err(error(index, PathErrorKind::NoSuchItem)),
                },
            };
            match next {
                Some(value) => here = Here::Value(value),
                None => return Ok((way.len(), None)),
            }
        }
        note_created(&here, last, missing, way.len(), created);
        let place = here
            .step(last, missing)
            .map_err(|kind| error(way.len(), kind))?;
        Ok((way.len(), place))
    }
}

/// What becomes of objects that are unset on the way.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    Create,
    Leave,
}

/// Notes how many steps lead to the object that a step is about to create, if it is the first.
fn note_created(
    here: &Here<'_>,
    step: &Step,
    missing: Missing,
    steps: usize,
    created: &mut Option<usize>,
) {
    let is_unset = match here {
        Here::Object(_) => false,
        Here::Value(value) => matches!(value.get(), ValueRef::Unset),
    };
    if is_unset && missing == Missing::Create && matches!(step, Step::Property(_)) {
        created.get_or_insert(steps);
    }
}

/// How far a path has been followed.
enum Here<'a> {
    Object(ObjectMut<'a>),
    Value(ValueMut<'a>),
}

/// Where a step leads to.
enum Place<'a, 'p> {
    Property(ValueMut<'a>),
    Item(ListMut<'a>, &'p Step),
}

impl<'a> Here<'a> {
    fn step<'p>(
        self,
        step: &'p Step,
        missing: Missing,
    ) -> Result<Option<Place<'a, 'p>>, PathErrorKind> {
        match step {
            Step::Property(name) => {
                let Some(object) = self.into_object(missing)? else {
                    return Ok(None);
                };
                let info = object.type_info();
                match object.into_field(name) {
                    Some(value) => Ok(Some(Place::Property(value))),
                    None => Err(PathErrorKind::unknown_property(info, name)),
                }
            }
            Step::Number(_) | Step::Text(_) => Ok(Some(Place::Item(self.into_list()?, step))),
        }
    }

    fn into_object(self, missing: Missing) -> Result<Option<ObjectMut<'a>>, PathErrorKind> {
        let value = match self {
            Self::Object(object) => return Ok(Some(object)),
            Self::Value(value) => value,
        };
        let can_be = value.shape().kind.declared_type().is_some() && !value.shape().is_list();
        let not_an_object = PathErrorKind::not_an_object(key::within(value.get()));
        let object = match missing {
            Missing::Create => value.into_object_or_new(),
            Missing::Leave => value.into_object(),
        };
        match object {
            Some(object) => Ok(Some(object)),
            None if can_be => Ok(None),
            None => Err(not_an_object),
        }
    }

    fn into_list(self) -> Result<ListMut<'a>, PathErrorKind> {
        match self {
            Self::Object(object) => Err(PathErrorKind::NotAList {
                found: object.type_info().name().to_owned(),
            }),
            Self::Value(value) => {
                let not_a_list = PathErrorKind::not_a_list(key::within(value.get()));
                value.into_list().ok_or(not_a_list)
            }
        }
    }
}

/// Replaces the item with the key, or appends the value.
fn put_item(mut list: ListMut<'_>, key: &Step, value: Any) -> Result<(), Any> {
    match position(&list, key) {
        Some(index) => match list.into_item(index) {
            Some(mut item) => item.put(value),
            None => Ok(()),
        },
        None => list.push(value),
    }
}

fn position(list: &ListMut<'_>, key: &Step) -> Option<usize> {
    key::position(key::as_list(list.get())?, key)
}
