//! Encodes, calls and decodes the vSphere SOAP protocol for generated types.
