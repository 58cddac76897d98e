//! A connection to a node that can be cut: a relay between the command and the node.
//! Always holds: what a cut leaves of a request is lost, as with a real connection; the node is not told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{broadcast, watch},
    task::JoinHandle,
};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// See the head of this file; it ends when dropped.
pub(super) struct Flaky {
    address: SocketAddr,
    node: Arc<Mutex<SocketAddr>>,
    cut: broadcast::Sender<()>,
    work: JoinHandle<()>,
}

impl Flaky {
    /// A relay to a node; every byte that passes towards it is counted.
    pub(super) async fn to(
        node: SocketAddr,
        passed: watch::Sender<u64>,
    ) -> Result<Self, std::io::Error> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let node = Arc::new(Mutex::new(node));
        let (cut, _) = broadcast::channel(1);
        let (place, cuts) = (node.clone(), cut.clone());
        let work = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let node = *place.lock().unwrap_or_else(PoisonError::into_inner);
                let (passed, mut cut) = (passed.clone(), cuts.subscribe());
                tokio::spawn(async move {
                    tokio::select! {
                        _ = relay(client, node, passed) => {}
                        _ = cut.recv() => {}
                    }
                });
            }
        });
        Ok(Self {
            address,
            node,
            cut,
            work,
        })
    }

    /// What the command is given instead of the node's own.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends every connection there is.
    pub(super) fn cut(&self) {
        // nobody listening is nothing to cut
        let _ = self.cut.send(());
    }

    /// The node is somewhere else now.
    pub(super) fn lead_to(&self, node: SocketAddr) {
        *self.node.lock().unwrap_or_else(PoisonError::into_inner) = node;
    }
}

impl Drop for Flaky {
    fn drop(&mut self) {
        self.work.abort();
        self.cut();
    }
}

async fn relay(
    mut client: TcpStream,
    node: SocketAddr,
    passed: watch::Sender<u64>,
) -> std::io::Result<()> {
    let mut node = TcpStream::connect(node).await?;
    let (mut asks, mut told) = client.split();
    let (mut answers, mut asked) = node.split();
    let there = async {
        let mut piece = vec![0; PIECE];
        loop {
            let length = asks.read(&mut piece).await?;
            if length == 0 {
                return asked.shutdown().await;
            }
            asked.write_all(&piece[..length]).await?;
            passed.send_modify(|count| *count += length as u64);
        }
    };
    let back = async {
        tokio::io::copy(&mut answers, &mut told).await?;
        told.shutdown().await
    };
    tokio::try_join!(there, back)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_passes_is_counted_and_a_cut_ends_it() {
        let node = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (count, counted) = watch::channel(0);
        let place = node.local_addr().expect("an address");
        let flaky = Flaky::to(place, count).await.expect("a relay");
        let mut client = TcpStream::connect(flaky.address).await.expect("open");
        client.write_all(b"ask").await.expect("sent");
        let (mut there, _) = node.accept().await.expect("a client");
        let mut asked = [0; 3];
        there.read_exact(&mut asked).await.expect("passed on");
        assert_eq!(&asked, b"ask");
        assert_eq!(*counted.borrow(), 3);

        flaky.cut();
        let left = client.read(&mut asked).await;
        assert!(matches!(left, Ok(0) | Err(_)), "{left:?}");
    }
}
