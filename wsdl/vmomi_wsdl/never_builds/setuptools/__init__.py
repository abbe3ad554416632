"""Stands in for setuptools while pip downloads a source archive, so that nothing in the archive is run."""
