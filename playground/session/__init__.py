"""The state of one window, without a widget: documents, runs, undo and the clock."""
