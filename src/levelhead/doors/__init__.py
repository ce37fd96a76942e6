"""The ways in: command line and Python face. The only place that knows clock, arguments and environment. May import every room."""
