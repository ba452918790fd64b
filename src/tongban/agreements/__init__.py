"""Pages of agreement officers (协议专员): register, agreement, matrix, calendar, explanation."""
