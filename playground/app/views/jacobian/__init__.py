"""Jacobians at one example."""
