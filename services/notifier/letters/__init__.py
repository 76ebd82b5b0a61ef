"""What mails say and to whom, by kind: from events in clear and the shop's settings. Pure."""
