"""Members that hold a secret although the tables do not mark them.

What is marked is never shown in messages. The tables mark passwords and most tickets; these let whoever reads them into a
session or a console just the same.
"""

from typing import Dict, FrozenSet

_ROOT_PASSWORD = frozenset({"esxRootPassword"})

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
    # sms: the cookie of the session that a storage provider refused, which may be open elsewhere.
    "InvalidSession": frozenset({"sessionCookie"}),
    # vslm: a login by a delegated SAML token.
    "VslmLoginByToken": frozenset({"delegatedTokenXml"}),
    # vsan: the shared secrets by which iSCSI targets and initiators know each other.
    "VsanIscsiTargetAuthSpec": frozenset({"userSecretAttachToTarget", "userSecretAttachToInitiator"}),
    # vsan: the password of the support portal that updates come from.
    "FetchIsoDepotCookie": frozenset({"password"}),
    # vsan: checks that log in to the hosts.
    "VsanCheckClusterClomdLiveness": _ROOT_PASSWORD,
    "VsanClusterGetHclInfo": _ROOT_PASSWORD,
    "VsanQueryClusterAdvCfgSync": _ROOT_PASSWORD,
    "VsanQueryClusterCaptureVsanPcap": _ROOT_PASSWORD,
    "VsanQueryClusterCheckLimits": _ROOT_PASSWORD,
    "VsanQueryClusterCreateVmHealthTest": _ROOT_PASSWORD,
    "VsanQueryClusterHealthSystemVersions": _ROOT_PASSWORD,
    "VsanQueryClusterNetworkPerfTest": _ROOT_PASSWORD,
    "VsanQueryClusterPhysicalDiskHealthSummary": _ROOT_PASSWORD,
    "VsanQueryVerifyClusterNetworkSettings": _ROOT_PASSWORD,
    "VsanRepairClusterImmediateObjects": _ROOT_PASSWORD,
}


def is_unmarked_secret(owner: str, member: str) -> bool:
    """Whether the member is a secret that the tables do not mark."""
    return member in UNMARKED.get(owner, frozenset())
