//! What a message asks, and answers to it: JSON-RPC 2.0.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What came from the editor.
pub(super) enum Message {
    /// It waits for an answer.
    Request { id: Value, method: String, params: Value },
    /// It does not.
    Notification { method: String, params: Value },
    /// The answer to something that we asked.
    Answer,
}

/// Why a message is not answered as it hoped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    code: i32,
    why: String,
}

impl Message {
    /// Reads the bytes of a message.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let value: Value =
            serde_json::from_slice(bytes).map_err(|it| Refusal::new(-32700, it.to_string()))?;
        let Value::Object(mut fields) = value else {
            return Err(Refusal::invalid("a message is a JSON object"));
        };
        let id = fields.remove("id").filter(|it| !it.is_null());
        let params = fields.remove("params").unwrap_or_default();
        match (id, fields.remove("method")) {
            (Some(id), Some(Value::String(method))) if id.is_string() || id.is_number() => {
                Ok(Self::Request { id, method, params })
            }
            (None, Some(Value::String(method))) => Ok(Self::Notification { method, params }),
            (Some(_), None) => Ok(Self::Answer),
            _ => Err(Refusal::invalid(
                "a message has a method, and an id that is a text or a number",
            )),
        }
    }
}

impl Refusal {
    fn new(code: i32, why: impl Into<String>) -> Self {
        Self { code, why: why.into() }
    }

    pub(super) fn invalid(why: &str) -> Self {
        Self::new(-32600, why)
    }

    pub(super) fn unknown(method: &str) -> Self {
        let name: String = method.chars().take(80).collect();
        Self::new(-32601, format!("there is no method {name:?}"))
    }

    pub(super) fn fault() -> Self {
        Self::new(-32603, "a fault of ringfence; standard error says where")
    }

    pub(super) fn too_early() -> Self {
        Self::new(-32002, "initialize comes first")
    }

    pub(super) fn cancelled() -> Self {
        Self::new(-32800, "cancelled")
    }

    pub(super) fn too_many() -> Self {
        Self::new(-32802, "too many questions wait; ask again")
    }
}

/// The parameters of a method.
pub(super) fn params<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|it| Refusal::new(-32602, it.to_string()))
}

/// An answer, or why there is none.
pub(super) fn answer(id: &Value, answer: Result<Value, Refusal>) -> Value {
    match answer {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(Refusal { code, why }) => {
            json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": why}})
        }
    }
}

/// What nobody answers.
pub(super) fn notification(method: &str, params: &impl Serialize) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

/// What the editor answers.
pub(super) fn request(id: u64, method: &str, params: &impl Serialize) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}
