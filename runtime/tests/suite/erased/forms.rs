//! `data_object!` has two arms: one for what generated code looks like, one for anything else. They
//! describe the same.

use vmomi_runtime::erased::ObjectRef;
use vmomi_runtime::generated::*;

use crate::support::{DynamicData, SERVICE, SharesInfo, SharesLevel, TYPES, V1, VirtualDevice};

/// Defines a struct in either form, which without documentation of its fields is the second.
macro_rules! in_both_forms {
    ($($wire:literal $field:ident: [$($type:tt)*],)*) => {
        data_object! {
            /// As generated.
            #[wire("Same", SERVICE, V1)]
            pub struct Generated {
                /// The base.
                pub base: DynamicData,
                $(
                    /// A field.
                    #[wire($wire, V1)]
                    pub $field: $($type)*,
                )*
            }
        }
        data_object! {
            #[wire("Same", SERVICE, V1)]
            pub struct Written {
                pub base: DynamicData,
                $(
                    #[wire($wire, V1)]
                    pub $field: $($type)*,
                )*
            }
        }
    };
}

in_both_forms! {
    "flag" flag: [bool],
    "time" time: [Option<DateTime>],
    "small" small: [i8],
    "shares" shares: [Option<Box<SharesInfo>>],
    "level" level: [Option<SharesLevel>],
    "short" short: [Option<i16>],
    "texts" texts: [Vec<String>],
    "byte" byte: [i8],
    "devices" devices: [Vec<Dyn<VirtualDevice>,>],
    "long" long: [Option<
        Box<SharesInfo>,
    >],
    "last" last: [bool],
}

macro_rules! filled {
    ($name:ident) => {
        $name {
            flag: true,
            time: Some(DateTime::default()),
            small: 3,
            shares: Some(Box::default()),
            level: Some(SharesLevel::from("of no schema")),
            short: Some(-2),
            texts: vec!["one".into(), "two".into()],
            byte: 7,
            devices: vec![Dyn::default()],
            last: true,
            ..Default::default()
        }
    };
}

#[test]
fn both_arms_describe_the_same_struct() {
    let (generated, written) = (filled!(Generated), filled!(Written));
    let fields = |object| ObjectRef::fields(object).map(|(field, value)| (field.name(), value));
    let left: Vec<_> = fields(ObjectRef::of(&generated)).collect();
    let right: Vec<_> = fields(ObjectRef::of(&written)).collect();
    assert_eq!(left.len(), 11);
    assert_eq!(left, right);
    assert_eq!(format!("{generated:?}"), format!("{written:?}"));
    // What one end of the interpreter wrote, the other reads as the compiler put it.
    let (generated, written) = (generated.clone(), written.clone());
    assert!(generated.last && generated.byte == 7 && generated.short == Some(-2));
    assert!(written.last && written.byte == 7 && written.short == Some(-2));
    assert_eq!(generated.level, written.level);
    assert_eq!(generated.texts, written.texts);
    assert_eq!((generated.long, written.long), (None, None));
    assert_eq!(size_of::<Generated>(), size_of::<Written>());
}
