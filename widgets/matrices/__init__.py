"""Matrices, tensors and tables of numbers."""
