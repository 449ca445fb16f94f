"""Lessons: what plays them in the window, and what shows a step."""
