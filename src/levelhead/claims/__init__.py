"""The claim language: parse, print, judge. May import domain and kernels."""
