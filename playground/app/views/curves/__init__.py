"""Curves over the iterations, and going back in time."""
