"""The long way round for escalation: every actor, method and target decided request by request."""
