"""The benchmarks: a floor without the product, the product, and their ratio."""
