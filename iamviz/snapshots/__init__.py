"""From an upload to a published revision: rows, tasks, and reading a revision back."""
