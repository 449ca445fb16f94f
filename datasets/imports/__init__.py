"""Tables from files: what a file holds, looked at and read."""
