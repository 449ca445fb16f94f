"""Dialogs; none blocks."""
