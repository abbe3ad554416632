"""Members that hold a secret although the tables do not mark them.

What is marked is never shown in messages. The tables mark passwords and most tickets; these let whoever reads them into a
session or a console just the same.
"""

from typing import Dict, FrozenSet

# By the data object that has the field, or the operation that has the parameter.
UNMARKED: Dict[str, FrozenSet[str]] = {
    "HostConfigSpec": frozenset({"datastorePrincipalPasswd"}),
    # Tokens of a login by SSPI.
    "LoginBySSPI": frozenset({"base64Token"}),
    "SSPIAuthentication": frozenset({"sspiToken"}),
    "SSPIChallenge": frozenset({"base64Token"}),
    # Proves to a gateway that its host may be trusted.
    "GatewayToHostTrustVerifyFault": frozenset({"verificationToken"}),
    "HostGatewaySpec": frozenset({"trustVerificationToken"}),
    # Holds the ticket of the console that it leads to.
    "VirtualMachineTicket": frozenset({"url"}),
}


def is_unmarked_secret(owner: str, member: str) -> bool:
    """Whether the member is a secret that the tables do not mark."""
    return member in UNMARKED.get(owner, frozenset())
