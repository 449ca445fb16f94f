"""The main window: construction, dock layout, actions, lecture mode, crash handler."""
