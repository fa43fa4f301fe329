"""The commands, a file for each family: parse, call, print.  Only this folder and the command line know click."""
