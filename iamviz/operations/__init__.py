"""What `manage.py up` is made of. Standard library only."""
