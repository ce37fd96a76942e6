"""What the chart says, without opinion: averages, momentum, structure, levels, relative strength. May import domain and kernels."""
