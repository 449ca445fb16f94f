"""A document in one line of text, and addresses of TensorFlow Playground."""
