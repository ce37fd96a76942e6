"""Where bars come from: sources, quality, session tables, instruments. May import domain and kernels."""
