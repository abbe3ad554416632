"""Unit tests of the derivation tool; the README names the command."""
