"""The ``*.playground`` format: versioned JSON, its checks, its migrations and its schema."""
