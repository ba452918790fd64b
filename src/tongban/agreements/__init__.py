"""Pages of agreement officers (协议管理员): register, agreement, matrix, calendar, explanation."""
