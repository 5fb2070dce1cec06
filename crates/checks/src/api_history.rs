//! Which versions of APIs were served, and until when.
