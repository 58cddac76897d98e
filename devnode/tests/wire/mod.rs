//! The barest HTTP there is, so that tests need no client and can send what no client should.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

/// Sends a request as it is; status and body of the answer. The request must ask for the connection to be closed.
#[allow(dead_code, reason = "not every test sends what no client should")]
pub(crate) fn exchange(address: SocketAddr, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("connects");
    // The node may answer and hang up before it has read all of a request that is too long.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.expect("a status"), body.to_owned())
}

/// Posts a body as JSON.
pub(crate) fn post(address: SocketAddr, body: &str) -> (u16, String) {
    let length = body.len();
    let head =
        "POST / HTTP/1.1\r\nHost: node\r\nConnection: close\r\nContent-Type: application/json";
    let request = format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}");
    exchange(address, request.as_bytes())
}

/// Asks for a WebSocket; the connection, and the status of the answer: 101 if it is one.
#[allow(dead_code, reason = "not every test talks over sockets")]
pub(crate) fn upgrade(address: SocketAddr) -> (TcpStream, u16) {
    let mut stream = TcpStream::connect(address).expect("connects");
    let request = "GET / HTTP/1.1\r\nHost: node\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("sends");
    let mut start = [0; "HTTP/1.1 101".len()];
    stream.read_exact(&mut start).expect("an answer");
    let status = start[9..]
        .iter()
        .fold(0, |status, digit| 10 * status + u16::from(digit - b'0'));
    (stream, status)
}
