//! Prints all virtual machines of a server with power state, CPUs, memory and host.
//!
//! ```text
//! cargo run -p vmomi --example inventory -- --url https://user:pass@HOST:PORT/sdk --insecure
//! ```

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use vmomi::vim25::{HostSystem, VirtualMachine, VirtualMachinePowerState};
use vmomi::{Client, Credentials, MoRef, Trust};

/// Lists the virtual machines of a vCenter or ESXi server.
#[derive(Parser)]
struct Arguments {
    /// The server: `https://user:password@vcenter.example/sdk`.
    #[arg(long)]
    url: String,
    /// The user, if the URL has none.
    #[arg(long, requires = "password_file")]
    user: Option<String>,
    /// A file with the password, so that it does not stand in the process list.
    #[arg(long, requires = "user")]
    password_file: Option<std::path::PathBuf>,
    /// Accept any certificate.
    #[arg(long)]
    insecure: bool,
}

/// One line of the table.
struct Row {
    name: String,
    power_state: VirtualMachinePowerState,
    cpus: Option<i32>,
    memory_mb: Option<i32>,
    host: Option<MoRef<HostSystem>>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `?` in main would show the error as Debug does.
            let _ = writeln!(std::io::stderr(), "inventory: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder(&arguments.url)?;
    if let (Some(user), Some(file)) = (arguments.user, arguments.password_file) {
        let password = std::fs::read_to_string(file)?;
        builder = builder.credentials(Credentials::password(user, password.trim_end()));
    }
    if arguments.insecure {
        builder = builder.trust(Trust::Insecure);
    }
    let client = builder.connect().await?;

    let table = inventory(&client).await;
    client.logout().await?;
    std::io::stdout().write_all(table?.as_bytes())?;
    Ok(())
}

async fn inventory(client: &Client) -> Result<String, vmomi::Error> {
    let mut hosts = HashMap::new();
    for mut host in client.retrieve::<HostSystem>(["name"]).collect().await? {
        hosts.insert(host.reference().clone(), host.take::<String>("name")?);
    }
    let machines = client.retrieve::<VirtualMachine>([
        "name",
        "runtime.powerState",
        "config.hardware.numCPU",
        "config.hardware.memoryMB",
        "runtime.host",
    ]);
    let mut rows = Vec::new();
    for mut machine in machines.collect().await? {
        rows.push(Row {
            name: machine.take("name")?,
            power_state: machine.take("runtime.powerState")?,
            cpus: machine.take("config.hardware.numCPU")?,
            memory_mb: machine.take("config.hardware.memoryMB")?,
            host: machine.take("runtime.host")?,
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(table(&rows, &hosts))
}

fn table(rows: &[Row], hosts: &HashMap<MoRef<HostSystem>, String>) -> String {
    let mut cells = vec![["NAME", "POWER", "CPUS", "MEMORY", "HOST"].map(str::to_owned)];
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    for row in rows {
        let host = row.host.as_ref();
        cells.push([
            row.name.clone(),
            row.power_state.as_ref().to_owned(),
            or_dash(row.cpus.map(|cpus| cpus.to_string())),
            or_dash(row.memory_mb.map(|megabytes| format!("{megabytes} MB"))),
            or_dash(host.map(|host| hosts.get(host).cloned().unwrap_or(host.value().to_owned()))),
        ]);
    }
    let width = |column: usize| {
        let lengths = cells.iter().map(|line| line[column].chars().count());
        lengths.max().unwrap_or_default()
    };
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut table = String::new();
    for [name, power, cpus, memory, host] in &cells {
        let [n, p, c, m, _] = widths;
        table += &format!("{name:n$}  {power:p$}  {cpus:>c$}  {memory:>m$}  {host}\n");
    }
    table
}
