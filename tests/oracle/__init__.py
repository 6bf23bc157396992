"""The long way round: every pair of an organization decided one by one, to hold the graph's short cuts to."""
