"""VMware's own sets, out of the packages on PyPI that carry some."""
