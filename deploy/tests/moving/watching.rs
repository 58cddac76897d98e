//! `confluence watch`: what waits is told once and redeemed when that is wanted, over a restart and without nodes.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
};

use confluence::{
    migrate::Sides,
    watch::{Alert, Book, Metrics, Watch, serve},
};
use serde_json::Value;

use crate::stage::{OTHER, PAYER, Stage};

fn document(text: &str) -> Value {
    serde_json::from_str(text).expect("one document")
}

impl Stage {
    async fn watch(&self) -> Watch {
        let migrator = self.system.l1.migrator;
        let sides = Sides::find(&self.l1, &self.l2, migrator).await;
        Watch {
            l1: self.l1.clone(),
            l2: self.l2.clone(),
            sides: sides.expect("both sides"),
            redeem: false,
            alert_before: 2 * 86_400,
            file: None,
            book: Book::new(self.l1.chain_id(), migrator, 0),
            failures: 0,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_ticket_is_told_once_and_redeemed_when_told_to() {
    let stage = Stage::open().await;
    stage.pair.follower().fail_auto_redeems(1);
    let sent = stage.run_as(OTHER, "migrate delegator --json");
    assert_eq!(sent.code, 3, "{}", sent.err);
    assert!(sent.out.contains("FUNDS_DEPOSITED"), "{}", sent.out);

    let look = "watch --once --since 0 --state @watch.json --json";
    let first = stage.run(look);
    assert_eq!(first.code, 3, "{}", first.err);
    let first = document(&first.out);
    assert_eq!(first["alerts"][0]["alert"], "waits", "{first}");
    // a second process knows from the file what was told
    let second = document(&stage.run(look).out);
    assert_eq!(second["alerts"], serde_json::json!([]));
    assert_eq!(second["open"].as_object().expect("tickets").len(), 1);

    let mend = format!("{look} --redeem --key-file @key-85");
    let mended = stage.run(&mend).json();
    assert_eq!(mended["alerts"][0]["alert"], "redeemed", "{mended}");
    assert_eq!(mended["redeemed"], 1);
    let last = stage.run(look).json();
    assert_eq!(last["ended"]["REDEEMED"], 1, "counted once: {last}");
    assert!(stage.l2.nonce(PAYER.address()).await.expect("a nonce") > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tickets_end_is_told_days_before_and_when_it_is_lost() {
    let stage = Stage::open().await;
    stage.pair.follower().fail_auto_redeems(1);
    assert_eq!(stage.run_as(OTHER, "migrate delegator").code, 3);
    let mut watch = stage.watch().await;
    let kinds = |alerts: &[Alert]| -> Vec<&'static str> {
        let kind = |alert: &Alert| match alert {
            Alert::Waits { .. } => "waits",
            Alert::Expires { .. } => "expires",
            Alert::Lost { .. } => "lost",
            _ => "other",
        };
        alerts.iter().map(kind).collect()
    };
    let passed = watch.pass().await.expect("looks");
    assert_eq!(kinds(&passed.alerts), ["waits"]);
    let follower = stage.pair.follower();
    follower.advance(5 * 86_400 + 60, 1).expect("advanced");
    let passed = watch.pass().await.expect("looks");
    assert_eq!(kinds(&passed.alerts), ["expires"]);
    assert!(watch.pass().await.expect("looks").alerts.is_empty());
    follower.advance(3 * 86_400, 1).expect("advanced");
    let passed = watch.pass().await.expect("looks");
    assert_eq!(kinds(&passed.alerts), ["lost"]);
    assert!(watch.book.open.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_are_gone_are_told_after_three_looks_and_metrics_go_on() {
    let stage = Stage::open().await;
    assert_eq!(stage.run_as(OTHER, "migrate delegator").code, 0);
    let mut watch = stage.watch().await;
    let passed = watch.pass().await.expect("looks");
    assert!(passed.alerts.is_empty());
    let metrics = Metrics::default();
    metrics.update(&watch);
    let at = "127.0.0.1:0".parse().expect("an address");
    let at = serve(at, metrics.clone()).await.expect("serves");
    drop(stage);

    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(watch.pass().await.expect("goes on").alerts.len());
    }
    assert_eq!(told, [0, 0, 1, 0]);
    metrics.update(&watch);
    let mut stream = std::net::TcpStream::connect(at).expect("there");
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("asked");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("answered");
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    for line in [
        "confluence_tickets_ended_total{state=\"REDEEMED\"} 1",
        "confluence_tickets_open{state=\"FUNDS_DEPOSITED\"} 0",
        "confluence_failed_passes 4",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

/// A server that takes one POST a connection and answers with this status; what was posted, in order.
fn hook(status: &'static str) -> (String, std::sync::mpsc::Receiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let (mut text, mut some) = (Vec::new(), [0; 4096]);
            let posted = loop {
                let count = stream.read(&mut some).expect("a request");
                text.extend_from_slice(&some[..count]);
                let whole = String::from_utf8_lossy(&text).into_owned();
                let Some((head, body)) = whole.split_once("\r\n\r\n") else {
                    continue;
                };
                assert!(head.starts_with("POST /hook HTTP/1.1"), "{head}");
                assert!(head.contains("content-type: application/json"), "{head}");
                if let Ok(posted) = serde_json::from_str(body) {
                    break posted;
                }
            };
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).expect("answered");
            if tell.send(posted).is_err() {
                return;
            }
        }
    });
    (url, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_hears_of_each_alert_once_and_one_that_fails_stops_nothing() {
    let stage = Stage::open().await;
    let (url, told) = hook("200 OK");
    stage.pair.follower().fail_auto_redeems(1);
    let sent = document(&stage.run_as(OTHER, "migrate delegator --json").out);
    let id = sent["ticket"]["id"].as_str().expect("an id");
    let look = "watch --once --since 0 --state @watch.json --json";
    let first = stage.run(&format!("{look} --webhook {url}"));
    assert_eq!(first.code, 3, "{}", first.err);
    let posted = told.recv().expect("one alert");
    assert_eq!(posted["schema"], "confluence.alert/1");
    assert_eq!(posted["alert"], "waits");
    assert_eq!(posted["ticket"], id);
    assert!(
        posted["text"].as_str().expect("text").contains(id),
        "{posted}"
    );
    assert_eq!(stage.run(&format!("{look} --webhook {url}")).code, 3);
    assert!(told.try_recv().is_err(), "it was told already");

    let (broken, told) = hook("500 Internal Server Error");
    let mended = stage.run(&format!(
        "{look} --redeem --key-file @key-85 --webhook {broken}"
    ));
    assert_eq!(mended.code, 0, "{}", mended.err);
    assert_eq!(told.recv().expect("tried")["alert"], "redeemed");
    assert!(
        mended
            .err
            .contains("the webhook did not take an alert: it answered 500"),
        "{}",
        mended.err
    );
    let wrong = stage.run(&format!("{look} --webhook ftp://x"));
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("expected http:// or https://"),
        "{}",
        wrong.err
    );
}
