//! What every L2 program shares: routing, calldata words, calls, events, errors, math.
