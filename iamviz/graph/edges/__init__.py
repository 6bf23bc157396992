"""One edge rule a file; graph.build lists them."""
