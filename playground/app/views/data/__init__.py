"""The gallery and the data settings."""
