"""Who somebody is, and from where they may speak: tokens, identities, sessions, origins."""
