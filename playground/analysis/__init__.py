"""Readings over the engine, NumPy only: maps over the plane, losses of a data set, health, Jacobians, W′."""
