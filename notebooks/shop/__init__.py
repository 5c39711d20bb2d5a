"""What this shop computes from its silver tables."""
