"""Gradient flow per layer."""
