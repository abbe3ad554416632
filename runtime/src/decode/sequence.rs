//! What strict decoding demands of the elements within an object: in order, none twice unless it
//! is a list, and every required one there.

use super::error::DecodeErrorKind;
use crate::erased::{Arity, FieldInfo, TypeInfo};

/// The open objects, outermost first, with the fields of each that have come.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    objects: Vec<Progress>,
}

#[derive(Debug)]
struct Progress {
    /// All fields in the order of the schema, those of the base first.
    fields: Vec<(&'static FieldInfo, bool)>,
    /// Where in `fields` the last element stands.
    last: Option<usize>,
}

impl Sequence {
    pub(super) fn enter(&mut self, info: &'static TypeInfo) {
        let mut levels: Vec<_> = info.ancestry().collect();
        levels.reverse();
        let fields = levels.into_iter().flat_map(TypeInfo::own_fields);
        self.objects.push(Progress {
            fields: fields.map(|field| (field, false)).collect(),
            last: None,
        });
    }

    /// The next element is for this field.
    pub(super) fn field(&mut self, field: &'static FieldInfo) -> Result<(), DecodeErrorKind> {
        let Some(progress) = self.objects.last_mut() else {
            return Ok(());
        };
        let is_this = |(known, _): &(&FieldInfo, bool)| std::ptr::eq(*known, field);
        let Some(at) = progress.fields.iter().position(is_this) else {
            return Ok(());
        };
        let seen = std::mem::replace(&mut progress.fields[at].1, true);
        match progress.last.replace(at) {
            Some(last) if last == at && field.shape().is_list() => Ok(()),
            _ if seen => Err(DecodeErrorKind::Repeated(field.name())),
            Some(last) if last > at => Err(DecodeErrorKind::OutOfOrder(field.name())),
            _ => Ok(()),
        }
    }

    /// The end of the innermost object.
    pub(super) fn leave(&mut self) -> Result<(), DecodeErrorKind> {
        let fields = self.objects.pop().map(|progress| progress.fields);
        let missing = fields
            .into_iter()
            .flatten()
            .find(|(field, seen)| !seen && matches!(field.shape().arity, Arity::One));
        match missing {
            Some((field, _)) => Err(DecodeErrorKind::Missing(field.name())),
            None => Ok(()),
        }
    }
}
