"""Writes `ORIGIN.md`: where a derived set comes from, and how to derive it again."""

import shlex

from .api import Api
from .pins import Pin


def origin_file(api: Api, origin: Pin) -> str:
    """The note as Markdown text."""
    name, version = api.service.name, shlex.quote(api.version)
    counts = "\n".join(f"| {kind} | {count:,} |" for kind, count in api.counts().items())
    return f"""# Origin of {name} {api.version}

Every file in this folder is generated. It states facts about the API (names, types, order, optionality, versions,
privileges) that were read from the type tables of PyPI `{origin.package}` {origin.version}, which is published under the
Apache License 2.0; no text was taken over. SHA-256 of the wheel:

    {origin.sha256}

To derive the folder again, or to check that it is current:

    wsdl/derive --service {name} --version {version}
    wsdl/derive --service {name} --version {version} --check

| | |
|---|---|
{counts}
{_imports(api)}"""


def _imports(api: Api) -> str:
    """What the set takes from others, if it does."""
    names = " and ".join(f"`../{name}/`" for name in api.service.imports)
    if not names:
        return ""
    return f"\nTypes that it shares with other services are not counted: it imports them from {names}.\n"

