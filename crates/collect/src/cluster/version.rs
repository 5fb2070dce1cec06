//! The version that a server tells. That it answers at all is what is asked first.

use serde::Deserialize;

use super::caller::{Answer, Call, Caller, JSON};
use super::connect::NoWay;

const CALL: Call<'_> = Call { path: "/version", accept: JSON, most: 1 << 20, about: 0 };

/// The answer to who may ask for it.
///
/// # Errors
/// Where there is no way to the server, or it lets nobody in.
pub(super) async fn ask(caller: &Caller) -> Result<Option<Answer>, NoWay> {
    match caller.get(CALL).await {
        Ok(answer) => Ok(Some(answer)),
        // It answered, and may let lists through all the same.
        Err(failure) if failure.is_forbidden() => Ok(None),
        Err(failure) => Err(NoWay::Unreachable(failure.to_string())),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    git_version: String,
}

/// The version in an answer, such as `v1.36.3`.
pub(super) fn read(answer: &Answer) -> Option<String> {
    serde_json::from_slice(&answer.bytes).ok().map(|it: Version| it.git_version)
}
