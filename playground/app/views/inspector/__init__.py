"""The gradient card of the selection."""
