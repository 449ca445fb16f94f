"""Weights and units changed by hand."""
