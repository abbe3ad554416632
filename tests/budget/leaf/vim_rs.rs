//! Prints the virtual machines of a server with their power states: `leaf HOST:PORT USER PASSWORD`.

use std::error::Error;

use vim_rs::core::ClientBuilder;
use vim_rs::core::client::TransportMode;
use vim_rs::core::pc_retrieve::ObjectRetriever;
use vim_rs::types::enums::VirtualMachinePowerStateEnum;
use vim_rs::vim_retrievable;

vim_retrievable!(
    struct Machine: VirtualMachine {
        name = "name",
        power_state = "runtime.power_state",
    }
);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, user, password] = arguments.as_slice() else {
        return Err("leaf HOST:PORT USER PASSWORD".into());
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(list(server, user, password))
}

async fn list(server: &str, user: &str, password: &str) -> Result<(), Box<dyn Error>> {
    let client = ClientBuilder::new(server)
        .transport(TransportMode::Soap)
        .insecure(true)
        .basic_authn(user, password)
        .build()
        .await?;
    let root = client.service_content().root_folder.clone();
    let retriever = ObjectRetriever::new(client.clone())?;
    let machines: Vec<Machine> = retriever.retrieve_objects_from_container(&root).await?;
    for machine in machines {
        let power_state: &VirtualMachinePowerStateEnum = &machine.power_state;
        println!("{}: {power_state:?}", machine.name);
    }
    client.close().await?;
    Ok(())
}
