"""The neural network: NumPy only, bricks over one flat parameter vector and one flat gradient vector."""
