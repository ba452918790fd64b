"""What people looked for and did not get (S38), counted by pair of places without who asked."""
