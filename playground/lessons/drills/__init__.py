"""Endless exercises: seeded tasks, worked out but for their last steps, at a level that follows success."""
