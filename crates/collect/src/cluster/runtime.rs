//! One thread for the network; the cores are for reading.

use super::connect::NoWay;

/// Does the work to its end.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, NoWay>>) -> Result<T, NoWay> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| NoWay::Settings(format!("no thread for the network: {error}")))?;
    let outcome = runtime.block_on(work);
    // A program that signs in may still run.
    runtime.shutdown_background();
    outcome
}
