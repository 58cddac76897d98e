//! Telling somebody's server: one POST an alert, with `text` for chat services and the alert itself.

use std::time::Duration;

use serde::Serialize;

use super::{Alert, WatchError};

/// A server that does not answer must not keep tickets waiting.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where alerts go.
#[derive(Debug, Clone)]
pub struct Webhook {
    client: reqwest::Client,
    url: reqwest::Url,
}

#[derive(Serialize)]
struct Message<'a> {
    schema: &'static str,
    text: String,
    #[serde(flatten)]
    alert: &'a Alert,
}

impl Webhook {
    /// A webhook at an address.
    ///
    /// # Errors
    /// [`WatchError::Url`].
    pub fn new(url: &str) -> Result<Self, WatchError> {
        let wrong = || WatchError::Url {
            url: url.to_owned(),
        };
        let parsed: reqwest::Url = url.parse().map_err(|_| wrong())?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(wrong());
        }
        Ok(Self {
            client: reqwest::Client::new(),
            url: parsed,
        })
    }

    /// Sends an alert; what went wrong, if something did. A lost message is not sent again: the metrics still show the ticket.
    pub async fn send(&self, alert: &Alert) -> Result<(), String> {
        let message = Message {
            schema: "confluence.alert/1",
            text: alert.to_string(),
            alert,
        };
        let body = serde_json::to_vec(&message).map_err(|error| error.to_string())?;
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .timeout(PATIENCE)
            .body(body);
        let answer = request.send().await.map_err(|error| error.to_string())?;
        match answer.status().is_success() {
            true => Ok(()),
            false => Err(format!("it answered {}", answer.status())),
        }
    }
}
