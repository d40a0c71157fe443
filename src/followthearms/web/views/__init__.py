"""What templates show: pure functions from what the register answers to frozen values."""
