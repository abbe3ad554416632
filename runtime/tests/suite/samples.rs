//! Bodies of answers, in which several tests look for the same; the fuzzer begins with them.

use crate::documents::{fault, response};

/// Devices with everything that XML has to say one thing in several ways. Of an unknown one the key
/// is no number.
pub const DEVICES: &str = "<returnval xsi:type='ArrayOfVirtualDevice'>\r\n\
    <VirtualDevice xsi:type = \"VirtualDisk\" ><key> 5 </key><deviceInfo>\
    <label>a &lt;b&gt;\r\nc&#x1F600;&#228;ü</label><summary><![CDATA[<x>]]]]><![CDATA[> ]]>tail</summary></deviceInfo>\
    <backing xsi:type='VirtualDiskFlatBackingInfo'><fileName>f<!-- - -->g<?p i?>h</fileName>\
    <datastore type='Datastore' serverGuid='&quot;'>d</datastore></backing><unitNumber xsi:nil='true'/></VirtualDevice >\
    <VirtualDevice xsi:type='Future'><key/><x y='>'>'/></x></VirtualDevice></returnval>";

/// Bodies of answers, good ones and broken ones.
pub fn bodies() -> Vec<Vec<u8>> {
    let number = response(
        "<returnval xsi:type='VirtualDevice'><key>1</key><deviceInfo><label>ü</label></deviceInfo><unitNumber>2</unitNumber></returnval>",
    );
    let mut invalid = number.clone().into_bytes();
    let at = invalid
        .windows(2)
        .position(|pair| pair == "ü".as_bytes())
        .expect("there");
    invalid[at] = 0xFF;
    let mut bodies = vec![invalid];
    let texts = [
        response(DEVICES),
        response(&DEVICES.replace("<key/>", "<key>1</key>")),
        response(
            "<returnval xsi:type='Everything'><future>a</future><int>1</int><anys xsi:type='ArrayOfInt'><int>1</int><int>x</int></anys></returnval>",
        ),
        fault(
            "<detail><F xmlns='urn:vim25' xsi:type='InvalidPowerState'><faultCause><fault xsi:type='Future'><a>b</a></fault></faultCause><requestedState>poweredOn</requestedState></F></detail>",
        ),
        fault("<detail><F xsi:type='Future'><a>b<c/>d</a></F></detail>"),
        number.replace("</key>", "</kex>"),
        number.replace(">1<", ">&bad;<"),
        number.replace(">1<", ">&#0;<"),
        number.replace(">1<", "><![CDATA[1<"),
        number.replace("<key>", "<key a>"),
        number.replace("<Ret", "<!DOCTYPE x><Ret"),
        format!("{number}garbage"),
        format!("\u{FEFF}{number}"),
        number[..number.len() / 2].to_owned(),
        number.replace("UTF-8", "ISO-8859-1"),
        "<html><body/></html>".into(),
        String::new(),
    ];
    bodies.extend(texts.map(String::into_bytes));
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| number.encode_utf16().flat_map(bytes).collect();
    bodies.push(utf_16(u16::to_le_bytes));
    bodies.push(utf_16(u16::to_be_bytes));
    let mut odd: Vec<u8> = utf_16(u16::to_le_bytes);
    odd.splice(300..302, [0x00, 0xD8]);
    odd.push(0);
    bodies.push(odd);
    let latin = number.replace("UTF-8", "windows-1252").into_bytes();
    bodies.push([&latin[..], b"\x80"].concat());
    bodies.push(b"\xFF\xFE<\0E\0".to_vec());
    bodies.push(b"\xFE\xFF\0<\0E".to_vec());
    bodies.push(b"<\0E\0".to_vec());
    bodies
}
