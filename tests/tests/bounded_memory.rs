//! How much memory decoding takes: for a whole response a small multiple of its bytes, for one that
//! arrives in pieces no more than for one that is there, for pages no more than one page.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use allocation_counter::{AllocationInfo, measure};
use http::{HeaderMap, StatusCode};
use vmomi::runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder};
use vmomi::runtime::erased::Returned;
use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::vim25::{RetrieveResult, TYPES, VirtualMachine, VirtualMachineConfigInfo};
use vmomi::{Any, Client, Credentials};

/// What one virtual machine has in the responses made here.
fn machine(number: usize) -> String {
    let mut devices = String::new();
    for key in 0..12 {
        write!(
            devices,
            r#"<device xsi:type="VirtualDisk"><key>{key}</key>
            <deviceInfo xsi:type="Description"><label>Hard disk {key}</label>
            <summary>10,485,760 KB</summary></deviceInfo>
            <backing xsi:type="VirtualDiskFlatVer2BackingInfo">
            <fileName>[datastore1] machine-{number}/disk-{key}.vmdk</fileName>
            <datastore type="Datastore">datastore-52</datastore><diskMode>persistent</diskMode>
            <thinProvisioned>true</thinProvisioned></backing><controllerKey>1000</controllerKey>
            <unitNumber>{key}</unitNumber><capacityInKB>10485760</capacityInKB></device>"#
        )
        .unwrap();
    }
    format!(
        r#"<objects><obj type="VirtualMachine">vm-{number}</obj><propSet><name>config</name>
        <val xsi:type="VirtualMachineConfigInfo"><changeVersion>1</changeVersion>
        <name>machine-{number}</name><guestFullName>Other Linux (64-bit)</guestFullName>
        <hardware><numCPU>2</numCPU><memoryMB>4096</memoryMB>{devices}</hardware>
        </val></propSet></objects>"#
    )
}

fn envelope(operation: &str, content: &str) -> String {
    format!(
        r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
        <{operation}Response xmlns="urn:vim25">{content}</{operation}Response>
        </soapenv:Body></soapenv:Envelope>"#
    )
}

/// A response as large as `machines` are.
fn response(machines: usize) -> String {
    let objects: String = (0..machines).map(machine).collect();
    let content = format!("<returnval>{objects}</returnval>");
    envelope("RetrievePropertiesEx", &content)
}

fn decode(pieces: impl Iterator<Item = impl AsRef<[u8]>>) -> Any {
    let result = Option::<RetrieveResult>::SHAPE;
    let mut decoder = EnvelopeDecoder::new(result, &TYPES, &DecodeOptions::default());
    for piece in pieces {
        decoder.feed(piece.as_ref()).unwrap();
    }
    match decoder.finish().unwrap() {
        Answer::Value(value) => value,
        Answer::Fault(fault) => panic!("{fault:?}"),
    }
}

/// What decoding takes, the value included.
fn measure_decoding(xml: &[u8], piece: usize) -> AllocationInfo {
    let mut value = Any::Nil;
    let taken = measure(|| value = decode(xml.chunks(piece)));
    let result = RetrieveResult::from_any(value).unwrap();
    let Any::Object(config) = &result.objects[1].prop_set[0].val else {
        panic!("no object");
    };
    let config = config.downcast_ref::<VirtualMachineConfigInfo>().unwrap();
    assert_eq!(config.hardware.device.len(), 12);
    taken
}

#[test]
fn a_whole_response_takes_at_most_three_times_its_bytes() {
    let xml = response(200);
    let taken = measure_decoding(xml.as_bytes(), xml.len());
    let peak = taken.bytes_max + xml.len() as u64;
    assert!(peak <= 3 * xml.len() as u64, "{taken:?} of {}", xml.len());
}

#[test]
fn beside_the_value_pieces_take_what_one_of_them_has() {
    const PIECE: usize = 4 << 10;
    let few = measure_decoding(response(50).as_bytes(), PIECE);
    let many = measure_decoding(response(500).as_bytes(), PIECE);
    for taken in [&few, &many] {
        // The list of objects is copied when it grows.
        let growing = taken.bytes_current / 20;
        let beside_value = taken.bytes_max - taken.bytes_current.unsigned_abs();
        assert!(
            beside_value <= 4 * PIECE as u64 + growing.unsigned_abs(),
            "{taken:?}"
        );
    }
}

/// A server with many pages of machines, each made when it is asked for.
#[derive(Debug)]
struct Inventory {
    pages: usize,
    sent: AtomicUsize,
}

const PAGE: usize = 20;

impl Inventory {
    fn page(&self) -> String {
        let page = self.sent.fetch_add(1, Ordering::Relaxed);
        let token = if page + 1 < self.pages {
            "<token>0</token>"
        } else {
            ""
        };
        let objects: String = (0..PAGE).map(|n| machine(page * PAGE + n)).collect();
        format!("<returnval>{token}{objects}</returnval>")
    }
}

impl Transport for Inventory {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        const CONTENT: &str = r#"<returnval><rootFolder type="Folder">group-d1</rootFolder>
            <propertyCollector type="PropertyCollector">collector</propertyCollector>
            <about><name>many</name><fullName>many</fullName><vendor>test</vendor>
            <version>9.1</version><build>1</build><osType>none</osType>
            <productLineId>vpx</productLineId><apiType>VirtualCenter</apiType>
            <apiVersion>9.1.1.0</apiVersion></about>
            <sessionManager type="SessionManager">SessionManager</sessionManager></returnval>"#;
        const SESSION: &str =
            "<returnval><key>1</key><userName>u</userName><fullName>u</fullName></returnval>";
        let called = String::from_utf8_lossy(&request.body);
        let calls = |operation: &str| called.contains(&format!("<{operation} "));
        let body = if calls("RetrieveServiceContent") {
            envelope("RetrieveServiceContent", CONTENT)
        } else if calls("Login") {
            envelope("Login", SESSION)
        } else if calls("RetrievePropertiesEx") {
            envelope("RetrievePropertiesEx", &self.page())
        } else {
            envelope("ContinueRetrievePropertiesEx", &self.page())
        };
        let response = Response::complete(StatusCode::OK, HeaderMap::new(), body);
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// What retrieving takes, for a program that keeps nothing of it.
fn measure_retrieving(pages: usize) -> AllocationInfo {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let retrieve = async || {
        let inventory = Inventory {
            pages,
            sent: AtomicUsize::new(0),
        };
        let client = Client::builder("http://many.invalid/sdk")
            .unwrap()
            .credentials(Credentials::password("u", "p"))
            .version("9.1.1.0")
            .connect_through(inventory)
            .await
            .unwrap();
        let mut pages = client
            .retrieve::<VirtualMachine>(["config"])
            .of_objects([client.root_folder().as_ref().clone().typed()])
            .start()
            .await
            .unwrap();
        let mut machines = 0;
        while let Some(page) = pages.next_page().await.unwrap() {
            machines += page.len();
        }
        machines
    };
    let mut machines = 0;
    let taken = measure(|| machines = runtime.block_on(retrieve()));
    assert_eq!(machines, pages * PAGE);
    taken
}

#[test]
fn pages_take_what_one_of_them_takes() {
    // The first run also takes what is kept for the whole program.
    measure_retrieving(1);
    let few = measure_retrieving(3);
    let many = measure_retrieving(60);
    assert!(
        many.bytes_max <= few.bytes_max + few.bytes_max / 10,
        "{few:?} and {many:?}"
    );
    assert!(many.bytes_total > 10 * few.bytes_total, "{many:?}");
}
