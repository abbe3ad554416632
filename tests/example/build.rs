//! Generates what this crate uses of vim25, and of pbm around the vim25 of `vmomi-api`.

use vmomi_codegen::select::Subtypes;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    inventory()?;
    policies()?;
    Ok(())
}

fn inventory() -> Result<(), vmomi_codegen::diagnostic::Diagnostics> {
    vmomi_codegen::Builder::new()
        .bundled("vim25")
        .operations([
            "ServiceInstance.RetrieveServiceContent",
            "SessionManager.Login",
            "SessionManager.Logout",
            "ViewManager.CreateContainerView",
            "PropertyCollector.RetrievePropertiesEx",
            "VirtualMachine.PowerOnVM_Task",
            "VirtualMachine.PowerOffVM_Task",
        ])
        .names([
            "ContainerView.view",
            "Task.info",
            "VirtualMachine.name",
            "VirtualMachine.runtime",
        ])
        .other_subtypes(Subtypes::None)
        .subtypes("SelectionSpec", Subtypes::All)
        .rename("VirtualMachine.PowerOnVM_Task", "power_on")
        .rename("VirtualMachinePowerState", "PowerState")
        .derive("VirtualMachinePowerState", "PartialOrd, Ord")
        .attribute("VirtualMachine.PowerOffVM_Task", "#[doc(alias = \"stop\")]")
        .build()?;
    Ok(())
}

fn policies() -> Result<(), vmomi_codegen::diagnostic::Diagnostics> {
    vmomi_codegen::Builder::new()
        .bundled("pbm")
        .name("policies")
        .operations([
            "PbmRetrieveServiceContent",
            "PbmQueryProfile",
            "PbmRetrieveContent",
        ])
        .types(["NotAuthenticated"])
        .subtypes("PbmProfile", Subtypes::All)
        .replace("vim25:*", "vmomi_api::vim25::*")
        .build()?;
    Ok(())
}
