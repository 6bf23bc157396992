"""Bytes to inventories: one module per format."""
