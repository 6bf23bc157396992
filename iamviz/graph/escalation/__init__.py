"""can-escalate and is-admin: what somebody may make of what he may do. One rule a file where the mechanism differs."""
