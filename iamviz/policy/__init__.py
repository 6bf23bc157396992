"""The IAM policy language. Knows no account and no graph."""
