"""levelhead."""
