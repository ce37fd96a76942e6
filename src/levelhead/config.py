"""Reads a house file into the frozen settings of each room."""
