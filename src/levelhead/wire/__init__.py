"""The one form of a note outside the process: JSON, its schema, its canonical bytes. May import domain."""
