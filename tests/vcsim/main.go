// Command vcsim serves a simulated vCenter or ESXi inventory for the tests.
//
// Its flags carry the names of govmomi's own vcsim, so that either program can stand behind the
// tests. It differs in what tests need: a free port by default, a login that checks the password,
// and an end with its parent, whose death closes standard input.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	pbm "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/simulator"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("vcsim: ")

	model := simulator.VPX()
	inventory(flag.CommandLine, model)
	esx := flag.Bool("esx", false, "simulate a standalone ESXi host (only -ds, -vm and -autostart apply)")
	listen := flag.String("l", "127.0.0.1:0", "listen `address`; port 0 takes a free one")
	user := flag.String("username", "user", "the only user `name` that can log in")
	password := flag.String("password", "pass", "the `password` of that user")
	useTLS := flag.Bool("tls", true, "serve https; without -tlscert, with a certificate made at start")
	certFile := flag.String("tlscert", "", "PEM `file` of the certificate to serve")
	keyFile := flag.String("tlskey", "", "PEM `file` of the certificate's private key")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q", flag.Arg(0))
	}

	if *esx {
		host := simulator.ESX()
		host.Datastore, host.Machine, host.Autostart = model.Datastore, model.Machine, model.Autostart
		model = host
	}
	// The login checks the password only against a user given here.
	address := &url.URL{Host: *listen, User: url.UserPassword(*user, *password)}
	var config *tls.Config
	if *useTLS {
		certificate, err := certificate(*certFile, *keyFile)
		if err != nil {
			log.Fatal(err)
		}
		config = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	if err := serve(model, address, config); err != nil {
		log.Fatal(err)
	}
}

// inventory registers the flags that say how much of everything there is.
func inventory(flags *flag.FlagSet, model *simulator.Model) {
	flags.IntVar(&model.Datacenter, "dc", model.Datacenter, "`number` of datacenters")
	flags.IntVar(&model.Folder, "folder", model.Folder, "`number` of datacenters placed within folders")
	flags.IntVar(&model.Cluster, "cluster", model.Cluster, "`number` of clusters per datacenter")
	flags.IntVar(&model.ClusterHost, "host", model.ClusterHost, "`number` of hosts per cluster")
	flags.IntVar(&model.Host, "standalone-host", model.Host, "`number` of standalone hosts per datacenter")
	flags.IntVar(&model.Pool, "pool", model.Pool, "`number` of resource pools per cluster")
	flags.IntVar(&model.App, "app", model.App, "`number` of virtual apps per cluster")
	flags.IntVar(&model.Pod, "pod", model.Pod, "`number` of storage pods per datacenter")
	flags.IntVar(&model.Datastore, "ds", model.Datastore, "`number` of datastores")
	flags.IntVar(&model.Portgroup, "pg", model.Portgroup, "`number` of distributed port groups per datacenter")
	flags.IntVar(&model.Machine, "vm", model.Machine, "`number` of virtual machines per resource pool")
	flags.BoolVar(&model.Autostart, "autostart", model.Autostart, "power the virtual machines on")
}

// servePolicies offers storage policies at the path of real servers; the simulator's own is /pbm.
func servePolicies(service *simulator.Service, registry *simulator.Registry) {
	if registry.IsVPX() {
		policies := pbm.New()
		policies.Path = "/pbm/sdk"
		service.RegisterSDK(policies)
	}
}

// serve offers the model until standard input closes or a signal asks for the end.
func serve(model *simulator.Model, address *url.URL, config *tls.Config) error {
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		end <- syscall.SIGTERM
	}()

	defer model.Remove() // the datastores are temporary directories
	if err := model.Create(); err != nil {
		return err
	}
	sendRequired()
	model.Service.Listen = address
	model.Service.TLS = config
	model.Service.RegisterEndpoints = true
	simulator.RegisterEndpoint(servePolicies)
	// The server is not closed in the end: that would wait for calls that never return, such as
	// a WaitForUpdatesEx without a limit.
	fmt.Println(model.Service.NewServer().URL)
	<-end
	return nil
}
