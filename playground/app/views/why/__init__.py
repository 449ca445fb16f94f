"""Where a number came from: one click more, and the way back."""
