//! Which elements fill which fields: in order, in another one, twice, not at all.

use vmomi_runtime::Any;

use crate::documents::{decode, decode_as, response, returned};
use crate::support::*;

const SHARES: &str = "<shares>5</shares><level>high</level>";

#[test]
fn elements_fill_fields_of_every_level() {
    let disk: VirtualDisk = decode(
        "<key>7</key><deviceInfo><label>a</label><summary>b</summary></deviceInfo>\
         <unitNumber>0</unitNumber><capacityInKB>10</capacityInKB>\
         <shares><shares>5</shares><level>high</level></shares>",
    );
    assert_eq!(
        (disk.key, disk.unit_number, disk.controller_key),
        (7, Some(0), None)
    );
    assert_eq!(
        disk.device_info.as_ref().map(|info| &*info.summary),
        Some("b")
    );
    assert_eq!(disk.capacity_in_kb, 10);
    assert_eq!(disk.shares.as_ref().map(|shares| shares.shares), Some(5));
    assert_eq!(disk.native_unmanaged_linked_clone, None);
}

#[test]
fn the_order_of_elements_does_not_matter() {
    let sorted: VirtualDisk = decode(&format!(
        "<key>7</key><unitNumber>1</unitNumber><capacityInKB>10</capacityInKB><shares>{SHARES}</shares>"
    ));
    for shuffled in [
        format!(
            "<shares>{SHARES}</shares><capacityInKB>10</capacityInKB><unitNumber>1</unitNumber><key>7</key>"
        ),
        format!(
            "<capacityInKB>10</capacityInKB><key>7</key><shares>{SHARES}</shares><unitNumber>1</unitNumber>"
        ),
        format!(
            "<unitNumber>1</unitNumber><key>7</key><shares>{SHARES}</shares><capacityInKB>10</capacityInKB>"
        ),
    ] {
        assert_eq!(decode::<VirtualDisk>(&shuffled), sorted, "{shuffled}");
    }
}

#[test]
fn items_of_a_list_may_stand_apart() {
    let object: Everything = decode(
        "<ints>1</ints><texts>a</texts><ints>2</ints><inlines/><texts/><ints>3</ints><devices/>",
    );
    assert_eq!(object.ints, [1, 2, 3]);
    assert_eq!(object.texts, ["a", ""]);
    assert_eq!((object.inlines.len(), object.devices.len()), (1, 1));
}

#[test]
fn of_repeated_elements_the_last_counts() {
    let object: Everything = decode(
        "<int>1</int><int>2</int><optInt>1</optInt><optInt>2</optInt><text>a</text><text>b</text>\
         <state>poweredOn</state><state>else</state><optState>a</optState><optState>b</optState>\
         <vm type='T'>1</vm><vm type='T'>2</vm><any xsi:type='xsd:int'>1</any><any xsi:type='xsd:int'>2</any>\
         <device><key>1</key></device><device xsi:type='VirtualDisk'><key>2</key></device>\
         <inline><shares>1</shares><level>x</level></inline><inline><shares>2</shares></inline>\
         <optBoxed><shares>1</shares></optBoxed><optBoxed><shares>2</shares></optBoxed>",
    );
    assert_eq!(
        (object.int, object.opt_int, &*object.text),
        (2, Some(2), "b")
    );
    assert_eq!(
        (
            object.state.as_ref(),
            object.opt_state.map(|s| s.as_ref().to_owned())
        ),
        ("else", Some("b".into()))
    );
    assert_eq!((object.vm.value(), &object.any), ("2", &Any::Int(2)));
    assert!(object.device.is::<VirtualDisk>() && object.device.key == 2);
    for between in ["", "<text/>"] {
        let chain: Chain = decode(&format!(
            "<name>a</name><next><name>b</name><side/><next><name>c</name></next></next>{between}<next><side/></next>"
        ));
        let next = chain.next.as_ref().expect("set");
        assert_eq!((&*next.name, next.side.len(), &next.next), ("", 1, &None));
    }
    assert_eq!(object.inline.level.as_ref(), "");
    assert_eq!(
        (
            object.inline.shares,
            object.opt_boxed.map(|boxed| boxed.shares)
        ),
        (2, Some(2))
    );
}

#[test]
fn what_a_server_omits_is_left_at_its_default() {
    assert_eq!(decode::<Everything>(""), Everything::default());
    assert_eq!(
        decode::<Everything>("\n  <!-- nothing -->\n"),
        Everything::default()
    );
    assert_eq!(
        decode::<VirtualDisk>("<capacityInKB>1</capacityInKB>").key,
        0
    );
}

#[test]
fn zero_and_empty_are_told_from_unset() {
    let unset: Everything = decode("");
    let object: Everything = decode(
        "<optFlag>false</optFlag><optByte>0</optByte><optShort>0</optShort><optInt>0</optInt>\
         <optLong>0</optLong><optFloat>0</optFloat><optDouble>0</optDouble><optText/>\
         <optBlob></optBlob><optAny xsi:type='xsd:string'/><optState/><optBoxed/><optDevice/>",
    );
    assert_eq!(object.opt_flag, Some(false));
    assert_eq!((object.opt_byte, object.opt_short), (Some(0), Some(0)));
    assert_eq!((object.opt_int, object.opt_long), (Some(0), Some(0)));
    assert_eq!(
        (object.opt_float, object.opt_double),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(object.opt_text.as_deref(), Some(""));
    assert_eq!(object.opt_blob.as_deref(), Some(&[][..]));
    assert_eq!(object.opt_any, Some(Any::String(String::new())));
    assert_eq!(object.opt_state.as_ref().map(AsRef::as_ref), Some(""));
    assert_eq!(object.opt_boxed, Some(Box::default()));
    assert!(object.opt_device.is_some());
    assert_ne!(object, unset);
    let object: Everything =
        decode("<ints>0</ints><flags>false</flags><texts/><blobs/><ints>0</ints>");
    assert_eq!(
        (&object.ints[..], &object.flags[..]),
        (&[0, 0][..], &[false][..])
    );
    assert_eq!((object.texts.len(), object.blobs.len()), (1, 1));
}

#[test]
fn nil_leaves_a_field_unset() {
    let object: Everything = decode(
        "<optInt xsi:nil='true'/><optText xsi:nil='1'></optText><optBoxed xsi:nil=' true '><shares>5</shares></optBoxed>\
         <optDevice xsi:nil='true' xsi:type='VirtualDisk'/><optAny xsi:nil='true'/><int xsi:nil='true'/>\
         <ints xsi:nil='true'/><ints>1</ints><devices xsi:nil='true'/>",
    );
    assert_eq!(
        object,
        Everything {
            ints: vec![1],
            ..Default::default()
        }
    );
    assert_eq!(
        decode::<Everything>("<optInt xsi:nil='false'>5</optInt>").opt_int,
        Some(5)
    );
    let empty: Option<i32> = decode_as("xsi:nil='true'", "");
    assert_eq!(empty, None);
    assert_eq!(decode_as::<Any>("xsi:nil='true'", ""), Any::Nil);
}

#[test]
fn nil_keeps_its_place_among_values_of_any_type() {
    let object: Everything = decode(
        "<anys xsi:type='xsd:int'>1</anys><anys xsi:nil='true'/><anys xsi:type='xsd:int'>2</anys>",
    );
    assert_eq!(object.anys, [Any::Int(1), Any::Nil, Any::Int(2)]);
}

/// Local names decide: servers of other services qualify the same elements.
#[test]
fn prefixes_of_elements_do_not_matter() {
    let device: VirtualDevice = decode_as(
        "xmlns:v='urn:vim25'",
        "<v:key>5</v:key><v:unitNumber>6</v:unitNumber>",
    );
    assert_eq!((device.key, device.unit_number), (5, Some(6)));
}

#[test]
fn attributes_that_are_not_known_are_passed_over() {
    let device: VirtualDevice = decode_as(
        "future='1' xmlns:f='urn:future' f:type='x'",
        "<key future='a' f:b='&lt;'>5</key>",
    );
    assert_eq!(device.key, 5);
}

#[test]
fn a_list_is_the_elements_within_the_root() {
    let list: Vec<SharesInfo> =
        decode("<item><shares>1</shares></item>\n<other><shares>2</shares></other>");
    assert_eq!(
        list.iter().map(|item| item.shares).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(decode::<Vec<i32>>("<i>1</i><i>2</i>"), [1, 2]);
    assert_eq!(
        decode::<Vec<PowerState>>("<i> poweredOn </i><i>x</i>"),
        [PowerState::PoweredOn, "x".into()]
    );
    assert_eq!(decode::<Vec<String>>(""), Vec::<String>::new());
}

#[test]
fn every_returnval_is_an_item_of_a_list() {
    let list: Vec<SharesInfo> = returned(&response(
        "<returnval><shares>1</shares></returnval><returnval><shares>2</shares></returnval>",
    ));
    assert_eq!(
        list.iter().map(|item| item.shares).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(
        returned::<Vec<SharesInfo>>(&response("")),
        Vec::<SharesInfo>::new()
    );
    let texts: Vec<String> = returned(&response(
        "<returnval>a</returnval><returnval/><returnval> b</returnval>",
    ));
    assert_eq!(texts, ["a", "", " b"]);
    let states: Vec<PowerState> = returned(&response(
        "<returnval>suspended</returnval><returnval>new</returnval>",
    ));
    assert_eq!(states, [PowerState::Suspended, "new".into()]);
}

#[test]
fn a_result_may_be_of_any_kind() {
    assert_eq!(
        returned::<i32>(&response("<returnval> -5 </returnval>")),
        -5
    );
    assert_eq!(
        returned::<String>(&response("<returnval> text </returnval>")),
        " text "
    );
    assert!(returned::<bool>(&response("<returnval>1</returnval>")));
    assert_eq!(returned::<Option<String>>(&response("")), None);
    assert_eq!(
        returned::<PowerState>(&response("<returnval>poweredOff</returnval>")),
        PowerState::PoweredOff
    );
    let reference: vmomi_runtime::MoRef<VirtualMachine> = returned(&response(
        "<returnval type='VirtualMachine' serverGuid='g'>vm-1</returnval>",
    ));
    assert_eq!(
        (reference.value(), reference.server_guid()),
        ("vm-1", Some("g"))
    );
    let any: Any = returned(&response("<returnval xsi:type='xsd:long'>5</returnval>"));
    assert_eq!(any, Any::Long(5));
    returned::<()>(&response(""));
    returned::<()>(&response(
        "<returnval xsi:type='Future'>ignored<x/></returnval>",
    ));
}
