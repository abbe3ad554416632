"""The few calls that recording a response takes, with nothing but Python's standard library."""

import http.client
import xml.etree.ElementTree as ElementTree
from typing import Iterable, Iterator, Tuple
from xml.sax.saxutils import escape

from .failure import Failure
from .simulator import Simulator

_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>'
    '<{operation} xmlns="urn:vim25">{arguments}</{operation}>'
    "</soapenv:Body></soapenv:Envelope>"
)
# A reference as (type, value).
Reference = Tuple[str, str]


class Session:
    """A session of one user on a server."""

    def __init__(self, server: Simulator) -> None:
        self._connection = http.client.HTTPConnection(server.host, server.port, timeout=120)
        self._cookie = ""
        instance = ("ServiceInstance", "ServiceInstance")
        content = self.call("RetrieveServiceContent", reference("_this", instance))
        self._content = {_local(element.tag): element for element in ElementTree.fromstring(content).iter()}
        login = f"<userName>{escape(server.user)}</userName><password>{escape(server.password)}</password>"
        self.call("Login", reference("_this", self.manager("sessionManager")) + login)

    def manager(self, name: str) -> Reference:
        """A reference that the service content holds."""
        element = self._content.get(name)
        if element is None or not element.text:
            raise Failure(f"the server has no {name}")
        return element.get("type", ""), element.text

    def call(self, operation: str, arguments: str) -> bytes:
        """The body of the answer, as it came."""
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"urn:vim25/6.7"'}
        if self._cookie:
            headers["Cookie"] = self._cookie
        body = _ENVELOPE.format(operation=operation, arguments=arguments).encode()
        try:
            self._connection.request("POST", "/sdk", body, headers)
            response = self._connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Failure(f"{operation} on the simulator: {error}") from error
        if response.status != 200:
            excerpt = answer[:500].decode(errors="replace")
            raise Failure(f"{operation} on the simulator: status {response.status}: {excerpt}")
        self._cookie = (response.getheader("Set-Cookie") or self._cookie).split(";", 1)[0]
        return answer

    def close(self) -> None:
        """Logs out."""
        self.call("Logout", reference("_this", self.manager("sessionManager")))
        self._connection.close()


def reference(element: str, to: Reference) -> str:
    """An element that holds a reference."""
    return f'<{element} type="{to[0]}">{escape(to[1])}</{element}>'


def returned_reference(answer: bytes) -> Reference:
    """The reference that an operation returned."""
    for element in _named(ElementTree.fromstring(answer).iter(), "returnval"):
        return element.get("type", ""), element.text or ""
    raise Failure("the simulator returned no reference")


def _named(elements: Iterable[ElementTree.Element], name: str) -> Iterator[ElementTree.Element]:
    return (element for element in elements if _local(element.tag) == name)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
