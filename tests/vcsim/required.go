package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// sendRequired fills in what the schema requires of a virtual machine and the simulator leaves out,
// with what an ordinary machine has. Real servers send it, and there are clients that refuse a
// machine without.
func sendRequired() {
	for _, entity := range simulator.Map.All("VirtualMachine") {
		machine, ok := entity.(*simulator.VirtualMachine)
		if !ok {
			continue
		}
		complete(&machine.VirtualMachine)
	}
}

func complete(machine *mo.VirtualMachine) {
	for _, runtime := range []*types.VirtualMachineRuntimeInfo{&machine.Runtime, &machine.Summary.Runtime} {
		runtime.FaultToleranceState = types.VirtualMachineFaultToleranceStateNotConfigured
		runtime.RecordReplayState = types.VirtualMachineRecordReplayStateInactive
		runtime.OnlineStandby = types.NewBool(false)
		runtime.ConsolidationNeeded = types.NewBool(false)
	}
}
