"""Services that know the members themselves: they get the whole letter once, as a draft that is read back and compared."""
