//! The `debug` namespace.

use super::dispatch::Methods;

pub(super) const METHODS: Methods = &[];
