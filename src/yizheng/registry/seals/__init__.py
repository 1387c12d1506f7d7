"""封存: sealing changes behind the register, witnessing the seals outside it, and verifying both."""
