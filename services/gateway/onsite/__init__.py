"""Who is on a shop's pages: each gateway tells the others of its own visitors, while somebody watches."""
