//! The arguments that choose a part of an API, and what is told of it.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use clap::Args;
use vmomi_codegen::Builder;
use vmomi_codegen::pattern::Pattern;
use vmomi_codegen::select::{Chain, Reasons, Subtypes};

use super::terminal::Terminal;

/// What to generate of the descriptions: everything, unless something is chosen or cut. A PATTERN is a name or
/// `Type.member`, with `*` and `?` for any letters.
#[derive(Debug, Args)]
#[command(next_help_heading = "Slices")]
pub(super) struct SliceArguments {
    /// A managed object with all of its members, or one of them: VirtualMachine.config. Repeatable
    #[arg(long, value_name = "PATTERN", requires = "out")]
    managed_object: Vec<String>,
    /// An operation: RetrievePropertiesEx. Repeatable
    #[arg(long, value_name = "PATTERN", requires = "out")]
    operation: Vec<String>,
    /// A data object, fault, event or enum: InvalidLogin. Repeatable
    #[arg(long = "type", value_name = "PATTERN", requires = "out")]
    types: Vec<String>,
    /// Whatever has such a name. Repeatable
    #[arg(long, value_name = "PATTERN", requires = "out")]
    name: Vec<String>,
    /// A type or member to leave out. Repeatable
    #[arg(long, value_name = "PATTERN", requires = "out")]
    without: Vec<String>,
    /// Which subtypes come with a type, VirtualDevice=all; without `TYPE=`, with all others (none). Repeatable
    #[arg(long, value_name = "[TYPE=]all|none|A,B", requires = "out")]
    subtypes: Vec<SubtypesArgument>,
    /// Show what each choice brings; with --json, also the reason for everything
    #[arg(long)]
    pub(super) report: bool,
    /// Show why a type, operation or property is there. Repeatable
    #[arg(long, value_name = "PATTERN")]
    explain: Vec<Pattern>,
}

impl SliceArguments {
    /// Whether something was chosen or cut.
    pub(super) fn is_any(&self) -> bool {
        let choices = [
            &self.managed_object,
            &self.operation,
            &self.types,
            &self.name,
            &self.without,
        ];
        choices.iter().any(|choice| !choice.is_empty())
    }

    /// The builder with what was chosen.
    pub(super) fn choose(&self, builder: Builder) -> Builder {
        let builder = builder
            .managed_objects(&self.managed_object)
            .operations(&self.operation)
            .types(&self.types)
            .names(&self.name)
            .without(&self.without);
        self.subtypes.iter().fold(builder, |builder, argument| {
            let taken = argument.taken.clone();
            match &argument.base {
                Some(base) => builder.subtypes(base, taken),
                None => builder.other_subtypes(taken),
            }
        })
    }

    /// Shows what was asked for besides the code.
    ///
    /// # Errors
    /// Of what is to be explained, the first that is not in the slice; when it cannot be written.
    pub(super) fn show(
        &self,
        reasons: Option<&Reasons>,
        terminal: Terminal,
    ) -> Result<(), Box<dyn Error>> {
        if self.report {
            match reasons {
                Some(reasons) => terminal.show(reasons)?,
                None => terminal.note(&"nothing was chosen, so everything is generated"),
            }
        }
        for chain in self.explained(reasons)? {
            terminal.show(chain)?;
        }
        Ok(())
    }

    /// The reasons that were asked for.
    ///
    /// # Errors
    /// The first pattern that nothing in the slice answers to.
    pub(super) fn explained<'r>(
        &self,
        reasons: Option<&'r Reasons>,
    ) -> Result<Vec<&'r Chain>, NotThere> {
        let mut explained = Vec::new();
        for pattern in &self.explain {
            let chains = reasons.map(|reasons| reasons.chains(pattern));
            let chains = chains.unwrap_or_default();
            if chains.is_empty() {
                return Err(NotThere {
                    pattern: pattern.clone(),
                    is_slice: reasons.is_some(),
                });
            }
            explained.extend(chains);
        }
        Ok(explained)
    }
}

/// `VirtualDevice=all`
#[derive(Debug, Clone)]
struct SubtypesArgument {
    base: Option<String>,
    taken: Subtypes,
}

impl FromStr for SubtypesArgument {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (base, taken) = match text.split_once('=') {
            Some((base, taken)) => (Some(base.to_owned()), taken),
            None => (None, text),
        };
        let taken = match taken {
            "all" => Subtypes::All,
            "none" => Subtypes::None,
            list => Subtypes::only(list.split(',')),
        };
        Ok(Self { base, taken })
    }
}

/// What was to be explained is not in the slice.
#[derive(Debug)]
pub(super) struct NotThere {
    pattern: Pattern,
    is_slice: bool,
}

impl fmt::Display for NotThere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_slice {
            write!(f, "nothing in the slice has a name like `{}`", self.pattern)
        } else {
            write!(
                f,
                "`{}` cannot be explained: nothing was chosen, so all of the API was generated\n  help: \
                 `vmomi-codegen explain` tells what leads to a type",
                self.pattern
            )
        }
    }
}

impl Error for NotThere {}
