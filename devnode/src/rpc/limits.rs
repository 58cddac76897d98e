//! How much one client may ask of a node, so that no request can exhaust it. The first three are go-ethereum's.

/// Bytes of a request.
pub(crate) const BODY: u32 = 5 * 1024 * 1024;
/// Requests in a batch.
pub(crate) const BATCH: usize = 1000;
/// Bytes of the answers to a batch.
pub(crate) const BATCH_ANSWER: usize = 25_000_000;
/// Bytes of one answer; traces are large.
pub(crate) const ANSWER: u32 = 256 * 1024 * 1024;
/// HTTP requests being received or answered at a time; the rest waits its turn.
pub(crate) const IN_FLIGHT: usize = 256;
/// Methods running at a time; the rest waits its turn.
pub(crate) const RUNNING: usize = 32;
/// KiB of requests that came over WebSockets and wait for their answers.
pub(crate) const SOCKET_KIB: u32 = 256 * 1024;
/// WebSocket connections.
pub(crate) const CONNECTIONS: u32 = 512;
/// Answers and notifications that wait on a connection whose client does not read them; the rest waits its turn or, of events, is
/// lost.
pub(crate) const UNREAD: u32 = 16;
/// Subscriptions of one connection.
pub(crate) const SUBSCRIPTIONS: u32 = 1024;
/// Filters that HTTP clients left with the node; the one unused for longest makes room.
pub(crate) const FILTERS: usize = 1024;
/// Logs in an answer.
pub(crate) const LOGS: usize = 100_000;
/// Addresses in a log query.
pub(crate) const LOG_ADDRESSES: usize = 1000;
/// Alternatives for one topic in a log query.
pub(crate) const LOG_TOPICS: usize = 1000;
/// Blocks in a fee history.
pub(crate) const FEE_HISTORY: u64 = 1024;
/// Blocks made by one request.
pub(crate) const MINED_AT_ONCE: u64 = 100_000;
/// Seconds a client may take to send a request.
pub(crate) const BODY_SECONDS: u64 = 30;
