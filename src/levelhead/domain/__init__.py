"""The words of the trade: instrument, bars, sessions, fact, level, claim, scenario, setup, outlook, note, errors.

Frozen values without input or output. Imports nothing of ours.
"""
