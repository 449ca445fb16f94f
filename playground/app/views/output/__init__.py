"""The output plane."""
