"""Documents as files: saved state, storage, settings, autosave, links."""
