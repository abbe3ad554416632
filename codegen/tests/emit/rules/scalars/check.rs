//! Each builtin is one Rust type; optional is `Option`, a list is `Vec`, and both is `Vec`.

use vmomi_runtime::{Binary, DateTime};

use super::api::test::Scalars;

pub fn check() {
    let of = Scalars::default();
    let _: (bool, i8, i16, i32, i64, f32, f64) = (
        of.oneboolean,
        of.onebyte,
        of.oneshort,
        of.oneint,
        of.onelong,
        of.onefloat,
        of.onedouble,
    );
    let _: (&String, &String) = (&of.onestring, &of.oneany_uri);
    let _: (&DateTime, &Binary) = (&of.onedate_time, &of.onebase64_binary);
    let _: (Option<bool>, Option<i8>) = (of.maybeboolean, of.maybebyte);
    let _: (&Option<String>, &Option<String>) = (&of.maybestring, &of.maybeany_uri);
    let _: (&Option<DateTime>, &Option<Binary>) = (&of.maybedate_time, &of.maybebase64_binary);
    let _: (&Vec<bool>, &Vec<i8>, &Vec<i64>) = (&of.manyboolean, &of.anybyte, &of.manylong);
    let _: (&Vec<String>, &Vec<DateTime>) = (&of.anyany_uri, &of.manydate_time);
    let _: (&Vec<Binary>, &Vec<f64>) = (&of.anybase64_binary, &of.anydouble);
}
