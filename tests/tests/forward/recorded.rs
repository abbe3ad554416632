//! The recorded responses, decoded in the ways in which changed ones are compared with them.

use std::collections::BTreeSet;

use roxmltree::Document;
use vmomi::Any;
use vmomi::runtime::decode::{Answer, DecodeError, DecodeOptions};
use vmomi::runtime::to_xml;
use vmomi_tests::recorded::{Exchange, exchanges_or_skip};
use vmomi_tests::xml::Comparison;

use crate::responses::{in_pieces, types_of, values_in, values_of};

/// One response as it was recorded.
pub struct Recorded {
    pub name: String,
    pub operation: String,
    pub text: String,
    /// What it holds.
    pub answer: Answer,
}

/// Every response, those that came several times once; `None` after saying that there are
/// none to be had here.
pub fn all() -> Option<Vec<Recorded>> {
    let mut seen = BTreeSet::new();
    let responses: Vec<_> = exchanges_or_skip()?
        .into_iter()
        .filter(|exchange| seen.insert(exchange.response.clone()))
        .map(|exchange| Recorded {
            name: exchange.to_string(),
            answer: decode(&exchange, &DecodeOptions::default()),
            operation: exchange.operation,
            text: exchange.response,
        })
        .collect();
    assert!(responses.len() > 20, "only {}", responses.len());
    Some(responses)
}

fn decode(exchange: &Exchange, options: &DecodeOptions) -> Answer {
    in_pieces(&exchange.operation, &exchange.response, options, usize::MAX)
        .unwrap_or_else(|error| panic!("{exchange}: {error}\n{}", exchange.response))
}

impl Recorded {
    /// Decodes the response, changed to this.
    pub fn decode(&self, changed: &str) -> Answer {
        self.decode_with(changed, &DecodeOptions::default())
    }

    /// Decodes it with everything kept that no type describes.
    pub fn decode_keeping(&self, changed: &str) -> Answer {
        let mut options = DecodeOptions::default();
        options.keep_unknown = true;
        self.decode_with(changed, &options)
    }

    fn decode_with(&self, changed: &str, options: &DecodeOptions) -> Answer {
        in_pieces(&self.operation, changed, options, usize::MAX)
            .unwrap_or_else(|error| panic!("{}: {error}\n{changed}", self.name))
    }

    /// Decodes it strictly.
    pub fn decode_strictly(&self, changed: &str) -> Result<Answer, DecodeError> {
        let mut options = DecodeOptions::default();
        options.strict = true;
        in_pieces(&self.operation, changed, &options, usize::MAX)
    }

    /// The values of an answer.
    pub fn values(&self, answer: Answer) -> Vec<Any> {
        values_of(&self.operation, answer)
    }

    /// Encodes the values to what the document holds, but for what `adapt` does to the document
    /// that each is encoded to.
    pub fn assert_encodes(
        &self,
        values: &[Any],
        document: &str,
        adapt: impl Fn(usize, String) -> String,
    ) {
        let parsed = Document::parse(document)
            .unwrap_or_else(|error| panic!("{}: {error}\n{document}", self.name));
        let originals = values_in(&parsed);
        assert_eq!(originals.len(), values.len(), "{}\n{document}", self.name);
        let comparison = Comparison::default().tolerating_one_sided_types();
        for (index, (original, value)) in originals.iter().zip(values).enumerate() {
            let name = original.tag_name().name();
            let encoded = to_xml(name, value, types_of(&self.operation).service)
                .unwrap_or_else(|error| panic!("{}: {error}\n{document}", self.name));
            let encoded = adapt(index, encoded);
            let again = Document::parse(&encoded)
                .unwrap_or_else(|error| panic!("{}: {error}\n{encoded}", self.name));
            comparison
                .elements(*original, again.root_element())
                .unwrap_or_else(|mismatch| {
                    panic!("{}: {mismatch}\n{document}\n{encoded}", self.name)
                });
        }
    }
}
