//! The kinds of Istio, and what is in its mesh.
