"""The two sockets: frames in, frames out, and what a visitor and an operator can do on them."""
