//! The pages of a retrieval.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};
use vmomi_runtime::Stub;

use crate::background::Completed;
use crate::error::Error;
use crate::held::{Held, Release};
use crate::retrieve::{Paths, RetrievedObject};
use crate::vim25::{
    ObjectContent, PropertyCollector, PropertyFilterSpec, RetrieveOptions, RetrieveResult,
};

/// The objects of a retrieval, page by page.
///
/// The server keeps what was not retrieved yet. Dropped before its end, it tells the server in the
/// background to forget that, if there is a tokio runtime to do so; [`Pages::cancel`] waits for it.
pub struct Pages<T> {
    /// A page that has arrived and was not handed over.
    page: Option<Vec<ObjectContent>>,
    rest: Rest,
    /// The paths that were asked for; none for all.
    asked: Arc<[String]>,
    of: PhantomData<fn() -> T>,
}

/// What comes after the pages that have arrived.
enum Rest {
    /// Nothing.
    End,
    /// What the server keeps.
    Kept(Held<Token>),
    /// The next page, which the server was asked for. The call outlives the future that began it.
    Asked(Completed<Result<Page, Unanswered>>),
}

/// A page, and what the server keeps of those after it.
struct Page {
    objects: Vec<ObjectContent>,
    rest: Option<Held<Token>>,
}

/// A call for the next page that failed, and what the server may still keep.
type Unanswered = (Held<Token>, Error);

/// What the server keeps of a retrieval.
#[derive(Clone)]
struct Token {
    collector: PropertyCollector,
    text: String,
}

impl Release for Token {
    async fn release(&self) -> Result<(), Error> {
        let cancelled = self.collector.cancel_retrieve_properties_ex(&self.text);
        Ok(cancelled.await?)
    }
}

impl Page {
    fn new(collector: PropertyCollector, result: RetrieveResult) -> Self {
        let token = result.token;
        Self {
            objects: result.objects,
            rest: token.map(|text| Held::new(Token { collector, text })),
        }
    }
}

impl Rest {
    /// Asks for the page that a token leads to, which is used up when it arrives.
    fn ask(token: Held<Token>) -> Self {
        Self::Asked(Completed::new(async move {
            let Token { collector, text } = token.get().clone();
            match collector.continue_retrieve_properties_ex(&text).await {
                Ok(result) => {
                    token.leave();
                    Ok(Page::new(collector, result))
                }
                Err(error) => Err((token, error.into())),
            }
        }))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("page", &self.page)
            .field("rest", &self.rest)
            .field("asked", &Paths(&self.asked))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::End => "End",
            Self::Kept(_) => "Kept",
            Self::Asked(_) => "Asked",
        })
    }
}

impl<T: Stub> Pages<T> {
    /// No pages.
    pub(crate) fn none(asked: Arc<[String]>) -> Self {
        Self {
            page: None,
            rest: Rest::End,
            asked,
            of: PhantomData,
        }
    }

    /// Retrieves the first page.
    pub(crate) async fn first(
        collector: PropertyCollector,
        filter: PropertyFilterSpec,
        options: RetrieveOptions,
        asked: Arc<[String]>,
    ) -> Result<Self, Error> {
        let first = Completed::new(async move {
            let filters = [filter];
            let result = collector.retrieve_properties_ex(&filters, &options);
            let result = result.await?;
            Ok::<_, Error>(result.map(|result| Page::new(collector, result)))
        });
        let mut pages = Self::none(asked);
        if let Some(page) = first.await? {
            pages.receive(page);
        }
        Ok(pages)
    }

    fn receive(&mut self, page: Page) {
        self.page = Some(page.objects);
        self.rest = page.rest.map_or(Rest::End, Rest::Kept);
    }

    /// The next page; `None` after the last.
    ///
    /// No page is lost when the future is dropped, or when it fails: called again, it goes on with
    /// the request that was made, or makes it again, and gives the same page or an error. It is never
    /// the end before the last page was given. A server that has used up its side of a page that got
    /// lost on the way says so by a fault.
    ///
    /// # Errors
    /// When the call fails, or the session ended while the server read an object.
    pub async fn next_page(&mut self) -> Result<Option<Vec<RetrievedObject<T>>>, Error> {
        loop {
            if let Some(page) = &self.page {
                RetrievedObject::<T>::check_session(page)?;
                let page = self.page.take().unwrap_or_default().into_iter();
                let objects = page.map(|object| RetrievedObject::new(object, &self.asked));
                return Ok(Some(objects.collect()));
            }
            self.rest = match std::mem::replace(&mut self.rest, Rest::End) {
                Rest::End => return Ok(None),
                Rest::Kept(token) => Rest::ask(token),
                asked @ Rest::Asked(_) => asked,
            };
            // In its place while it is waited for.
            if let Rest::Asked(asked) = &mut self.rest {
                match asked.await {
                    Ok(page) => self.receive(page),
                    Err((token, error)) => {
                        self.rest = Rest::Kept(token);
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Tells the server to forget what was not retrieved, and waits until it has.
    ///
    /// When the future is dropped, or the call fails, that is done in the background.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn cancel(self) -> Result<(), Error> {
        let token = match self.rest {
            Rest::End => None,
            Rest::Kept(token) => Some(token),
            Rest::Asked(asked) => match asked.await {
                Ok(page) => page.rest,
                Err((token, _)) => Some(token),
            },
        };
        match token {
            Some(token) => token.release().await,
            None => Ok(()),
        }
    }

    /// The objects one by one; a page is retrieved when it is needed.
    ///
    /// After an error the stream ends, and what is left on the server is forgotten; [`Self::next_page`]
    /// can be called again.
    pub fn into_stream(self) -> impl Stream<Item = Result<RetrievedObject<T>, Error>> + Send {
        stream::try_unfold(self, |mut pages| async {
            let page = pages.next_page().await?;
            Ok::<_, Error>(page.map(|page| (stream::iter(page).map(Ok), pages)))
        })
        .try_flatten()
    }
}
