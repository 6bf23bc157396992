"""Members, the workspaces they belong to, and how they sign in."""
