"""The program that keeps the repository, asked by its interface, and what others handed to it: all of it the data of strangers."""
