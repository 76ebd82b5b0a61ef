"""Messages left while the shop was away: the form, and the inbox of what it brought."""
