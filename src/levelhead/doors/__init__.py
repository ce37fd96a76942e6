"""Where people come in: the command line and the Python face.

The only room that knows the clock, arguments and environment; it loads bars and hands them in. May import every room.
"""
