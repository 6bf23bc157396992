"""The REST API, asked as a browser or a program asks it."""
