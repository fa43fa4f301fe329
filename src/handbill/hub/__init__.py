"""The core: values and questions, made of the standard library only."""
