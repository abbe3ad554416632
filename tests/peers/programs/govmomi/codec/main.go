// Command codec decodes and encodes one recorded response with govmomi: `codec FILE`.
//
// For each line of standard input, which names a measure, it does the work once and answers with a
// line of JSON; see ../../worker for how the programs talk with tests/peers/run.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"time"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

type answer struct {
	Seconds        float64        `json:"seconds"`
	Allocations    uint64         `json:"allocations"`
	AllocatedBytes uint64         `json:"allocated_bytes"`
	Content        map[string]int `json:"content"`
}

func main() {
	log.SetFlags(0)
	document, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var decoded *types.RetrievePropertiesExResponse
	measures := bufio.NewScanner(os.Stdin)
	for measures.Scan() {
		var found answer
		switch measures.Text() {
		case "decode":
			var response *types.RetrievePropertiesExResponse
			found, err = measure(func() (err error) {
				response, err = decode(document)
				return err
			})
			if err == nil {
				found.Content = content(response)
			}
		case "encode":
			if decoded == nil {
				if decoded, err = decode(document); err != nil {
					break
				}
			}
			var encoded bytes.Buffer
			found, err = measure(func() error {
				return xml.NewEncoder(&encoded).Encode(decoded)
			})
			found.Content = map[string]int{"bytes": encoded.Len()}
		default:
			err = fmt.Errorf("no such measure: %s", measures.Text())
		}
		if err != nil {
			log.Fatal(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			log.Fatal(err)
		}
	}
}

// measure does the work and finds what it took. The garbage of what went before is collected first.
func measure(work func() error) (answer, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := work()
	seconds := time.Since(start).Seconds()
	runtime.ReadMemStats(&after)
	return answer{
		Seconds:        seconds,
		Allocations:    after.Mallocs - before.Mallocs,
		AllocatedBytes: after.TotalAlloc - before.TotalAlloc,
	}, err
}

// decode does as the library's own client does with the body of a response.
func decode(document []byte) (*types.RetrievePropertiesExResponse, error) {
	var body methods.RetrievePropertiesExBody
	decoder := xml.NewDecoder(bytes.NewReader(document))
	decoder.TypeFunc = types.TypeFunc()
	if err := decoder.Decode(&soap.Envelope{Body: &body}); err != nil {
		return nil, err
	}
	if body.Res == nil || body.Res.Returnval == nil {
		return nil, fmt.Errorf("the response holds no result")
	}
	return body.Res, nil
}

func content(response *types.RetrievePropertiesExResponse) map[string]int {
	properties, devices := 0, 0
	for _, object := range response.Returnval.Objects {
		properties += len(object.PropSet)
		for _, property := range object.PropSet {
			if config, ok := property.Val.(types.VirtualMachineConfigInfo); ok {
				devices += len(config.Hardware.Device)
			}
		}
	}
	return map[string]int{
		"objects":    len(response.Returnval.Objects),
		"properties": properties,
		"devices":    devices,
	}
}
