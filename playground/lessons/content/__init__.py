"""The lessons that come with the program: one Markdown file each, ``NN-name.md``; data, no code."""
