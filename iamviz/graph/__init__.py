"""Inventories to the graph of who can become whom."""
