"""When training pauses automatically."""
