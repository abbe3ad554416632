"""Measures vmomi beside its peers: vim_rs, quick-xml, govmomi and pyvmomi."""
