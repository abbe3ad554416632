//! A service generated around the types of `vmomi-api`, against a simulated vCenter.

use std::sync::Arc;

use vmomi_api::vim25::{self, InvalidLogin, NotAuthenticated, ServiceInstance};
use vmomi_example::policies::pbm::{
    PbmCapabilityProfile, PbmProfile, PbmProfileResourceType, PbmServiceInstance, SERVICE,
};
use vmomi_runtime::transport::{HttpsTransport, ServerUrl};
use vmomi_runtime::{Connection, Dyn, Stub};
use vmomi_tests::vcsim::Vcsim;

#[tokio::test]
async fn policies_are_read_in_the_session_of_the_whole_api() {
    let server = Vcsim::builder().plain_http().start().unwrap();
    let url: ServerUrl = server.url().parse().unwrap();
    let transport = HttpsTransport::builder(url).build().unwrap();
    let vim = Connection::new(Arc::new(transport), &vim25::SERVICE);
    let content = ServiceInstance::with_id("ServiceInstance", &vim)
        .retrieve_service_content()
        .await
        .unwrap();
    let sessions = content.session_manager.unwrap().bind(&vim);
    let refused = sessions.login("nobody", "wrong", None).await.unwrap_err();
    assert!(refused.fault_is::<InvalidLogin>(), "{refused}");
    sessions
        .login(server.user(), server.password(), None)
        .await
        .unwrap();

    let pbm = vim.clone().with_service(&SERVICE);
    let content = PbmServiceInstance::with_id("ServiceInstance", &pbm)
        .pbm_retrieve_service_content()
        .await
        .unwrap();
    let profiles = content.profile_manager.bind(&pbm);
    let storage = PbmProfileResourceType {
        resource_type: "STORAGE".into(),
        ..Default::default()
    };
    let ids = profiles.pbm_query_profile(&storage, None).await.unwrap();
    let policies: Vec<Dyn<PbmProfile>> = profiles.pbm_retrieve_content(&ids).await.unwrap();
    assert!(!policies.is_empty());
    for policy in &policies {
        assert!(policy.downcast_ref::<PbmCapabilityProfile>().is_some());
        // One type, and not one of the same name: `vmomi-api` knows nothing of this crate's policies.
        let base: &vim25::DynamicData = policy;
        assert_eq!(*base, vim25::DynamicData::default());
    }

    sessions.logout().await.unwrap();
    let ended = profiles.pbm_query_profile(&storage, None).await;
    let error = ended.unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error}");
}
