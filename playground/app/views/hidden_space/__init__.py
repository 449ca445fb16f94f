"""What a hidden layer makes of the data."""
