"""Layers over the iterations."""
