"""Orders as a shop reports them, and how its customers are asked about them."""
