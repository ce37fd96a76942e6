"""Where a note is written: scenarios, roles, outlook, setups, sentences.

May import domain, kernels, claims, reading and forecast.
"""
