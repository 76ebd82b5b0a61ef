"""What happens, on its way to the sockets that show it: events, desks, presence, read marks."""
