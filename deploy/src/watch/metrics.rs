//! What watching knows, as Prometheus reads it: text over HTTP, one answer a connection.

use std::{
    fmt::Write as _,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{Watch, WatchError};

/// States that are shown even where no ticket is in them, so that a series never goes missing.
const OPEN: [&str; 2] = ["NOT_CREATED", "FUNDS_DEPOSITED"];
const ENDED: [&str; 3] = ["CREATION_FAILED", "EXPIRED", "REDEEMED"];
/// A reader that sends nothing is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last text, shared with whoever asks for it.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Mutex<String>>);

impl Metrics {
    /// Takes over what a watch knows.
    pub fn update(&self, watch: &Watch) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text(watch);
    }

    /// The text now.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.clone()
    }
}

fn text(watch: &Watch) -> String {
    let book = &watch.book;
    let mut out = String::new();
    let mut metric = |name: &str, kind: &str, help: &str, samples: &[(String, u64)]| {
        // writing to a String cannot fail
        let _ = writeln!(out, "# HELP confluence_{name} {help}");
        let _ = writeln!(out, "# TYPE confluence_{name} {kind}");
        for (labels, value) in samples {
            let _ = writeln!(out, "confluence_{name}{labels} {value}");
        }
    };
    let waiting = book.waiting();
    let label = |state: &str| format!("{{state=\"{state}\"}}");
    let open = OPEN.map(|state| (label(state), waiting.get(state).copied().unwrap_or(0)));
    metric(
        "tickets_open",
        "gauge",
        "Tickets that are on their way or wait to be redeemed.",
        &open,
    );
    let ended = ENDED.map(|state| (label(state), book.ended.get(state).copied().unwrap_or(0)));
    metric(
        "tickets_ended_total",
        "counter",
        "Tickets that are over, by how they ended.",
        &ended,
    );
    let one = |value| [(String::new(), value)];
    metric(
        "tickets_redeemed_here_total",
        "counter",
        "Tickets that this command redeemed.",
        &one(book.redeemed),
    );
    metric(
        "first_expiry_timestamp_seconds",
        "gauge",
        "When the first waiting ticket expires; 0 if none waits.",
        &one(book.first_timeout().unwrap_or(0)),
    );
    metric(
        "l1_block",
        "gauge",
        "L1 block up to which messages were read.",
        &one(book.next_block),
    );
    metric(
        "failed_passes",
        "gauge",
        "Looks at the chains that failed, one after another; 0 when the last one worked.",
        &one(watch.failures),
    );
    out
}

/// Serves the text at every path until the process ends; says where, since port 0 is any free one.
///
/// # Errors
/// [`WatchError::Serve`].
pub async fn serve(at: SocketAddr, metrics: Metrics) -> Result<SocketAddr, WatchError> {
    let failed = |source| WatchError::Serve { at, source };
    let listener = TcpListener::bind(at).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    tokio::spawn(async move {
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                let text = metrics.text();
                tokio::spawn(tokio::time::timeout(PATIENCE, answer(stream, text)));
            }
        }
    });
    Ok(bound)
}

/// Whatever is asked for, the answer is the same; the question is read only so that it does not get lost on the way.
async fn answer(mut stream: TcpStream, text: String) -> std::io::Result<()> {
    let mut question = [0; 4096];
    let _ = stream.read(&mut question).await?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}
