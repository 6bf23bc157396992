"""What a snapshot contains, and which policies apply to whom."""
