// Command list lists the virtual machines of a server with govmomi: `list HOST:PORT USER PASSWORD`.
//
// For each line of standard input, which names a measure, it does the work once and answers with a
// line of JSON; see ../../worker for how the programs talk with tests/peers/run.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"net/url"
	"os"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

type answer struct {
	Seconds float64        `json:"seconds"`
	Content map[string]int `json:"content"`
}

func main() {
	log.SetFlags(0)
	ctx := context.Background()
	address := &url.URL{
		Scheme: "https",
		Host:   os.Args[1],
		Path:   "/sdk",
		User:   url.UserPassword(os.Args[2], os.Args[3]),
	}
	client, err := govmomi.NewClient(ctx, address, true)
	if err != nil {
		log.Fatal(err)
	}
	measures := bufio.NewScanner(os.Stdin)
	for measures.Scan() {
		if measures.Text() != "list" {
			log.Fatalf("no such measure: %s", measures.Text())
		}
		start := time.Now()
		machines, err := list(ctx, client)
		found := answer{Seconds: time.Since(start).Seconds()}
		if err != nil {
			log.Fatal(err)
		}
		found.Content = content(machines)
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			log.Fatal(err)
		}
	}
	if err := client.Logout(ctx); err != nil {
		log.Fatal(err)
	}
}

func list(ctx context.Context, client *govmomi.Client) ([]mo.VirtualMachine, error) {
	kind := []string{"VirtualMachine"}
	root := client.ServiceContent.RootFolder
	container, err := view.NewManager(client.Client).CreateContainerView(ctx, root, kind, true)
	if err != nil {
		return nil, err
	}
	var machines []mo.VirtualMachine
	err = container.Retrieve(ctx, kind, []string{"name", "runtime.powerState"}, &machines)
	if err != nil {
		return nil, err
	}
	return machines, container.Destroy(ctx)
}

func content(machines []mo.VirtualMachine) map[string]int {
	on := 0
	for _, machine := range machines {
		if machine.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
			on++
		}
	}
	return map[string]int{"machines": len(machines), "powered_on": on}
}
