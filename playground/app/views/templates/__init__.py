"""First-layer weights as images."""
