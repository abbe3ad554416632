//! The virtual machines of a server.

use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Connection, Error, ManagedObjectReference, Stub};

use crate::api::vim25::{
    ObjectSpec, PowerState, PropertyFilterSpec, PropertySpec, RetrieveOptions, RetrieveResult,
    ServiceContent, ServiceInstance, TaskInfo, TraversalSpec, VirtualMachine,
    VirtualMachineRuntimeInfo,
};

/// A virtual machine as it was when it was listed.
#[derive(Debug)]
pub struct Machine {
    /// Makes calls on it.
    pub stub: VirtualMachine,
    /// Its name.
    pub name: String,
    /// Whether it runs.
    pub power: PowerState,
}

/// What the server has to offer. Needs no session.
///
/// # Errors
/// When the call fails.
pub async fn content(connection: &Connection) -> Result<ServiceContent, Error> {
    let instance = ManagedObjectReference::new("ServiceInstance", "ServiceInstance");
    ServiceInstance::bind(instance, connection)
        .retrieve_service_content()
        .await
}

/// Every virtual machine.
///
/// # Errors
/// When a call fails.
pub async fn machines(
    connection: &Connection,
    content: &ServiceContent,
) -> Result<Vec<Machine>, Error> {
    let Some(views) = &content.view_manager else {
        return Ok(Vec::new());
    };
    let kinds = ["VirtualMachine".to_owned()];
    let view = views
        .bind(connection)
        .create_container_view(&content.root_folder.clone().cast(), &kinds, true)
        .await?;
    let view = view.into_untyped();
    let traversal = TraversalSpec {
        r#type: view.type_name().to_owned(),
        path: "view".to_owned(),
        skip: Some(false),
        ..Default::default()
    };
    let object = ObjectSpec {
        obj: view,
        skip: Some(true),
        select_set: vec![vmomi_runtime::Dyn::new(traversal)],
        ..Default::default()
    };
    let found = retrieve(
        connection,
        content,
        object,
        "VirtualMachine",
        &["name", "runtime"],
    )
    .await?;
    let machines = found.objects.into_iter().map(|object| {
        let mut machine = Machine {
            stub: VirtualMachine::bind(object.obj, connection),
            name: String::new(),
            power: PowerState::default(),
        };
        for property in object.prop_set {
            match property.name.as_str() {
                "name" => machine.name = String::from_any(property.val).unwrap_or_default(),
                "runtime" => {
                    let runtime = VirtualMachineRuntimeInfo::from_any(property.val);
                    machine.power = runtime.unwrap_or_default().power_state;
                }
                _ => {}
            }
        }
        machine
    });
    Ok(machines.collect())
}

/// How a task stands.
///
/// # Errors
/// When the call fails.
pub async fn task_info(
    connection: &Connection,
    content: &ServiceContent,
    task: &ManagedObjectReference,
) -> Result<TaskInfo, Error> {
    let object = ObjectSpec {
        obj: task.clone(),
        ..Default::default()
    };
    let found = retrieve(connection, content, object, "Task", &["info"]).await?;
    let mut properties = found.objects.into_iter().flat_map(|object| object.prop_set);
    let info = properties
        .next()
        .map(|property| TaskInfo::from_any(property.val));
    Ok(info.and_then(Result::ok).unwrap_or_default())
}

async fn retrieve(
    connection: &Connection,
    content: &ServiceContent,
    object: ObjectSpec,
    kind: &str,
    paths: &[&str],
) -> Result<RetrieveResult, Error> {
    let properties = PropertySpec {
        r#type: kind.to_owned(),
        path_set: paths.iter().map(|path| (*path).to_owned()).collect(),
        ..Default::default()
    };
    let filter = PropertyFilterSpec {
        prop_set: vec![properties],
        object_set: vec![object],
        ..Default::default()
    };
    let collector = content.property_collector.bind(connection);
    let found = collector
        .retrieve_properties_ex(&[filter], &RetrieveOptions::default())
        .await?;
    Ok(found.unwrap_or_default())
}
