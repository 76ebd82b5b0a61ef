"""Reviews: moderated by staff, written by customers, and served for product pages."""
