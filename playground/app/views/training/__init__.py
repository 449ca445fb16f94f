"""Training settings."""
