"""What a command's exit code says: 0 is done."""

FINDINGS = 1  # a check found something wrong
BAD_INPUT = 2
STOPPED = 130  # by the user
PIPE_CLOSED = 141  # the reader of our output has gone
