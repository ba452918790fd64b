"""The shell of the kernel: one transaction per command or push, clock, randomness, workers."""
