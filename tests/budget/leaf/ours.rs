//! Prints the virtual machines of a server with their power states: `leaf HOST:PORT USER PASSWORD`.

use std::error::Error;

use vmomi::vim25::{VirtualMachine, VirtualMachinePowerState};
use vmomi::{Client, Credentials, Trust};

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
    let client = Client::builder(&format!("https://{server}/sdk"))?
        .credentials(Credentials::password(user, password))
        .trust(Trust::Insecure)
        .connect()
        .await?;
    let machines = client
        .retrieve::<VirtualMachine>(["name", "runtime.powerState"])
        .collect()
        .await?;
    for mut machine in machines {
        let name: String = machine.take("name")?;
        let power_state: VirtualMachinePowerState = machine.take("runtime.powerState")?;
        println!("{name}: {power_state}");
    }
    client.logout().await?;
    Ok(())
}
