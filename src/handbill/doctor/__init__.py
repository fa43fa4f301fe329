"""What a machine and a repository lack, told with why it matters and the act that mends it; looks and changes nothing."""
