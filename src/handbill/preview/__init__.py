"""The preview: a loopback server that reloads, and the watching of sources."""
