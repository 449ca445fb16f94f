"""Data, training and layer settings."""
