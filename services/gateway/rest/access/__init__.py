"""REST of access: signing in, one's own account, staff and invitations, keys and secrets."""
