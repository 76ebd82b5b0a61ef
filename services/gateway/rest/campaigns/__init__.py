"""Web push to visitors: their subscriptions, and the campaigns that staff send them."""
