"""Writes the two WSDL files: the interface (`vim.wsdl`) and the service that binds it (`vimService.wsdl`)."""

from typing import List, Tuple

from .api import RUNTIME_FAULT, Api, Operation
from .render_xsd import element_line, header, reference, schema_attributes

WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"


def interface_file(api: Api, comment: str) -> str:
    """`vim.wsdl`: inline schema, messages, port type and binding."""
    own = api.service.own
    lines = header(comment)
    lines += [
        f'<definitions targetNamespace="{own.namespace}"',
        f'   xmlns="{WSDL}"',
        f'   xmlns:mime="{WSDL}mime/"',
        f'   xmlns:soap="{SOAP}"',
        f'   xmlns:{own.prefix}="{own.namespace}"',
        '   xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
        ">",
    ]
    lines += _inline_schema(api) + _messages(api) + _port_type(api) + _binding(api)
    return "\n".join(lines + ["</definitions>"]) + "\n"


def service_file(api: Api, comment: str) -> str:
    """`vimService.wsdl`: the service element, with a placeholder for the host."""
    own, title = api.service.own, api.service.title
    lines = header(comment) + [
        f'<definitions targetNamespace="{own.namespace}Service"',
        f'   xmlns="{WSDL}"',
        f'   xmlns:soap="{SOAP}"',
        f'   xmlns:interface="{own.namespace}"',
        ">",
        f'   <import location="{own.name}.wsdl" namespace="{own.namespace}" />',
        f'   <service name="{title}Service">',
        f'      <port binding="interface:{title}Binding" name="{title}Port">',
        f'         <soap:address location="https://localhost/sdk/{own.name}Service" />',
        "      </port>",
        "   </service>",
        "</definitions>",
    ]
    return "\n".join(lines) + "\n"


def _inline_schema(api: Api) -> List[str]:
    own = api.service.own
    lines = ["   <types>", "      <schema"]
    lines += [f"         {line}" for line in schema_attributes(api, own)]
    lines.append("      >")
    for name in own.uses:
        used = api.service.part(name)
        file = used.messages_file if used.has_messages else used.types_file
        lines.append("         " + reference(own, used, file))
    lines.append(f'         <include schemaLocation="{own.messages_file}" />')
    lines.append('         <element name="versionURI" type="xsd:string" />')
    for operation in api.operations():
        lines += _operation_elements(operation, own.prefix)
    for fault_prefix, fault in api.faults():
        lines.append(f'         <element name="{fault.name}Fault" type="{fault_prefix}:{fault.name}"/>')
    return lines + ["      </schema>", "   </types>"]


def _operation_elements(operation: Operation, prefix: str) -> List[str]:
    lines = [
        f'         <element name="{operation.name}"  type="{prefix}:{operation.request_type}" />',
        f'         <element name="{operation.name}Response">',
    ]
    if operation.result is None:
        return lines + ["            <complexType />", "         </element>"]
    return lines + [
        "            <complexType>",
        "               <sequence>",
        f"                  {element_line(operation.result)}",
        "               </sequence>",
        "            </complexType>",
        "         </element>",
    ]


def _messages(api: Api) -> List[str]:
    prefix = api.service.own.prefix
    lines: List[str] = []
    for operation in api.operations():
        for suffix, element in (("Request", operation.name), ("Response", operation.name + "Response")):
            lines += _message(f"{operation.name}{suffix}Msg", "parameters", f"{prefix}:{element}")
    for _prefix, fault in api.faults():
        lines += _message(f"{fault.name}FaultMsg", "fault", f"{prefix}:{fault.name}Fault")
    return lines


def _message(name: str, part: str, element: str) -> List[str]:
    return [
        f'   <message name="{name}">',
        f'      <part name="{part}" element="{element}" />',
        "   </message>",
    ]


def _declared_faults(operation: Operation) -> List[Tuple[str, str]]:
    """Name in the operation and name of the message; every operation can raise a runtime fault."""
    names = [fault.rpartition(":")[2] for fault in operation.faults]
    declared = [(f"{name}Fault", f"{name}FaultMsg") for name in names]
    return declared + [(RUNTIME_FAULT, f"{RUNTIME_FAULT}FaultMsg")]


def _port_type(api: Api) -> List[str]:
    prefix = api.service.own.prefix
    lines = [f'   <portType name="{api.service.title}PortType">']
    for operation in api.operations():
        lines += [
            f'      <operation name="{operation.name}">',
            f'         <input message="{prefix}:{operation.name}RequestMsg" />',
            f'         <output message="{prefix}:{operation.name}ResponseMsg" />',
        ]
        for name, message in _declared_faults(operation):
            lines.append(f'         <fault name="{name}" message="{prefix}:{message}"/>')
        lines.append("      </operation>")
    return lines + ["   </portType>"]


def _binding(api: Api) -> List[str]:
    own, title = api.service.own, api.service.title
    body = ['            <soap:body use="literal" />']
    lines = [
        f'   <binding name="{title}Binding" type="{own.prefix}:{title}PortType">',
        '      <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http" />',
    ]
    for operation in api.operations():
        lines += [
            f'      <operation name="{operation.name}">',
            f'         <soap:operation soapAction="{own.namespace}/{api.version}" style="document" />',
            "         <input>", *body, "         </input>",
            "         <output>", *body, "         </output>",
        ]
        for name, _message_name in _declared_faults(operation):
            lines += [
                f'         <fault name="{name}">',
                f'            <soap:fault name="{name}" use="literal" />',
                "         </fault>",
            ]
        lines.append("      </operation>")
    return lines + ["   </binding>"]
