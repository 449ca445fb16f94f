"""From typed text to a circuit; nothing is ever evaluated as code."""
