"""Bytes to Inventory: archives opened safely, formats recognised by shape, one module per format."""
