"""Where shops' tags are met: on which origins, on how many pages, and which origins are refused."""
