//! Managed objects with a few operations: no result, a value, a list, a task.

use vmomi_runtime::generated::*;

use super::{
    Everything, PowerState, RetrieveResult, SERVICE, SharesInfo, TYPES, V1,
    VirtualMachineConfigInfo,
};

pub struct ManagedEntity {
    base: ManagedObject,
}
static MANAGED_ENTITY: ManagedType = ManagedType {
    name: "ManagedEntity",
    service: &SERVICE,
    since: V1,
    base: None,
    properties: &[PropertyInfo::new::<String>("name", V1)],
};
managed_object!(ManagedEntity: ManagedObject, MANAGED_ENTITY);

pub struct VirtualMachine {
    base: ManagedEntity,
}
static VIRTUAL_MACHINE: ManagedType = ManagedType {
    name: "VirtualMachine",
    service: &SERVICE,
    since: V1,
    base: Some(&MANAGED_ENTITY),
    properties: &[PropertyInfo::new::<Option<VirtualMachineConfigInfo>>(
        "config", V1,
    )],
};
managed_object!(VirtualMachine: ManagedEntity, VIRTUAL_MACHINE);

pub struct Datastore {
    base: ManagedEntity,
}
static DATASTORE: ManagedType = ManagedType {
    name: "Datastore",
    service: &SERVICE,
    since: V1,
    base: Some(&MANAGED_ENTITY),
    properties: &[],
};
managed_object!(Datastore: ManagedEntity, DATASTORE);

pub struct Task {
    base: ManagedObject,
}
static TASK: ManagedType = ManagedType {
    name: "Task",
    service: &SERVICE,
    since: V1,
    base: None,
    properties: &[],
};
managed_object!(Task: ManagedObject, TASK);

impl VirtualMachine {
    pub fn retrieve(&self) -> Call<'_, Option<RetrieveResult>> {
        static OPERATION: Operation<Option<RetrieveResult>> =
            Operation::new("Retrieve", &TYPES, V1, &[]);
        OPERATION.call(self, [])
    }

    pub fn shares(&self) -> Call<'_, Vec<SharesInfo>> {
        static OPERATION: Operation<Vec<SharesInfo>> = Operation::new("Shares", &TYPES, V1, &[]);
        OPERATION.call(self, [])
    }

    pub fn log_on<'a>(
        &'a self,
        user_name: &'a str,
        password: &'a str,
        locale: Option<&'a str>,
    ) -> Call<'a, ()> {
        static OPERATION: Operation<()> = Operation::new(
            "LogOn",
            &TYPES,
            V1,
            &[
                ParameterInfo::new::<String>("userName", V1),
                ParameterInfo::new::<String>("password", V1).secret(),
                ParameterInfo::new::<Option<String>>("locale", V1),
            ],
        );
        OPERATION.call(
            self,
            [user_name.argument(), password.argument(), locale.argument()],
        )
    }

    pub fn reconfigure_task<'a>(
        &'a self,
        spec: &'a Everything,
        state: Option<&'a PowerState>,
        hosts: &'a [MoRef<ManagedEntity>],
        limit: i64,
    ) -> Call<'a, PendingTask<()>> {
        static OPERATION: Operation<PendingTask<()>> = Operation::new(
            "Reconfigure_Task",
            &TYPES,
            V1,
            &[
                ParameterInfo::new::<Everything>("spec", V1),
                ParameterInfo::new::<Option<PowerState>>("state", V1),
                ParameterInfo::new::<Vec<MoRef<ManagedEntity>>>("host", V1),
                ParameterInfo::new::<i64>("limit", V1),
            ],
        );
        OPERATION.call(
            self,
            [
                spec.argument(),
                state.argument(),
                hosts.argument(),
                limit.argument(),
            ],
        )
    }
}
