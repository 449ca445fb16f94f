"""Lessons: a Markdown file with TOML blocks, what its words mean, and the proof that it can be done."""
