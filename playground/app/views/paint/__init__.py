"""Painting points."""
