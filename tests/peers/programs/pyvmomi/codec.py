"""Decodes and encodes one recorded response with pyvmomi: `codec.py [--counting] FILE`.

For each line of standard input, which names a measure, it does the work once and answers with a
line of JSON; see ../worker for how the programs talk with tests/peers/run.
"""

import gc
import io
import json
import sys
import time
import tracemalloc

from pyVmomi import vim, vmodl
from pyVmomi.SoapAdapter import SerializeToStr, SoapResponseDeserializer, SoapStubAdapter
from pyVmomi.VmomiSupport import newestVersions

# What the client's accessors make of a response, with a connection that is never opened.
_STUB = SoapStubAdapter(host="127.0.0.1")
_RESULT = vmodl.query.PropertyCollector.RetrieveResult
# Of an older version it would write a part of the values only.
_VERSION = newestVersions.Get("vim")


def main():
    counting = sys.argv[1] == "--counting"
    with open(sys.argv[-1], "rb") as file:
        document = file.read()
    decoded = None
    for line in sys.stdin:
        measure = line.strip()
        if measure == "decode":
            found, result = gauge(lambda: decode(document), counting)
            found["content"] = content(result)
            del result
        elif measure == "encode":
            decoded = decoded or decode(document)
            found, encoded = gauge(lambda: SerializeToStr(decoded, version=_VERSION), counting)
            found["content"] = {"bytes": len(encoded)}
        else:
            sys.exit(f"no such measure: {measure}")
        print(json.dumps(found), flush=True)


def gauge(work, counting):
    """Does the work; takes its time, or the most memory that was in use at once."""
    gc.collect()
    if counting:
        tracemalloc.start()
        result = work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return {"peak_bytes": peak}, result
    start = time.perf_counter()
    result = work()
    return {"seconds": time.perf_counter() - start}, result


def decode(document):
    return SoapResponseDeserializer(_STUB).Deserialize(io.BytesIO(document), _RESULT)


def content(result):
    properties = [found for item in result.objects for found in item.propSet]
    configs = [found.val for found in properties if isinstance(found.val, vim.vm.ConfigInfo)]
    return {
        "objects": len(result.objects),
        "properties": len(properties),
        "devices": sum(len(config.hardware.device) for config in configs),
    }


if __name__ == "__main__":
    main()
