"""A build backend that can tell the metadata of a source archive, and nothing else.

pip starts it in the unpacked archive.
"""

from email.parser import HeaderParser
from pathlib import Path
from typing import Any


class _MetadataOnly:
    def prepare_metadata_for_build_wheel(self, metadata_directory: str, _config_settings: Any = None) -> str:
        """Puts the metadata that the archive was published with where pip wants it."""
        metadata = Path("PKG-INFO").read_text(encoding="utf-8", errors="surrogateescape")
        fields = HeaderParser().parsestr(metadata)
        folder = Path(metadata_directory) / f"{fields['Name']}-{fields['Version']}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(metadata, encoding="utf-8", errors="surrogateescape")
        return folder.name

    def build_wheel(self, *_: Any) -> str:
        """Refuses: building would run the archive's code."""
        raise RuntimeError("source archives are read and never built")


# The name under which pip asks for setuptools where an archive names no backend.
__legacy__ = _MetadataOnly()
