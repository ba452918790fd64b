"""What officers fill in about a text: its head, one clause, one grant, an answer's last day."""
