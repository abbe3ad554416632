//! Services besides vim25: storage policies, which vcsim has, in the session of vim25.

use vmomi::pbm::{
    self, PbmCapabilityProfile, PbmCapabilityProfileCreateSpec, PbmCapabilitySubProfile,
    PbmCapabilitySubProfileConstraints, PbmProfile, PbmProfileId, PbmProfileProfileManager,
    PbmProfileResourceType, PbmServerObjectRef, PbmServiceInstance, PbmServiceInstanceContent,
};
use vmomi::sms::SmsStorageManager;
use vmomi::vim25::{Datastore, Folder, InvalidArgument, NotFound, RuntimeFault};
use vmomi::{
    Client, Connection, Dyn, Error, ManagedObject, ManagedObjectReference, PendingTask, Stub,
    TaskExt,
};
use vmomi_tests::vcsim::Vcsim;

use crate::recorder::Recorder;
use crate::scripted::Scripted;
use crate::{connect, server};

/// The connection to the storage policies.
async fn policies(client: &Client) -> Connection {
    let connection = client.service(&pbm::SERVICE).await.unwrap();
    assert_eq!(connection.endpoint(), "/pbm/sdk");
    // Another simulator than ours serves them where govmomi looks for them.
    match std::env::var_os("VCSIM") {
        Some(_) => connection.with_endpoint("/pbm"),
        None => connection,
    }
}

async fn content(connection: &Connection) -> PbmServiceInstanceContent {
    let instance = PbmServiceInstance::with_id("ServiceInstance", connection);
    instance.pbm_retrieve_service_content().await.unwrap()
}

async fn manager(connection: &Connection) -> PbmProfileProfileManager {
    content(connection).await.profile_manager.bind(connection)
}

fn storage() -> PbmProfileResourceType {
    PbmProfileResourceType {
        resource_type: "STORAGE".to_owned(),
        ..Default::default()
    }
}

fn created() -> PbmCapabilityProfileCreateSpec {
    PbmCapabilityProfileCreateSpec {
        name: "of the test <&>".to_owned(),
        category: Some("REQUIREMENT".to_owned()),
        resource_type: storage(),
        constraints: Dyn::new(PbmCapabilitySubProfileConstraints {
            sub_profiles: vec![PbmCapabilitySubProfile {
                name: "empty".to_owned(),
                ..Default::default()
            }],
            ..Default::default()
        }),
        ..Default::default()
    }
}

async fn ids(manager: &PbmProfileProfileManager) -> Vec<PbmProfileId> {
    let storage = storage();
    let ids = manager.pbm_query_profile(&storage, Some("REQUIREMENT"));
    ids.await.unwrap()
}

#[tokio::test]
async fn profiles_are_listed_and_their_content_is_typed() {
    let server = server();
    let client = connect(&server).await;
    let connection = policies(&client).await;
    assert_eq!(content(&connection).await.about_info.name, "PBM");

    let manager = manager(&connection).await;
    let ids = ids(&manager).await;
    assert!(!ids.is_empty());
    let profiles = manager.pbm_retrieve_content(&ids).await.unwrap();
    assert_eq!(profiles.len(), ids.len());
    let rules = |profile: &Dyn<PbmProfile>| -> usize {
        let profile = profile.downcast_ref::<PbmCapabilityProfile>().unwrap();
        let constraints = &profile.constraints;
        let constraints = constraints.downcast_ref::<PbmCapabilitySubProfileConstraints>();
        let parts = constraints.map_or(&[][..], |constraints| &constraints.sub_profiles);
        parts.iter().map(|part| part.capability.len()).sum()
    };
    assert!(profiles.iter().map(rules).sum::<usize>() > 3);
}

#[tokio::test]
async fn a_profile_is_made_and_deleted() {
    let server = server();
    let client = connect(&server).await;
    let manager = manager(&policies(&client).await).await;
    let before = ids(&manager).await;

    let id = manager.pbm_create(&created()).await.unwrap();
    assert_eq!(ids(&manager).await.len(), before.len() + 1);
    let profiles = manager
        .pbm_retrieve_content(std::slice::from_ref(&id))
        .await;
    assert_eq!(profiles.unwrap()[0].name, created().name);

    manager.pbm_delete(std::slice::from_ref(&id)).await.unwrap();
    assert_eq!(ids(&manager).await, before);
}

#[tokio::test]
async fn a_fault_of_vim25_is_typed_in_an_answer_of_another_service() {
    let server = server();
    let client = connect(&server).await;
    let manager = manager(&policies(&client).await).await;
    let nobody = PbmProfileId {
        unique_id: "none".to_owned(),
        ..Default::default()
    };
    let error = manager.pbm_retrieve_content(&[nobody]).await.unwrap_err();
    let error = Error::from(error);
    assert!(error.fault_is::<RuntimeFault>(), "{error}");
    let argument = error.find_fault::<InvalidArgument>().unwrap();
    assert_eq!(argument.invalid_property.as_deref(), Some("profileId"));
}

#[tokio::test]
async fn objects_of_vim25_are_named_in_calls_of_another_service() {
    let server = server();
    let client = connect(&server).await;
    let connection = policies(&client).await;
    let datastores = client.retrieve::<Datastore>(["name"]).collect().await;
    let datastores = datastores.unwrap();
    let datastore = datastores[0].reference();
    let entity = PbmServerObjectRef {
        object_type: "datastore".to_owned(),
        key: datastore.value().to_owned(),
        ..Default::default()
    };
    let manager = manager(&connection).await;
    let associated = manager.pbm_query_associated_profile(&entity).await;
    assert_eq!(associated.unwrap(), []);

    let solver = content(&connection)
        .await
        .placement_solver
        .bind(&connection);
    let hubs = solver.pbm_check_requirements(&[], None, &[]).await.unwrap();
    let hubs: Vec<_> = hubs.iter().map(|result| &*result.hub.hub_id).collect();
    assert_eq!(hubs, [datastore.value()]);
}

/// What the service is told, and what vim25 is not.
#[tokio::test]
async fn the_session_goes_along_in_the_header_of_the_envelope() {
    let server = server();
    let recorder = Recorder::new(&server);
    let client = recorder.connect(&server).await;
    let connection = policies(&client).await;
    manager(&connection)
        .await
        .pbm_create(&created())
        .await
        .unwrap();

    let created = recorder.body_of("PbmCreate");
    let (_, header) = created.split_once("<soapenv:Header>").unwrap();
    let (header, body) = header.split_once("</soapenv:Header>").unwrap();
    let session = header.strip_prefix("<vcSessionCookie>").unwrap();
    let session = session.strip_suffix("</vcSessionCookie>").unwrap();
    assert!(
        session.len() > 8 && !session.contains(['"', ';', '=']),
        "{session}"
    );
    assert!(
        body.contains(r#"<constraints xsi:type="PbmCapabilitySubProfileConstraints">"#),
        "{body}"
    );
    assert!(!recorder.body_of("Login").contains("vcSessionCookie"));

    // It is shown nowhere, and told no more when it has ended.
    assert!(!format!("{connection:?} {client:?}").contains(session));
    client.logout().await.unwrap();
    content(&connection).await;
    let after = recorder.body_of("PbmRetrieveServiceContent");
    assert!(!after.contains("vcSessionCookie"), "{after}");
}

/// As the task that a service gives has to be awaited with vim25.
#[tokio::test]
async fn calls_of_vim25_go_where_they_did_through_any_connection() {
    let server = server();
    let client = connect(&server).await;
    let connection = policies(&client).await;
    assert_eq!(connection.service().name, "pbm");
    let folder: Folder = client.root_folder().bind(&connection);
    let made = folder.create_folder("by another way").await.unwrap();
    let names = client.retrieve::<Folder>(["name"]).of_objects([made]);
    let mut names = names.collect().await.unwrap();
    let name: String = names[0].take("name").unwrap();
    assert_eq!(name, "by another way");
}

/// Which version that is: the newest that is no newer than the one agreed on with vim25.
#[tokio::test]
async fn the_version_follows_that_of_vim25_where_the_server_lists_none() {
    let server: Vcsim = server();
    for (vim25, pbm) in [("6.7", "6.7"), ("8.0.1.0", "8.0.1.0"), ("5.5", "2.0")] {
        let client = Client::builder(server.url_with_credentials()).unwrap();
        let client = client.version(vim25).trust(vmomi::Trust::Insecure);
        let client = client.connect().await.unwrap();
        assert_eq!(policies(&client).await.version(), pbm);
    }
}

/// Tasks that no property collector knows are asked until they have ended.
#[tokio::test]
async fn tasks_of_sms_and_vslm_are_awaited_as_any_other() {
    let sms = |state: &str, rest: &str| {
        format!(
            r#"<returnval><key>1</key><task type="SmsTask">SmsTask-1</task><state>{state}</state>{rest}</returnval>"#
        )
    };
    let fault =
        r#"<error><fault xsi:type="NotFound"/><localizedMessage>gone</localizedMessage></error>"#;
    let result = r#"<result xsi:type="xsd:string">done</result>"#;
    let (client, script) = Scripted::connect([
        (
            "UnregisterProvider_Task",
            "<providerId>p-1</providerId>",
            r#"<returnval type="SmsTask">SmsTask-1</returnval>"#.to_owned(),
        ),
        ("QuerySmsTaskInfo", ">SmsTask-1<", sms("queued", "")),
        ("QuerySmsTaskInfo", ">SmsTask-1<", sms("error", fault)),
        (
            "VslmQueryInfo",
            ">VslmTask-1<",
            format!("<returnval><state>success</state>{result}</returnval>"),
        ),
    ])
    .await;
    let manager = SmsStorageManager::with_id("storageManager", client.connection());
    let task = manager.unregister_provider_task("p-1").await.unwrap();
    let error = task.wait().await.unwrap_err();
    assert!(error.fault_is::<NotFound>(), "{error}");

    let task = ManagedObjectReference::new("VslmTask", "VslmTask-1");
    let task = PendingTask::<String>::new(ManagedObject::bind(task, client.connection()));
    assert_eq!(task.wait().await.unwrap(), "done");
    assert_eq!(script.left(), 0);
}
