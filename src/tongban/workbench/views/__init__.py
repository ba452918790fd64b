"""What each address of the workbench answers."""
