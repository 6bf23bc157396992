"""What single commands print about an account, one module for each family of commands."""
