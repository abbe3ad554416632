//! A vCenter with a handful of virtual machines, which speaks SOAP and JSON.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};

use vmomi::runtime::AnyArray;
use vmomi::runtime::erased::into_any;
use vmomi::vim25::{
    AboutInfo, InvalidLogin, InvalidPowerState, InvalidProperty, LocalizedMethodFault,
    ManagedObjectNotFound, MethodFault, MissingProperty, NoPermission, NotAuthenticated,
    ObjectContent, ObjectUpdate, PropertyChange, PropertyFilterSpec, PropertyFilterUpdate,
    RetrieveOptions, RetrieveResult, ServiceContent, TaskInfo, TaskInfoState, TaskReasonUser,
    UpdateSet, UserSession, VirtualDevice, VirtualDisk, VirtualMachineConfigInfo,
    VirtualMachinePowerState, VirtualVmxnet3,
};
use vmomi::{Any, Dyn, ManagedObjectReference};

use crate::http::{HttpServer, Request, Response};
use crate::wire::{Call, Fault, Outcome, Reply};

pub const USER: &str = "administrator@vsphere.local";
pub const PASSWORD: &str = "p<a>s\"s & \u{fc}";
/// The API version that the server speaks JSON in.
pub const RELEASE: &str = "8.0.2.0";

/// What a server offers beside SOAP.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// JSON, and the version to speak it in where it is asked for: 8.0.2 and later.
    JsonAndHello,
    /// JSON, as 8.0.1 does.
    Json,
    /// Nothing, like ESXi: to what is no envelope it answers with a fault in SOAP.
    Nothing,
}

pub struct VCenter {
    http: HttpServer,
    calls: Arc<Mutex<Vec<String>>>,
}

impl VCenter {
    pub fn start(offer: Offer) -> Self {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let state = Mutex::new(State::default());
        let log = Arc::clone(&calls);
        let http = HttpServer::start(move |request| {
            answer(request, offer, &mut state.lock().unwrap(), &log)
        });
        Self { http, calls }
    }

    pub fn url(&self) -> String {
        format!("http://{}/sdk", self.http.address())
    }

    /// The calls that were made, such as `JSON Login`.
    pub fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }
}

fn answer(
    request: &Request,
    offer: Offer,
    state: &mut State,
    log: &Mutex<Vec<String>>,
) -> Response {
    const NOT_FOUND: &str = r#"{"error_type":"NOT_FOUND","messages":[]}"#;
    match (&*request.method, &*request.path) {
        ("GET", "/sdk/vimServiceVersions.xml") => {
            let versions = "<version>8.0.1.0</version>";
            let list = format!(
                "<namespaces><namespace><name>urn:vim25</name><version>{RELEASE}</version>\
                 <priorVersions>{versions}</priorVersions></namespace></namespaces>"
            );
            return Response::new(200, "text/xml", list);
        }
        ("POST", "/api/vcenter/system?action=hello") if offer == Offer::JsonAndHello => {
            let asked = String::from_utf8_lossy(&request.body).contains(RELEASE);
            let release = if asked { RELEASE } else { "" };
            let body = format!(r#"{{"api_release":"{release}"}}"#);
            return Response::new(200, "application/json", body);
        }
        ("POST", path) if path.starts_with("/api") => {
            return Response::new(404, "application/json", NOT_FOUND);
        }
        ("POST", _) => {}
        _ => return Response::new(404, "text/html", "<html>not here</html>"),
    }
    let call = if request.path == "/sdk" {
        Call::from_soap(request)
    } else if offer == Offer::Nothing {
        None
    } else {
        Call::from_json(request, RELEASE)
    };
    let Some(call) = call else {
        const NOT_WELL_FORMED: &str = "<soapenv:Envelope \
            xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>\
            <soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>not well-formed\
            </faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>";
        return Response::new(500, "text/xml", NOT_WELL_FORMED);
    };
    let name = format!("{} {}", call.protocol, call.operation);
    log.lock().unwrap().push(name);
    let outcome = state.perform(&call);
    match call.protocol {
        "SOAP" => outcome.into_soap(&call.operation),
        _ => outcome.into_json(),
    }
}

/// What changes.
#[derive(Default)]
struct State {
    sessions: HashSet<String>,
    /// How many names were given out.
    names: usize,
    /// By the identifier of the view.
    views: BTreeMap<String, Vec<ManagedObjectReference>>,
    /// What is left of retrievals, by token.
    pages: BTreeMap<String, (Vec<ObjectContent>, usize)>,
    /// The objects and properties of filters.
    filters: Vec<PropertyFilterSpec>,
    running: HashSet<String>,
    tasks: BTreeMap<String, TaskInfo>,
}

type Result<T> = std::result::Result<T, Fault>;

fn reference(type_name: &str, id: &str) -> ManagedObjectReference {
    ManagedObjectReference::new(type_name, id)
}

/// The machines' identifiers. The last one needs escaping in a path.
const MACHINES: [&str; 5] = ["vm-1", "vm-2", "vm-3", "vm-4", "vm[5]/\u{e9}"];

impl State {
    fn perform(&mut self, call: &Call) -> Outcome {
        let is_open = matches!(&*call.operation, "RetrieveServiceContent" | "Login");
        let has_session = call
            .session
            .as_ref()
            .is_some_and(|session| self.sessions.contains(session));
        if !is_open && !has_session {
            let fault = NotAuthenticated {
                base: NoPermission {
                    object: Some(call.object.clone()),
                    privilege_id: Some("System.View".to_owned()),
                    ..Default::default()
                },
            };
            let fault = Dyn::<MethodFault>::new(fault);
            return Outcome {
                result: Err(Fault::new(fault, "The session is not authenticated.")),
                new_session: None,
            };
        }
        let mut new_session = None;
        let result = self.call(call, &mut new_session);
        Outcome {
            result,
            new_session,
        }
    }

    fn call(&mut self, call: &Call, new_session: &mut Option<String>) -> Result<Option<Reply>> {
        Ok(match &*call.operation {
            "RetrieveServiceContent" => Some(Reply::of(&content())),
            "Login" => {
                let (user, password): (String, String) =
                    (call.required("userName"), call.required("password"));
                if (&*user, &*password) != (USER, PASSWORD) {
                    let fault = Dyn::<MethodFault>::new(InvalidLogin::default());
                    return Err(Fault::new(fault, "Cannot complete login."));
                }
                let key = self.name("session-");
                self.sessions.insert(key.clone());
                *new_session = Some(key);
                Some(Reply::of(&session(user)))
            }
            "Logout" => {
                self.sessions.clear();
                None
            }
            "CreateContainerView" => {
                let kinds: Vec<String> = call.list("type");
                assert!(call.required::<bool>("recursive"));
                let container: ManagedObjectReference = call.required("container");
                assert_eq!(container, reference("Folder", "group-d1"));
                let machines = MACHINES.map(|id| reference("VirtualMachine", id));
                let is_asked = kinds == ["VirtualMachine"];
                let objects = if is_asked {
                    machines.into()
                } else {
                    Vec::new()
                };
                let name = self.name("view-");
                self.views.insert(name.clone(), objects);
                Some(Reply::of(&reference("ContainerView", &name)))
            }
            "DestroyView" => {
                let known = self.views.remove(call.object.value());
                known.ok_or_else(|| not_found(&call.object))?;
                None
            }
            "RetrievePropertiesEx" => {
                let specs: Vec<PropertyFilterSpec> = call.list("specSet");
                let options: RetrieveOptions = call.required("options");
                let found: Vec<_> = specs
                    .iter()
                    .map(|spec| self.contents(spec))
                    .collect::<Result<_>>()?;
                let size = options.max_objects.map_or(usize::MAX, |most| most as usize);
                self.page(found.into_iter().flatten().collect(), size)
            }
            "ContinueRetrievePropertiesEx" => {
                let token: String = call.required("token");
                let (rest, size) = self.pages.remove(&token).unwrap();
                self.page(rest, size)
            }
            "CancelRetrievePropertiesEx" => {
                self.pages.remove(&call.required::<String>("token"));
                None
            }
            "PowerOnVM_Task" => Some(Reply::of(&self.power_on(&call.object)?)),
            "CreatePropertyCollector" => {
                let name = self.name("collector-");
                Some(Reply::of(&reference("PropertyCollector", &name)))
            }
            "CreateFilter" => {
                self.filters.push(call.required("spec"));
                let name = self.name("filter-");
                Some(Reply::of(&reference("PropertyFilter", &name)))
            }
            "WaitForUpdatesEx" => Some(Reply::of(&self.updates()?)),
            "DestroyPropertyCollector" => {
                self.filters.clear();
                None
            }
            other => panic!("{other} is not served"),
        })
    }

    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// The objects that a filter selects, with the properties that it asks for.
    fn contents(&self, spec: &PropertyFilterSpec) -> Result<Vec<ObjectContent>> {
        let paths = spec.prop_set.iter().flat_map(|set| &set.path_set);
        let paths: Vec<_> = paths.map(String::as_str).collect();
        let objects = spec.object_set.iter().flat_map(|object| {
            let view = self.views.get(object.obj.value());
            view.cloned().unwrap_or_else(|| vec![object.obj.clone()])
        });
        objects
            .map(|object| self.content(&object, &paths))
            .collect()
    }

    fn content(&self, object: &ManagedObjectReference, paths: &[&str]) -> Result<ObjectContent> {
        let mut content = ObjectContent {
            obj: object.clone(),
            ..Default::default()
        };
        for path in paths {
            match self.property(object, path)? {
                Some(val) => content.prop_set.push(vmomi::vim25::DynamicProperty {
                    name: (*path).to_owned(),
                    val,
                    ..Default::default()
                }),
                None => content.missing_set.push(missing(object, path)),
            }
        }
        Ok(content)
    }

    /// A property; `None` for one that may not be read.
    fn property(&self, object: &ManagedObjectReference, path: &str) -> Result<Option<Any>> {
        if let Some(task) = self.tasks.get(object.value()) {
            return Ok(Some(match path {
                "info" => into_any(task.clone()),
                "info.state" => into_any(task.state.clone()),
                "info.result" => task.result.clone().unwrap_or_default(),
                "info.error" => task.error.clone().map_or(Any::Nil, into_any),
                path => return Err(invalid(path)),
            }));
        }
        let id = object.value();
        let position = MACHINES.iter().position(|machine| *machine == id);
        let position = position.ok_or_else(|| not_found(object))?;
        let is_running = self.running.contains(id);
        Ok(Some(match path {
            "name" => Any::String(format!("machine <{position}> & \u{1F980}")),
            "runtime.powerState" => into_any(if is_running {
                VirtualMachinePowerState::PoweredOn
            } else {
                VirtualMachinePowerState::PoweredOff
            }),
            "summary.config.memorySizeMB" => Any::Int(1024 * i32::try_from(position).unwrap()),
            "summary.storage.committed" => Any::Long(-1),
            "runtime.host" => Any::Reference(reference("HostSystem", "host-1")),
            "config" => into_any(config(position)),
            "config.hardware.device" => {
                let mut array = vmomi::runtime::ObjectArray::new(
                    <VirtualDevice as vmomi::DataObject>::type_info(),
                );
                for device in config(position).hardware.device {
                    array.push(device.into_any()).unwrap();
                }
                Any::Array(AnyArray::Object(array))
            }
            "datastore" => Any::Array(AnyArray::Reference(vec![reference("Datastore", "ds-1")])),
            "guest" => return Ok(None),
            path => return Err(invalid(path)),
        }))
    }

    fn page(&mut self, mut objects: Vec<ObjectContent>, size: usize) -> Option<Reply> {
        if objects.is_empty() {
            return None;
        }
        let rest = objects.split_off(size.min(objects.len()));
        let token = (!rest.is_empty()).then(|| self.name("token-"));
        if let Some(token) = &token {
            self.pages.insert(token.clone(), (rest, size));
        }
        Some(Reply::of(&RetrieveResult {
            token,
            objects,
            ..Default::default()
        }))
    }

    fn power_on(&mut self, machine: &ManagedObjectReference) -> Result<ManagedObjectReference> {
        if !MACHINES.contains(&machine.value()) {
            return Err(not_found(machine));
        }
        let was_running = !self.running.insert(machine.value().to_owned());
        let name = self.name("task-");
        let error = was_running.then(|| {
            let fault = InvalidPowerState {
                requested_state: Some(VirtualMachinePowerState::PoweredOn),
                existing_state: VirtualMachinePowerState::PoweredOn,
                ..Default::default()
            };
            Box::new(LocalizedMethodFault {
                fault: Dyn::new(fault),
                localized_message: Some("It is powered on.".to_owned()),
                ..Default::default()
            })
        });
        let task = reference("Task", &name);
        let info = TaskInfo {
            key: name.clone(),
            task: task.clone().typed(),
            description_id: "VirtualMachine.powerOn".to_owned(),
            entity: Some(machine.clone().typed()),
            state: match error {
                Some(_) => TaskInfoState::Error,
                None => TaskInfoState::Success,
            },
            error,
            reason: Dyn::new(TaskReasonUser {
                user_name: USER.to_owned(),
                ..Default::default()
            }),
            ..Default::default()
        };
        self.tasks.insert(name, info);
        Ok(task)
    }

    /// Everything that filters ask for: nothing here changes afterwards.
    fn updates(&self) -> Result<UpdateSet> {
        let mut filter_set = Vec::new();
        for spec in &self.filters {
            let mut update = PropertyFilterUpdate {
                filter: reference("PropertyFilter", "filter-1").typed(),
                ..Default::default()
            };
            for content in self.contents(spec)? {
                let changes = content.prop_set.into_iter().map(|property| PropertyChange {
                    name: property.name,
                    op: "assign".into(),
                    val: Some(property.val).filter(|val| *val != Any::Nil),
                    ..Default::default()
                });
                update.object_set.push(ObjectUpdate {
                    kind: "enter".into(),
                    obj: content.obj,
                    change_set: changes.collect(),
                    ..Default::default()
                });
            }
            filter_set.push(update);
        }
        Ok(UpdateSet {
            version: "1".to_owned(),
            filter_set,
            ..Default::default()
        })
    }
}

fn content() -> ServiceContent {
    let one = |name: &str| reference(name, name);
    ServiceContent {
        root_folder: reference("Folder", "group-d1").typed(),
        property_collector: one("PropertyCollector").typed(),
        view_manager: Some(one("ViewManager").typed()),
        session_manager: Some(one("SessionManager").typed()),
        about: AboutInfo {
            name: "VMware vCenter Server".to_owned(),
            api_type: "VirtualCenter".to_owned(),
            api_version: RELEASE.to_owned(),
            ..Default::default()
        },
        ..Default::default()
    }
}

fn session(user: String) -> UserSession {
    UserSession {
        key: "5f".to_owned(),
        user_name: user,
        locale: "en".to_owned(),
        ..Default::default()
    }
}

fn config(position: usize) -> VirtualMachineConfigInfo {
    let key = 1000 * i32::try_from(position).unwrap();
    let mut disk = VirtualDisk {
        capacity_in_kb: 1 << 40,
        ..Default::default()
    };
    disk.key = key;
    let mut card = VirtualVmxnet3 {
        uptv2_enabled: Some(true),
        ..Default::default()
    };
    card.key = key + 1;
    card.mac_address = Some("00:50:56:00:00:01".to_owned());
    let mut config = VirtualMachineConfigInfo {
        name: "a machine".to_owned(),
        annotation: Some("line\nline\ttab".to_owned()),
        ..Default::default()
    };
    config.hardware.num_cpu = 4;
    config.hardware.memory_mb = 2048;
    config.hardware.device = vec![Dyn::new(disk), Dyn::new(card)];
    config
}

fn missing(object: &ManagedObjectReference, path: &str) -> MissingProperty {
    let fault = NoPermission {
        object: Some(object.clone()),
        privilege_id: Some("System.Read".to_owned()),
        ..Default::default()
    };
    MissingProperty {
        path: path.to_owned(),
        fault: LocalizedMethodFault {
            fault: Dyn::new(fault),
            ..Default::default()
        },
        ..Default::default()
    }
}

fn invalid(path: &str) -> Fault {
    let fault = InvalidProperty {
        name: path.to_owned(),
        ..Default::default()
    };
    Fault::new(Dyn::<MethodFault>::new(fault), "There is no such property.")
}

fn not_found(object: &ManagedObjectReference) -> Fault {
    let fault = ManagedObjectNotFound {
        obj: object.clone(),
        ..Default::default()
    };
    Fault::new(Dyn::<MethodFault>::new(fault), "It was deleted.")
}
