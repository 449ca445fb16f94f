"""Plots over the iterations, the plane and the layers."""
