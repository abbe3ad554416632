//! The texts that were read, kept so that every later stage can point into them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::origin::Origin;

/// A file in a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A place in a source text. Small and copyable, so that everything in the model can carry one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The file.
    pub file: FileId,
    /// The byte offset in it.
    pub offset: usize,
}

/// A place in a source text as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, as it was named by the user or by the `include` that led to it.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of the line.
    pub excerpt: String,
    /// How many characters of the line the place covers, at least 1.
    pub width: usize,
}

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: PathBuf,
    is_on_disk: bool,
    text: Cow<'static, str>,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Cow<'static, str>>) -> Self {
        Self::of(&Origin::Disk(path.into()), text)
    }

    /// What was read from some place.
    pub(crate) fn of(origin: &Origin, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(newline, _)| newline + 1))
            .collect();
        Self {
            path: origin.path(),
            is_on_disk: origin.on_disk().is_some(),
            text,
            line_starts,
        }
    }

    /// The path under which it was read; for a built-in file a name for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it was read from disk, where it may change.
    pub fn is_on_disk(&self) -> bool {
        self.is_on_disk
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place at a byte offset, covering the word or tag that starts there.
    pub fn locate(&self, offset: usize) -> Location {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
            .copied()
            .unwrap_or(0);
        let rest = &self.text[start..];
        let excerpt = rest
            .split('\n')
            .next()
            .unwrap_or(rest)
            .trim_end_matches('\r');
        let before = &self.text[start..offset];
        let at = excerpt.get(before.len()..).unwrap_or("");
        Location {
            path: self.path.clone(),
            line: line.max(1),
            column: before.chars().count() + 1,
            excerpt: excerpt.to_owned(),
            width: span_width(at),
        }
    }
}

/// A tag is underlined to its `>` and a key of JSON to its quote, anything else to the end of the word.
fn span_width(text: &str) -> usize {
    let end = if text.starts_with('<') {
        text.find('>').map_or(text.len(), |end| end + 1)
    } else if let Some(key) = text.strip_prefix('"') {
        key.find('"').map_or(text.len(), |end| end + 2)
    } else {
        text.find(|c: char| !(c.is_alphanumeric() || "_:.-".contains(c)))
            .unwrap_or(text.len())
    };
    text[..end].chars().count().max(1)
}

/// Every file that was read, in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Keeps a file and gives the id by which positions name it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// The file behind an id that this value handed out.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their ids.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// Where a position is, for a person.
    pub fn locate(&self, position: Position) -> Location {
        self.file(position.file).locate(position.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locates_lines_and_columns() {
        let file = SourceFile::new("a.xsd", "one\r\n  <two a=\"é\"/>\nthree");
        let tag = file.locate(7);
        assert_eq!((tag.line, tag.column, tag.width), (2, 3, 12));
        assert_eq!(tag.excerpt, "  <two a=\"é\"/>");
        let text_offset = file.text().len() - 5;
        let last = file.locate(text_offset);
        assert_eq!(
            (last.line, last.column, last.excerpt.as_str()),
            (3, 1, "three")
        );
        assert_eq!(last.width, 5);
    }

    #[test]
    fn survives_offsets_outside_and_inside_characters() {
        let file = SourceFile::new("a.xsd", "é");
        assert_eq!(file.locate(1).column, 1);
        assert_eq!(file.locate(900).column, 2);
        assert_eq!(SourceFile::new("empty", "").locate(0).line, 1);
    }
}
