"""What people propose without Git, from the form that they fill in to the file that an editor would have written."""
