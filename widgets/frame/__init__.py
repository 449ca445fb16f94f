"""What frames the window: panels, docks, transport bar, status line, notices."""
