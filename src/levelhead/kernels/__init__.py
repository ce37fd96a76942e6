"""Numbers: arrays in, arrays out; row t of an array depends on rows up to t alone. Imports nothing of ours."""
