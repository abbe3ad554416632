//! Lists the virtual machines of a server with vmomi: `list HOST:PORT USER PASSWORD`.

use std::error::Error;
use std::process::ExitCode;

use tokio::runtime::Runtime;
use vmomi::vim25::{VirtualMachine, VirtualMachinePowerState};
use vmomi::{Client, Credentials, Trust};
use worker::{Content, Gauge};

/// How many objects a page holds, where pages are asked for.
const PAGE: i32 = 100;

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
    let client = runtime.block_on(async {
        Client::builder(&format!("https://{server}/sdk"))?
            .credentials(Credentials::password(user, password.as_str()))
            .trust(Trust::Insecure)
            .connect()
            .await
    })?;
    let served = worker::serve(|measure, gauge| perform(measure, gauge, &runtime, &client));
    runtime.block_on(client.logout())?;
    Ok(served)
}

fn perform(
    measure: &str,
    gauge: &mut Gauge,
    runtime: &Runtime,
    client: &Client,
) -> Result<Content, Box<dyn Error>> {
    let page_size = match measure {
        "list" => None,
        "list in pages" => Some(PAGE),
        other => return Err(format!("no such measure: {other}").into()),
    };
    let machines = gauge.measure(|| runtime.block_on(list(client, page_size)))?;
    let powered_on = machines
        .iter()
        .filter(|(_, state)| *state == VirtualMachinePowerState::PoweredOn)
        .count();
    Ok(vec![
        ("machines", machines.len()),
        ("powered_on", powered_on),
    ])
}

async fn list(
    client: &Client,
    page_size: Option<i32>,
) -> Result<Vec<(String, VirtualMachinePowerState)>, vmomi::Error> {
    let mut retrieval = client.retrieve::<VirtualMachine>(["name", "runtime.powerState"]);
    if let Some(objects) = page_size {
        retrieval = retrieval.page_size(objects);
    }
    let machines = retrieval.collect().await?;
    machines
        .into_iter()
        .map(|mut machine| Ok((machine.take("name")?, machine.take("runtime.powerState")?)))
        .collect()
}
