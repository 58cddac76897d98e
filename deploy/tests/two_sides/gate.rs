//! A gate between the command and a node: everything passes until a transaction is sent, and then the test decides.
//! Always holds: whatever comes after the gate has shut goes nowhere, so that the node sees what it saw when the command died.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::{broadcast, mpsc, oneshot},
};

/// When the command is to die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Before the node has the transaction.
    Unsent,
    /// When the node has it, and the command does not know.
    Unheard,
}

/// A transaction stands in the gate; whoever hears of it says when the command is dead.
pub(crate) type Caught = oneshot::Sender<()>;

#[derive(Debug)]
pub(crate) struct Gate {
    url: String,
    when: Arc<Mutex<Option<When>>>,
    questions: broadcast::Sender<Vec<u8>>,
}

impl Gate {
    /// A gate to a node; `caught` hears of the first transaction after each time that it was armed.
    pub(crate) async fn to(node: String, caught: mpsc::UnboundedSender<Caught>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let when = Arc::new(Mutex::new(None));
        let armed = Arc::clone(&when);
        let (questions, _) = broadcast::channel(1_024);
        let told = questions.clone();
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (node, client) = (node.clone(), client.clone());
                let (armed, caught, told) = (Arc::clone(&armed), caught.clone(), told.clone());
                // a connection that breaks is the command's death
                tokio::spawn(
                    async move { pass(stream, &node, &client, &armed, &caught, &told).await },
                );
            }
        });
        Self {
            url,
            when,
            questions,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Every question from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Vec<u8>> {
        self.questions.subscribe()
    }

    pub(crate) fn arm(&self, when: Option<When>) {
        *self.when.lock().expect("whole") = when;
    }
}

async fn pass(
    stream: TcpStream,
    node: &str,
    client: &reqwest::Client,
    armed: &Mutex<Option<When>>,
    caught: &mpsc::UnboundedSender<Caught>,
    told: &broadcast::Sender<Vec<u8>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let question = question(&mut stream).await?;
        let sends = contains(&question, "\"eth_send");
        // nobody has to listen
        let _ = told.send(question.clone());
        let when = match sends {
            true => armed.lock().ok()?.take(),
            false => None,
        };
        let die = async || {
            let (dead, is_dead) = oneshot::channel();
            caught.send(dead).ok()?;
            is_dead.await.ok()
        };
        if when == Some(When::Unsent) {
            die().await;
            return None;
        }
        let request = client.post(node).header("content-type", "application/json");
        let answer = request.body(question).send().await.ok()?;
        let answer = answer.bytes().await.ok()?;
        if when == Some(When::Unheard) {
            die().await;
            return None;
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(&answer).await.ok()?;
        stream.flush().await.ok()?;
    }
}

pub(crate) fn contains(question: &[u8], word: &str) -> bool {
    let word = word.as_bytes();
    question.windows(word.len()).any(|some| some == word)
}

/// The body of the next request of a connection.
async fn question(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?.to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))?;
    let mut body = vec![0; length.trim().parse().ok()?];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}
