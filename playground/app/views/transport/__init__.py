"""The transport bar and the status line."""
