//! One call after another: in turn, within limits, again where that may help.

use std::cell::RefCell;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use kube_client::Client;
use kube_client::client::Body;
use serde::Deserialize;
use tokio::time::{sleep, timeout};

use super::failure::{Failure, Refusal, Way};
use super::pace::Pace;

/// Calls one API server.
pub(super) struct Caller {
    client: Client,
    way: Way,
    limit: Duration,
    pace: Pace,
    /// Why it is no use to call again, once that is plain.
    given_up: RefCell<Option<Failure>>,
}

/// One call.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) path: &'a str,
    /// The form that the answer shall have.
    pub(super) accept: &'a str,
    /// Bytes that the answer may have.
    pub(super) most: usize,
    /// Bytes that it will have, about.
    pub(super) about: usize,
}

/// What came back.
pub(super) struct Answer {
    pub(super) bytes: Vec<u8>,
    /// The time that the server thinks it is, as HTTP writes it.
    pub(super) date: Option<String>,
}

/// The form of all that is not asked for in a special one.
pub(super) const JSON: &str = "application/json";

/// How often one call is made, and how long to wait at first; twice as long each time.
const TRIES: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// A server may ask for no longer wait than this.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Bytes of a refusal that are read.
const REFUSAL: usize = 1 << 16;

impl Caller {
    pub(super) fn new(client: Client, way: Way, limit: Duration) -> Self {
        Self { client, way, limit, pace: Pace::new(), given_up: RefCell::default() }
    }

    /// Gets an answer, asking again where the failure may pass.
    pub(super) async fn get(&self, call: Call<'_>) -> Result<Answer, Failure> {
        self.ask(call, None).await
    }

    /// Posts a question, such as a review of access, that changes nothing.
    pub(super) async fn post(&self, call: Call<'_>, body: Vec<u8>) -> Result<Answer, Failure> {
        self.ask(call, Some(body)).await
    }

    async fn ask(&self, call: Call<'_>, body: Option<Vec<u8>>) -> Result<Answer, Failure> {
        let mut wait = FIRST_WAIT;
        for _ in 1..TRIES {
            match self.once(call, body.clone()).await {
                Err(failure) if failure.is_passing() => {
                    let asked = match &failure {
                        Failure::Refused(refusal) => refusal.retry_after,
                        _ => None,
                    };
                    sleep(asked.unwrap_or(wait).min(LONGEST_WAIT)).await;
                    wait *= 2;
                }
                outcome => return outcome,
            }
        }
        self.once(call, body).await
    }

    async fn once(&self, call: Call<'_>, body: Option<Vec<u8>>) -> Result<Answer, Failure> {
        self.pace.turn().await;
        if let Some(failure) = self.given_up.borrow().clone() {
            return Err(failure);
        }
        let outcome = timeout(self.limit, self.exchange(call, body)).await;
        let outcome = outcome.unwrap_or(Err(Failure::Slow(self.limit)));
        if let Err(failure) = &outcome
            && failure.is_final()
        {
            *self.given_up.borrow_mut() = Some(failure.clone());
        }
        outcome
    }

    async fn exchange(&self, call: Call<'_>, body: Option<Vec<u8>>) -> Result<Answer, Failure> {
        let builder = Request::builder().uri(call.path).header(ACCEPT, call.accept);
        let request = match body {
            Some(body) => builder.method("POST").header(CONTENT_TYPE, JSON).body(Body::from(body)),
            None => builder.body(Body::empty()),
        };
        let request = request.map_err(|error| Failure::Garbled(error.to_string()))?;
        let response = self.client.send(request).await;
        let response = response.map_err(|error| self.way.failure(&error))?;
        let (head, body) = response.into_parts();
        if !head.status.is_success() {
            let bytes = self.body(body, REFUSAL, 0).await.unwrap_or_default();
            let head = Response::from_parts(head, ());
            return Err(Failure::Refused(refusal(&head, &bytes)));
        }
        if text(&head.headers, CONTENT_TYPE).is_some_and(|form| form.starts_with("text/html")) {
            let why = format!("{} answered with a web page; is it an API server?", self.way.server);
            return Err(Failure::Garbled(why));
        }
        let date = text(&head.headers, DATE).map(ToOwned::to_owned);
        Ok(Answer { bytes: self.body(body, call.most, call.about).await?, date })
    }

    async fn body(&self, mut body: Body, most: usize, about: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::with_capacity(about);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| self.broken(&error))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > most {
                return Err(Failure::Large(most));
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes)
    }

    fn broken(&self, error: &(dyn std::error::Error + 'static)) -> Failure {
        let why = std::iter::successors(Some(error), |error| error.source()).last();
        let why = why.map(ToString::to_string).unwrap_or_default();
        Failure::Broken(format!("{} broke off in the middle of an answer: {why}", self.way.server))
    }
}

fn text(headers: &HeaderMap, name: http::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The API server's own words where it is one, see `metav1.Status`.
#[derive(Default, Deserialize)]
struct Status {
    #[serde(default)]
    message: String,
    #[serde(default)]
    metadata: StatusMetadata,
}

#[derive(Default, Deserialize)]
struct StatusMetadata {
    #[serde(rename = "continue")]
    next: Option<String>,
}

fn refusal(head: &Response<()>, bytes: &[u8]) -> Refusal {
    let status: Status = serde_json::from_slice(bytes).unwrap_or_default();
    let reason = || head.status().canonical_reason().unwrap_or("no reason given").to_owned();
    let seconds = text(head.headers(), RETRY_AFTER).and_then(|it| it.trim().parse().ok());
    Refusal {
        code: head.status().as_u16(),
        message: if status.message.is_empty() { reason() } else { status.message },
        retry_after: seconds.map(Duration::from_secs),
        next: status.metadata.next,
    }
}
