//! Tokens to events, from input that arrives in pieces: elements matched, namespaces resolved,
//! limits kept.

use std::borrow::Cow;
use std::sync::Arc;

use super::attributes::{Attribute, Attributes};
use super::error::XmlError;
use super::long_text::{self, PART};
use super::name::{is_strict_name, name_length, split_name};
use super::namespaces::Namespaces;
use super::open_elements::OpenElements;
use super::scan;
use super::space::{is_space, trim, trim_end, trim_start};
use super::start_tag::{Span, StartTag, TagSpans};
use super::text::{Text, unescape, verbatim};
use super::tokenizer::{self, Search, Section, Token};
use super::{SCHEMA, SCHEMA_INSTANCE};
use crate::decode::{Limit, Limits};
use crate::element::QualifiedName;
use crate::erased::shared_text;

/// What the reader finds next.
#[derive(Debug)]
pub(crate) enum Event<'i> {
    /// A start tag, which the reader tells about until the next event. For an empty element an
    /// [`Event::End`] follows.
    Start,
    /// Text within an element.
    Text(Cow<'i, str>),
    /// An end tag.
    End,
    /// The input ended within a token: more is needed.
    Incomplete,
}

/// Why the reader cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    Xml(XmlError),
    Limit(Limit),
}

impl From<XmlError> for ReadError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

/// The state between two events. The input itself is passed in, so that events can borrow it.
#[derive(Debug)]
pub(crate) struct Reader {
    limits: Limits,
    /// How long a tag may be in which no part is looked at by itself: none of them is too long then.
    plain_tag_bytes: usize,
    strict: bool,
    /// Where in the present input the next token begins.
    position: usize,
    search: Search,
    /// Whether anything was read.
    begun: bool,
    /// The open elements but for the newest.
    open: OpenElements,
    /// The tag of the element that began with the last event. Its name only comes to the others if
    /// more follows than its text and its end.
    newest: Option<TagSpans>,
    /// An empty element's end has still to be reported.
    pending_end: bool,
    root_seen: bool,
    namespaces: Namespaces,
    /// What was allocated for namespaces of names that are kept, and not yet counted.
    shared: u64,
    run: Run,
    /// Whether the input begins within a section of which a part was handed on.
    begins_within: bool,
}

/// What stands directly before the next token, as far as it is no tag.
#[derive(Debug, Default)]
struct Run {
    /// Where it ends in the present input. Where that is not the position, there is none.
    end: Option<usize>,
    /// How many bytes of text and sections it has.
    text: usize,
    /// How many bytes the comment has of which it holds a part.
    comment: usize,
}

impl Reader {
    pub(crate) fn new(mut limits: Limits, strict: bool) -> Self {
        limits.depth = limits.depth.min(Limits::MAX_DEPTH);
        Self {
            plain_tag_bytes: limits.tag_bytes.min(limits.name_bytes),
            limits,
            strict,
            position: 0,
            search: Search::default(),
            begun: false,
            open: OpenElements::default(),
            newest: None,
            pending_end: false,
            root_seen: false,
            namespaces: Namespaces::default(),
            shared: 0,
            run: Run::default(),
            begins_within: false,
        }
    }

    /// What the namespaces take that the names kept since the last call brought with them.
    pub(crate) fn take_shared(&mut self) -> u64 {
        std::mem::take(&mut self.shared)
    }

    /// How many bytes of the present input are used up.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Tells the reader that the bytes used up are no longer in the input; returns how many.
    pub(crate) fn rebase(&mut self) -> usize {
        let used = std::mem::take(&mut self.position);
        self.run.end = self.run.end.and_then(|end| end.checked_sub(used));
        self.begins_within = self.search.inside().is_some();
        used
    }

    /// Whether the input begins within a section, so that what looks like markup in it may be none.
    pub(crate) fn begins_within_section(&self) -> bool {
        self.begins_within
    }

    /// Checks what is left of a document behind its root element.
    pub(crate) fn check_end(&self, rest: &[u8]) -> Result<(), XmlError> {
        match self.search.inside() {
            Some(_) => Err(XmlError::UnexpectedEnd),
            None => check_outside(rest),
        }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len() + usize::from(self.newest.is_some())
    }

    /// Whether the root element was opened and closed.
    pub(crate) fn is_complete(&self) -> bool {
        self.root_seen && self.depth() == 0
    }

    /// The start tag that was the last event.
    pub(crate) fn tag<'i>(&self, input: &'i [u8]) -> StartTag<'i> {
        StartTag::new(&self.newest.unwrap_or_default(), input)
    }

    /// The name, without prefix, of the start tag that was the last event.
    #[inline]
    pub(crate) fn tag_local<'i>(&self, input: &'i [u8]) -> &'i [u8] {
        match &self.newest {
            Some(tag) => tag.local().of(input),
            None => &[],
        }
    }

    /// The `xsi:type` of the start tag that was the last event, still with its prefix.
    #[inline]
    pub(crate) fn tag_type<'i>(&self, input: &'i [u8]) -> Option<&'i [u8]> {
        self.newest?.type_name.map(|span| span.of(input))
    }

    /// Whether `xsi:nil` is true in the start tag that was the last event.
    #[inline]
    pub(crate) fn tag_is_nil(&self) -> bool {
        self.newest.is_some_and(|tag| tag.is_nil)
    }

    /// The next event in the input, which begins where the previous call's did.
    #[inline]
    pub(crate) fn next<'i>(&mut self, input: &'i [u8]) -> Result<Event<'i>, ReadError> {
        if let Some(newest) = self.newest {
            if std::mem::take(&mut self.pending_end) {
                self.close_newest();
                return Ok(Event::End);
            }
            self.newest = None;
            self.open.push(newest.name.of(input));
        }
        match self.plain_tag(input) {
            Some(event) => Ok(event),
            None => self.next_of_any_kind(input),
        }
    }

    /// The next event, if it is what most of a response are: a start tag without prefix and with no
    /// attribute but a type, or the end tag that must come.
    #[inline]
    fn plain_tag<'i>(&mut self, input: &'i [u8]) -> Option<Event<'i>> {
        // Outside the root and within a token that has begun to arrive there is more to look at.
        if self.open.is_empty() || self.search.is_under_way() {
            return None;
        }
        match input.get(self.position..)? {
            [b'<', b'/', rest @ ..] => {
                let length = self.open.last().len();
                if rest.get(length) != Some(&b'>') || !scan::same(&rest[..length], self.open.last())
                {
                    return None;
                }
                self.position += length + b"</>".len();
                self.close_innermost();
                Some(Event::End)
            }
            [b'<', rest @ ..] => {
                let start = self.position + 1;
                let name_length = name_length(rest);
                let name = Span {
                    start,
                    end: start + name_length,
                };
                let tag = match rest.get(name_length)? {
                    b'>' => TagSpans::with_name(name),
                    b' ' => self.typed_tag(name, &rest[name_length..])?,
                    _ => return None,
                };
                let end = tag.attributes_end + b">".len();
                if name_length == 0
                    || end - self.position > self.plain_tag_bytes
                    || self.open.len() >= self.limits.depth
                {
                    return None;
                }
                self.newest = Some(tag);
                self.position = end;
                Some(Event::Start)
            }
            _ => None,
        }
    }

    /// A start tag with no attribute but `xsi:type`, if it is written as most servers do.
    #[inline]
    fn typed_tag(&self, name: Span, after: &[u8]) -> Option<TagSpans> {
        let prefix = self.namespaces.schema_instance_prefix()?;
        if prefix.is_empty() || self.limits.attributes == 0 {
            return None;
        }
        let attribute = after.strip_prefix(b" ")?.split_at_checked(prefix.len());
        let (_, rest) = attribute.filter(|(given, _)| scan::same(given, prefix))?;
        let rest = rest.strip_prefix(b":type=\"")?;
        let length = scan::first_of(*b"\"<", rest)?;
        if !rest[length..].starts_with(b"\">") {
            return None;
        }
        let start = name.end + after.len() - rest.len();
        let end = start + length;
        Some(TagSpans {
            attributes_end: end + b"\"".len(),
            type_name: Some(trimmed(Span { start, end }, &rest[..length])),
            ..TagSpans::with_name(name)
        })
    }

    /// The next event, where the last element that began is among the open ones.
    #[inline(never)]
    fn next_of_any_kind<'i>(&mut self, input: &'i [u8]) -> Result<Event<'i>, ReadError> {
        loop {
            let mut rest = &input[self.position..];
            if self.open.is_empty() && self.search.inside().is_none() {
                rest = self.skip_outside(rest)?;
            }
            let (limit, allowed) = self.longest(rest);
            let at_once = match limit {
                Limit::TokenBytes => allowed.min(PART),
                _ => allowed,
            };
            // What goes on beyond that is not looked at, so that it does not matter how much of it
            // has arrived. The end of a text is the `<` behind it.
            let within = &rest[..rest.len().min(at_once.saturating_add(1))];
            let found = tokenizer::next(within, &mut self.search)?;
            let Some((token, length)) = found.filter(|(_, length)| *length <= allowed) else {
                if rest.len() <= at_once {
                    return Ok(Event::Incomplete);
                }
                if at_once == allowed {
                    return Err(ReadError::Limit(limit));
                }
                match self.part(&rest[..at_once])? {
                    Some(text) => return Ok(Event::Text(text)),
                    None => continue,
                }
            };
            let event = match token {
                Token::Start {
                    name,
                    attributes,
                    empty,
                } => {
                    self.open_element(name, attributes)?;
                    self.pending_end = empty;
                    Some(Event::Start)
                }
                Token::End { name } => {
                    self.check_name(name.len())?;
                    self.check_end_tag(name)?;
                    self.close_innermost();
                    Some(Event::End)
                }
                Token::Text(raw) => {
                    self.run.text += length;
                    Some(Event::Text(self.text(raw)?))
                }
                Token::Cdata(raw) => {
                    self.run.text += length;
                    Some(Event::Text(self.section_text(raw)?))
                }
                Token::Declaration(attributes) => {
                    check_declaration(attributes)?;
                    None
                }
                Token::Ignored => None,
            };
            self.position += length;
            if !matches!(event, Some(Event::Start | Event::End)) {
                self.run.comment = 0;
                self.run.end = Some(self.position);
            }
            if let Some(event) = event {
                return Ok(event);
            }
        }
    }

    /// Passes over what may stand outside the root element besides markup: white space, and the
    /// mark of UTF-8 at the very beginning. The rest begins with markup, or is empty.
    fn skip_outside<'i>(&mut self, mut rest: &'i [u8]) -> Result<&'i [u8], ReadError> {
        if !self.begun
            && let Some(after_mark) = rest.strip_prefix(BYTE_ORDER_MARK)
        {
            self.position += BYTE_ORDER_MARK.len();
            rest = after_mark;
            self.begun = true;
        }
        self.begun |= !rest.is_empty();
        let after = trim_start(rest);
        let spaces = rest.len() - after.len();
        if spaces > 0 {
            // Limited as if it were looked at as a whole.
            let (_, allowed) = self.longest(rest);
            self.position += spaces.min(allowed);
            if spaces > allowed {
                return Err(ReadError::Limit(Limit::TokenBytes));
            }
            self.run.text += spaces;
            self.run.end = Some(self.position);
        }
        match after.first() {
            None | Some(b'<') => Ok(after),
            // Reported at once: what is no XML may go on for long without a `<`.
            Some(_) => Err(XmlError::OutsideRoot.into()),
        }
    }

    fn text<'i>(&self, raw: &'i [u8]) -> Result<Cow<'i, str>, ReadError> {
        Ok(unescape(raw, self.strict)?)
    }

    fn section_text<'i>(&self, raw: &'i [u8]) -> Result<Cow<'i, str>, ReadError> {
        if self.open.is_empty() {
            return Err(XmlError::OutsideRoot.into());
        }
        Ok(verbatim(raw, self.strict)?)
    }

    /// Takes these bytes, or almost all of them, of a text, section or comment that goes on behind
    /// them; the text of which is returned.
    fn part<'i>(&mut self, raw: &'i [u8]) -> Result<Option<Cow<'i, str>>, ReadError> {
        let section = self.search.section(raw);
        let (text, length) = match section {
            None => {
                let cut = long_text::text_cut(raw);
                (Some(self.text(&raw[..cut])?), cut)
            }
            Some((Section::Cdata, begin)) => {
                let cut = begin + long_text::section_cut(&raw[begin..]);
                (Some(self.section_text(&raw[begin..cut])?), cut)
            }
            Some((Section::Comment, _)) => (None, raw.len() - Section::Comment.end().len()),
        };
        match section {
            Some((Section::Comment, _)) => self.run.comment += length,
            _ => self.run.text += length,
        }
        self.search = section.map_or_else(Search::default, |(section, _)| Search::within(section));
        self.position += length;
        self.run.end = Some(self.position);
        Ok(text)
    }

    /// How long the token at the start of the input may be, and by which limit. A text goes on
    /// until the next tag, whatever comments and sections there are in it.
    fn longest(&mut self, input: &[u8]) -> (Limit, usize) {
        if self.run.end != Some(self.position) {
            self.run = Run::default();
        }
        let section = match (self.search.inside(), input) {
            (None, [b'<', b'!', ..]) => match Section::at(input) {
                Some((section, _)) => Some(section),
                None => return (Limit::TokenBytes, self.limits.token_bytes),
            },
            (None, [b'<', ..]) => return (Limit::TagBytes, self.limits.tag_bytes),
            (inside, _) => inside,
        };
        let used = match section {
            Some(Section::Comment) => self.run.comment,
            _ => self.run.text,
        };
        let allowed = self.limits.token_bytes.saturating_sub(used);
        (Limit::TokenBytes, allowed)
    }

    /// Right after a start tag: the element's text up to its end tag, if that is all it holds and
    /// all of it has arrived. The end tag counts as read.
    ///
    /// Most of a response are such elements; taking them whole saves two rounds of [`next`], and
    /// they need not be counted among the open ones.
    ///
    /// [`next`]: Self::next
    #[inline]
    pub(crate) fn whole_text<'i>(
        &mut self,
        input: &'i [u8],
    ) -> Result<Option<Text<'i>>, ReadError> {
        let Some(newest) = self.newest else {
            return Ok(None);
        };
        if std::mem::take(&mut self.pending_end) {
            self.close_newest();
            return Ok(Some(Text::EMPTY));
        }
        let rest = &input[self.position..];
        let name = newest.name.of(input);
        // What is longer is taken in parts.
        let Some((end, is_plain)) = scan::text_end(&rest[..rest.len().min(PART + 1)]) else {
            return Ok(None);
        };
        let length = end + name.len() + b"</>".len();
        match rest.get(end..length) {
            Some([b'<', b'/', closed @ .., b'>']) if scan::same(closed, name) => {}
            _ => return Ok(None),
        }
        if end > self.limits.token_bytes {
            return Ok(None);
        }
        let raw = &rest[..end];
        let text = if is_plain {
            Text::Plain(raw)
        } else {
            Text::Resolved(unescape(raw, self.strict)?)
        };
        self.position += length;
        self.close_newest();
        Ok(Some(text))
    }

    /// The namespace and local part of a name that stands in the content, such as an `xsi:type`.
    pub(crate) fn resolve<'i>(&self, name: &'i [u8]) -> (Option<&str>, &'i [u8]) {
        let (prefix, local) = split_name(name);
        (self.namespaces.resolve(prefix), local)
    }

    /// Whether the name belongs to XML Schema, as `xsd:int` does.
    pub(crate) fn is_schema_name(&self, name: &[u8]) -> bool {
        self.resolve(name).0 == Some(SCHEMA)
    }

    /// The name of a type, kept. It may be any text, as far as an `xsi:type` goes. Where no one
    /// declared its prefix, that stays part of the name, so that it goes out as it came.
    pub(crate) fn type_name(&mut self, name: &[u8]) -> Result<QualifiedName, ReadError> {
        let (prefix, local) = split_name(name);
        match self.share(prefix) {
            Some(namespace) => self.kept(namespace, local),
            None => self.kept(Arc::default(), name),
        }
    }

    fn kept(&self, namespace: Arc<str>, local: &[u8]) -> Result<QualifiedName, ReadError> {
        // A replacement character is longer than the invalid byte.
        let local = unescape(local, self.strict)?;
        self.check_name(local.len())?;
        Ok(QualifiedName {
            namespace,
            local: local.into(),
        })
    }

    fn share(&mut self, prefix: &[u8]) -> Option<Arc<str>> {
        let (namespace, is_new) = self.namespaces.share(prefix)?;
        if is_new {
            self.shared += shared_text(namespace.len());
        }
        Some(namespace)
    }

    /// The element's name, kept.
    pub(crate) fn element_name(&mut self, tag: &StartTag<'_>) -> Result<QualifiedName, ReadError> {
        let (prefix, local) = split_name(tag.name);
        let namespace = self.share(prefix).unwrap_or_default();
        let name = self.kept(namespace, local)?;
        // The tokenizer accepts any non-ASCII character in a name. The encoder does not.
        match is_strict_name(&name.local) {
            true => Ok(name),
            false => Err(XmlError::BadName.into()),
        }
    }

    /// Whether deviations are errors.
    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// The attributes but `xsi:type` and namespace declarations, kept.
    pub(crate) fn kept_attributes(
        &mut self,
        tag: &StartTag<'_>,
    ) -> Result<Vec<(QualifiedName, Box<str>)>, ReadError> {
        let mut kept = Vec::new();
        for attribute in Attributes(tag.attributes) {
            let attribute = attribute?;
            let namespace = match attribute.prefix {
                b"xmlns" => continue,
                b"" if attribute.local == b"xmlns" => continue,
                // The default namespace does not apply to attributes.
                b"" => None,
                prefix => self.share(prefix),
            };
            if namespace.as_deref() == Some(SCHEMA_INSTANCE) && attribute.local == b"type" {
                continue;
            }
            let name = self.kept(namespace.unwrap_or_default(), attribute.local)?;
            let value = unescape(attribute.value, self.strict)?;
            kept.push((name, value.into()));
        }
        Ok(kept)
    }

    /// The first attribute that is no namespace declaration, not of XML Schema's own and not one of
    /// those known.
    pub(crate) fn unknown_attribute(&self, tag: &StartTag<'_>, known: &[&str]) -> Option<String> {
        Attributes(tag.attributes)
            .filter_map(Result::ok)
            .find(|attribute| match attribute.prefix {
                b"xmlns" => false,
                b"" => {
                    attribute.local != b"xmlns"
                        && !known.iter().any(|name| name.as_bytes() == attribute.local)
                }
                prefix => self.namespaces.resolve(prefix) != Some(SCHEMA_INSTANCE),
            })
            .map(|attribute| String::from_utf8_lossy(attribute.local).into_owned())
    }

    /// The value of an attribute, references resolved.
    pub(crate) fn attribute_text<'i>(&self, value: &'i [u8]) -> Result<Cow<'i, str>, ReadError> {
        Ok(unescape(value, self.strict)?)
    }

    fn open_element(&mut self, name: &[u8], attributes: &[u8]) -> Result<(), ReadError> {
        if self.open.is_empty() && self.root_seen {
            return Err(XmlError::OutsideRoot.into());
        }
        if self.depth() >= self.limits.depth {
            return Err(ReadError::Limit(Limit::Depth));
        }
        self.check_name(name.len())?;
        self.root_seen = true;
        let start = self.position + 1;
        let end = start + name.len();
        let tag = TagSpans {
            local_start: end - split_name(name).1.len(),
            attributes_end: end + attributes.len(),
            ..TagSpans::with_name(Span { start, end })
        };
        self.newest = Some(tag);
        if !attributes.is_empty() {
            self.newest = Some(self.read_attributes(tag, attributes)?);
        }
        Ok(())
    }

    /// Declares namespaces and finds `xsi:type` and `xsi:nil`.
    fn read_attributes(
        &mut self,
        mut tag: TagSpans,
        attributes: &[u8],
    ) -> Result<TagSpans, ReadError> {
        // A declaration may stand after an attribute that needs it, so those wait.
        const REMEMBERED: usize = 4;
        let mut prefixed = [None; REMEMBERED];
        let mut count_prefixed = 0;
        for (count, attribute) in Attributes(attributes).enumerate() {
            if count >= self.limits.attributes {
                return Err(ReadError::Limit(Limit::Attributes));
            }
            let attribute = attribute?;
            // Checked separately, because the encoder may use a prefix of another length.
            self.check_name(attribute.prefix.len().max(attribute.local.len()))?;
            match attribute.prefix {
                b"xmlns" => self.declare(attribute.local, attribute.value)?,
                b"" if attribute.local == b"xmlns" => self.declare(b"", attribute.value)?,
                b"" => {}
                _ => {
                    if let Some(place) = prefixed.get_mut(count_prefixed) {
                        *place = Some(attribute);
                    }
                    count_prefixed += 1;
                }
            }
        }
        if count_prefixed <= REMEMBERED {
            for attribute in prefixed.into_iter().flatten() {
                self.read_schema_instance(attribute, &mut tag)?;
            }
        } else {
            for attribute in Attributes(attributes) {
                let attribute = attribute?;
                if !matches!(attribute.prefix, b"" | b"xmlns") {
                    self.read_schema_instance(attribute, &mut tag)?;
                }
            }
        }
        Ok(tag)
    }

    fn declare(&mut self, prefix: &[u8], uri: &[u8]) -> Result<(), ReadError> {
        if self.namespaces.len() >= self.limits.namespaces {
            return Err(ReadError::Limit(Limit::Namespaces));
        }
        let depth = self.depth();
        let prefix = String::from_utf8_lossy(prefix);
        let uri = unescape(uri, self.strict)?;
        let text = self.namespaces.text_len() + prefix.len() + uri.len();
        if text > self.limits.tag_bytes {
            return Err(ReadError::Limit(Limit::Namespaces));
        }
        self.namespaces.bind(depth, &prefix, &uri);
        Ok(())
    }

    fn read_schema_instance(
        &self,
        attribute: Attribute<'_>,
        tag: &mut TagSpans,
    ) -> Result<(), ReadError> {
        match self.namespaces.is_schema_instance(attribute.prefix) {
            Some(true) => match attribute.local {
                b"type" => {
                    let end = tag.attributes_end - attribute.left;
                    let start = end - attribute.value.len();
                    let name = trimmed(Span { start, end }, attribute.value);
                    // If it contains references, `kept` checks the length after resolving them.
                    if !attribute.value.contains(&b'&') {
                        let (prefix, local) = split_name(trim(attribute.value));
                        self.check_name(prefix.len().max(local.len()))?;
                    }
                    tag.type_name = Some(name);
                }
                b"nil" => {
                    let value = trim(attribute.value);
                    tag.is_nil = matches!(value, b"true" | b"1");
                }
                _ => {}
            },
            None if self.strict => {
                let prefix = String::from_utf8_lossy(attribute.prefix).into_owned();
                return Err(XmlError::UndeclaredPrefix(prefix).into());
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a name may be so long.
    fn check_name(&self, bytes: usize) -> Result<(), ReadError> {
        if bytes > self.limits.name_bytes {
            return Err(ReadError::Limit(Limit::NameBytes));
        }
        Ok(())
    }

    fn check_end_tag(&self, name: &[u8]) -> Result<(), XmlError> {
        if self.open.is_empty() {
            return Err(XmlError::OutsideRoot);
        }
        if name == self.open.last() {
            return Ok(());
        }
        Err(XmlError::MismatchedEnd {
            open: String::from_utf8_lossy(self.open.last()).into_owned(),
            closed: String::from_utf8_lossy(name).into_owned(),
        })
    }

    fn close_newest(&mut self) {
        self.namespaces.close(self.depth());
        self.newest = None;
    }

    fn close_innermost(&mut self) {
        self.namespaces.close(self.depth());
        self.open.pop();
    }
}

/// The span of a text without the white space around it.
fn trimmed(span: Span, text: &[u8]) -> Span {
    Span {
        start: span.end - trim_start(text).len(),
        end: span.start + trim_end(text).len(),
    }
}

/// UTF-8's, which some programs write.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Only white space may stand outside the root element.
pub(crate) fn check_outside(text: &[u8]) -> Result<(), XmlError> {
    if text.iter().copied().all(is_space) {
        Ok(())
    } else {
        Err(XmlError::OutsideRoot)
    }
}

/// What it says of the encoding was looked at before the document was read.
fn check_declaration(attributes: &[u8]) -> Result<(), XmlError> {
    Attributes(attributes).try_for_each(|attribute| attribute.map(drop))
}
