"""Scalar circuits: the Circuits view and the inspector's tab."""
