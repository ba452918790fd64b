"""What every store must do, whatever database and connection it is given."""
