//! A sound object with a finding, to stand beside what is broken.

/// A sound object with one finding, on its [`PRIVILEGED_LINE`]: what must still be judged beside
/// whatever is broken.
pub const PRIVILEGED_POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: watched}
spec:
  containers:
    - name: main
      securityContext:
        privileged: true
";

/// The line of the finding in a [`PRIVILEGED_POD`].
pub const PRIVILEGED_LINE: u32 = 8;

/// The check whose findings tests count, so that a new check changes no old expectation.
pub const CHECK: &str = "privileged-container";
