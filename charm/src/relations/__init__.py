"""What other charms are told, and what they tell: one module for each interface."""
