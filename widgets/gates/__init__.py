"""The cards of circuit gates."""
