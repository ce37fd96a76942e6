"""How likely: volatility, paths, base rates, prices of claims. May import domain, kernels, claims and reading."""
