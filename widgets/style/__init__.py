"""Colours, fonts, icons, and numbers as text."""
