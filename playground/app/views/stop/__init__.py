"""When training pauses by itself."""
