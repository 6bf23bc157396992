"""One module per format. Formats do not import each other; recognise.py lists them."""
