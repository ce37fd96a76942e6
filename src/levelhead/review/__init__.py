"""Other people's notes: what they say, what the bars say to it, and what became of it. It may not import the writer."""
