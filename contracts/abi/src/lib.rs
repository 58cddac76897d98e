//! The protocol's interfaces, once for programs, CLI and tests.
