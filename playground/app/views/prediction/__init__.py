"""Numbers that are hidden until they are predicted."""
