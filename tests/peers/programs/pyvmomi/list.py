"""Lists the virtual machines of a server with pyvmomi: `list.py HOST:PORT USER PASSWORD`.

For each line of standard input, which names a measure, it does the work once and answers with a
line of JSON; see ../worker for how the programs talk with tests/peers/run.
"""

import json
import sys
import time

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim, vmodl

_COLLECTOR = vmodl.query.PropertyCollector


def main():
    server, user, password = sys.argv[1:]
    host, port = server.rsplit(":", 1)
    service = SmartConnect(host=host, port=int(port), user=user, pwd=password, disableSslCertValidation=True)
    content = service.RetrieveContent()
    for line in sys.stdin:
        if line.strip() != "list":
            sys.exit(f"no such measure: {line.strip()}")
        start = time.perf_counter()
        machines = machines_of(content)
        seconds = time.perf_counter() - start
        on = sum(state == vim.VirtualMachine.PowerState.poweredOn for _, state in machines)
        print(json.dumps({"seconds": seconds, "content": {"machines": len(machines), "powered_on": on}}), flush=True)
    Disconnect(service)


def machines_of(content):
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    traversal = _COLLECTOR.TraversalSpec(type=vim.view.ContainerView, path="view", skip=False)
    filter_spec = _COLLECTOR.FilterSpec(
        objectSet=[_COLLECTOR.ObjectSpec(obj=view, skip=True, selectSet=[traversal])],
        propSet=[_COLLECTOR.PropertySpec(type=vim.VirtualMachine, pathSet=["name", "runtime.powerState"])],
    )
    result = content.propertyCollector.RetrievePropertiesEx([filter_spec], _COLLECTOR.RetrieveOptions())
    machines = [{found.name: found.val for found in item.propSet} for item in result.objects]
    view.DestroyView()
    return [(machine["name"], machine["runtime.powerState"]) for machine in machines]


if __name__ == "__main__":
    main()
