//! Lists the virtual machines of a server with vim_rs: `list HOST:PORT USER PASSWORD`.

use std::error::Error;
use std::process::ExitCode;

use tokio::runtime::Runtime;
use vim_rs::core::ClientBuilder;
use vim_rs::core::client::TransportMode;
use vim_rs::core::pc_retrieve::ObjectRetriever;
use vim_rs::types::enums::VirtualMachinePowerStateEnum;
use vim_rs::types::structs::ManagedObjectReference;
use vim_rs::vim_retrievable;
use worker::{Content, Gauge};

vim_retrievable!(
    struct Machine: VirtualMachine {
        name = "name",
        power_state = "runtime.power_state",
    }
);

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => worker::fail(&error),
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, user, password] = arguments.as_slice() else {
        return Err("list HOST:PORT USER PASSWORD".into());
    };
    let runtime = Runtime::new()?;
    let client = runtime.block_on(
        ClientBuilder::new(server)
            .transport(TransportMode::Soap)
            .insecure(true)
            .basic_authn(user, password)
            .build(),
    )?;
    let retriever = ObjectRetriever::new(client.clone())?;
    let root = client.service_content().root_folder.clone();
    let served =
        worker::serve(|measure, gauge| perform(measure, gauge, &runtime, &retriever, &root));
    runtime.block_on(client.close())?;
    Ok(served)
}

/// The crate's own retrieval of many objects, which asks for pages of 100.
fn perform(
    measure: &str,
    gauge: &mut Gauge,
    runtime: &Runtime,
    retriever: &ObjectRetriever,
    root: &ManagedObjectReference,
) -> Result<Content, Box<dyn Error>> {
    if measure != "list in pages" {
        return Err(format!("no such measure: {measure}").into());
    }
    let machines: Vec<Machine> =
        gauge.measure(|| runtime.block_on(retriever.retrieve_objects_from_container(root)))?;
    let powered_on = machines
        .iter()
        .filter(|machine| machine.power_state == VirtualMachinePowerStateEnum::PoweredOn)
        .count();
    let named = machines
        .iter()
        .filter(|machine| !machine.name.is_empty())
        .count();
    Ok(vec![("machines", named), ("powered_on", powered_on)])
}
