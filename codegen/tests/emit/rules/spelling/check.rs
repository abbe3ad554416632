//! Names that are none in Rust, or that capitals tear apart.

use super::api::test::{_2d, GrUf6UdfE, LowerCase, SomeTypeName, TYPES, VirtualUSBXHCIController};
use crate::round_trip;

pub fn check() {
    let odd = LowerCase {
        num_cpus: 1,
        vapp_config: "a".into(),
        ipv6_address: "b".into(),
        a_b_c: "c".into(),
        under: "d".into(),
        empty: "e".into(),
        gr_uf6_udf_e: "f".into(),
        x1: "g".into(),
        x2y3_z: "h".into(),
        vm_id: "i".into(),
        ..Default::default()
    };
    round_trip::same(&TYPES, &odd);
    let _ = (
        GrUf6UdfE::default(),
        SomeTypeName::default(),
        _2d::default(),
        VirtualUSBXHCIController::default(),
    );
    for name in ["lowerCase", "some-type.name", "_2d", "Größe"] {
        assert!(TYPES.data_object(name).is_some(), "{name}");
    }
    assert!(
        TYPES.data_object("LowerCase").is_none(),
        "names are those of the wire"
    );
}
