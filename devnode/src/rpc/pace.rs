//! A connection that is only read from as long as the other end reads. Always holds: while an answer waits to be taken, no further
//! request is taken in, so a client that only asks cannot fill the node with answers.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Paced<S> {
    stream: S,
    /// Something waits to be written.
    behind: bool,
    /// Who wants to read once nothing does.
    reader: Option<Waker>,
}

impl<S> Paced<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self {
            stream,
            behind: false,
            reader: None,
        }
    }

    /// Takes note of how writing went.
    fn noted<T>(&mut self, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        self.behind = done.is_pending();
        if !self.behind
            && let Some(reader) = self.reader.take()
        {
            reader.wake();
        }
        done
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.behind {
            self.reader = Some(cx.waker().clone());
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.noted(done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.noted(done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_flush(cx);
        self.noted(done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.noted(done)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test]
    async fn nothing_is_read_from_who_does_not_read() {
        const ROOM: usize = 16;
        let (mut client, node) = duplex(ROOM);
        let (mut requests, mut answers) = tokio::io::split(Paced::new(node));
        client.write_all(b"one").await.unwrap();
        let mut buffer = [0; 3];
        requests.read_exact(&mut buffer).await.unwrap();

        // An answer that is longer than there is room for, and a second request behind it.
        let answer = tokio::spawn(async move {
            answers.write_all(&[7; 2 * ROOM]).await.unwrap();
            answers
        });
        client.write_all(b"two").await.unwrap();
        let mut second = tokio::spawn(async move {
            requests.read_exact(&mut buffer).await.unwrap();
            buffer
        });
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        assert!(!answer.is_finished() && !second.is_finished());

        let mut taken = [0; 2 * ROOM];
        client.read_exact(&mut taken).await.unwrap();
        assert_eq!(taken, [7; 2 * ROOM]);
        assert_eq!(&(&mut second).await.unwrap(), b"two");
        answer.await.unwrap();
    }
}
