"""The document of a window as a file, and everything that is imported into it."""
