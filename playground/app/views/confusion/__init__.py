"""The confusion matrix."""
