"""How long builds take: the same posts laid out for Handbill and for its rivals, built turn by turn on one machine."""
