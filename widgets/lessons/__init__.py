"""What a learner meets: the lesson panel, the ring that points, and the quiet card over the network."""
