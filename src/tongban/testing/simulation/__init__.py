"""The world simulator: whole nodes on production code, replaced only at their ports.

One seed drives everything: what people do, which letters are lost, when disks and clocks fail.
"""
