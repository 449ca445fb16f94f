"""One iteration phase by phase."""
