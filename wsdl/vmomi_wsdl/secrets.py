"""Members that hold a secret although the tables do not mark them.

What is marked is never shown in messages. The tables mark passwords and most tickets; these let whoever reads them into a
session or a console just the same.
"""

from typing import Dict, FrozenSet

_ROOT_PASSWORD = frozenset({"esxRootPassword"})
_LICENSE_KEY = frozenset({"licenseKey"})
_SESSION_ID = frozenset({"sessionId"})

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
    # Names of communities are what SNMP has for passwords.
    "HostSnmpConfigSpec": frozenset({"readOnlyCommunities"}),
    "HostSnmpDestination": frozenset({"community"}),
    # License keys: whoever has one can use it.
    "AddHost_Task": frozenset({"license"}),
    "AddLicense": _LICENSE_KEY,
    "AddStandaloneHost_Task": frozenset({"license"}),
    "DecodeLicense": _LICENSE_KEY,
    "FolderNewHostSpec": frozenset({"esxLicense"}),
    "InvalidLicense": frozenset({"licenseContent"}),
    "LicenseExpired": _LICENSE_KEY,
    "LicenseManagerLicenseInfo": _LICENSE_KEY,
    "LocalLicenseSource": frozenset({"licenseKeys"}),
    "RemoveLicense": _LICENSE_KEY,
    "RemoveLicenseLabel": _LICENSE_KEY,
    "UpdateAssignedLicense": _LICENSE_KEY,
    "UpdateLicense": _LICENSE_KEY,
    "UpdateLicenseLabel": _LICENSE_KEY,
    # Sessions by their keys: whoever has one can end the session, and act in it where a server takes it for a cookie.
    "HasPrivilegeOnEntities": _SESSION_ID,
    "HasPrivilegeOnEntity": _SESSION_ID,
    "SessionIsActive": frozenset({"sessionID"}),
    "SessionTerminatedEvent": _SESSION_ID,
    "TerminateSession": _SESSION_ID,
    "UserLoginSessionEvent": _SESSION_ID,
    "UserLogoutSessionEvent": _SESSION_ID,
    "UserSession": frozenset({"key"}),
    # sms: the cookie of the session that a storage provider refused, which may be open elsewhere.
    "InvalidSession": frozenset({"sessionCookie"}),
    # vslm: a login by a delegated SAML token.
    "VslmLoginByToken": frozenset({"delegatedTokenXml"}),
    # vsan: the shared secrets by which iSCSI targets and initiators know each other.
    "VsanIscsiTargetAuthSpec": frozenset({"userSecretAttachToTarget", "userSecretAttachToInitiator"}),
    # vsan: the password of the support portal that updates come from.
    "FetchIsoDepotCookie": frozenset({"password"}),
    # vsan: license keys.
    "VsanVcPostDeployConfigSpec": frozenset({"hostLicenseKey", "vsanLicenseKey"}),
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
