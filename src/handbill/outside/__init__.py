"""Whether the pages elsewhere that the hub leads to still answer; asked on demand, never by a build."""
