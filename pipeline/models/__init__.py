"""What comes with a learned model besides its weights: what it says of itself, what its files must be, a guard."""
