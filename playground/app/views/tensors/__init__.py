"""The layers as bricks with tensors."""
