"""What a case keeps beside its state: findings, corrections, instruments, notices, rollbacks."""
