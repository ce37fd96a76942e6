"""The claim language: parse and print, freeze, judge on paths, watch bar by bar, settle. May import domain and kernels."""
