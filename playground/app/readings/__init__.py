"""From the session's readings to drawn values: names, texts and the order of rows; no mathematics."""
