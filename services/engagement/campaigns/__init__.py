"""Push subscriptions and campaigns."""
