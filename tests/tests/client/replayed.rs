//! The recorded conversation with the storage policies of a real vCenter, held again: each request of ours says the same
//! as the one recorded, and gets the recorded answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use vmomi::pbm::{
    self, PbmCapabilityProfile, PbmProfileResourceType, PbmPropertyMismatchFault,
    PbmServiceInstance,
};
use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::{Client, Credentials, Stub};
use vmomi_tests::recorded::{Exchange, exchanges_or_skip};
use vmomi_tests::xml::equivalent;

/// The session that the recorded requests name.
const SESSION: &str = "vmware_soap_session=\"bb15eed326ea9a307c1d50e9ff8e5c1048652b80\"; Path=/";

#[derive(Clone, Debug)]
struct Replay(Arc<Mutex<VecDeque<Exchange>>>);

impl Transport for Replay {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let response = if request.method == Method::GET {
            Response::complete(StatusCode::NOT_FOUND, HeaderMap::new(), "")
        } else {
            self.answer(&request)
        };
        Box::pin(std::future::ready(Ok(response)))
    }
}

impl Replay {
    fn answer(&self, request: &Request) -> Response {
        let exchange = self.0.lock().unwrap().pop_front().unwrap();
        let body = std::str::from_utf8(&request.body).unwrap();
        let is_pbm = exchange.operation.starts_with("Pbm");
        assert_eq!(request.path, if is_pbm { "/pbm/sdk" } else { "/sdk" });
        // What logs in differs: user and language are ours.
        if is_pbm {
            let action = &request.headers["soapaction"];
            assert_eq!(action, "\"urn:pbm/6.5\"", "{exchange}");
            equivalent(&exchange.request, body)
                .unwrap_or_else(|mismatch| panic!("{exchange}: {mismatch}\n{body}"));
        }
        let mut headers = HeaderMap::new();
        if exchange.operation == "Login" {
            headers.insert(SET_COOKIE, HeaderValue::from_static(SESSION));
        }
        Response::complete(StatusCode::OK, headers, exchange.response)
    }
}

#[tokio::test]
async fn the_recorded_requests_are_made_again() {
    let Some(exchanges) = exchanges_or_skip() else {
        return;
    };
    let of_policies = |exchange: &Exchange| exchange.conversation == "pbm_check_compatibility";
    let replay: VecDeque<_> = exchanges.into_iter().filter(of_policies).collect();
    let replay = Replay(Arc::new(Mutex::new(replay)));
    let client = Client::builder("http://replay.invalid/sdk")
        .unwrap()
        .credentials(Credentials::password("u", "p"))
        .version("6.5")
        .connect_through(replay.clone())
        .await
        .unwrap();

    let pbm = client.service(&pbm::SERVICE).await.unwrap();
    let instance = PbmServiceInstance::with_id("ServiceInstance", &pbm);
    let content = instance.pbm_retrieve_service_content().await.unwrap();
    let manager = content.profile_manager.bind(&pbm);
    let storage = PbmProfileResourceType {
        resource_type: "STORAGE".to_owned(),
        ..Default::default()
    };
    let ids = manager.pbm_query_profile(&storage, Some("REQUIREMENT"));
    let ids = ids.await.unwrap();
    let profiles = manager.pbm_retrieve_content(&ids).await.unwrap();
    let profile = profiles
        .iter()
        .find(|profile| profile.name == "test-profile");
    let profile = profile.unwrap();
    assert!(profile.is::<PbmCapabilityProfile>());

    let solver = content.placement_solver.bind(&pbm);
    let results = solver.pbm_check_compatibility(&[], &profile.profile_id);
    let results = results.await.unwrap();
    let mismatches = results.iter().flat_map(|result| &result.error);
    let mismatches: Vec<_> = mismatches
        .map(|error| {
            error
                .fault
                .downcast_ref::<PbmPropertyMismatchFault>()
                .unwrap()
        })
        .collect();
    assert!(!mismatches.is_empty());
    assert_eq!(mismatches[0].capability_instance_id.id, "test-tag-category");
    assert!(replay.0.lock().unwrap().is_empty());
}
