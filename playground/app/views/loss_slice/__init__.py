"""A slice of the loss surface."""
