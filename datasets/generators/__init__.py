"""The kinds of data that the program brings along: one table of seeded generators."""
