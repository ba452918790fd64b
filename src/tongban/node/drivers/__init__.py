"""What the errors of each database driver say of the database; one file for each driver."""
