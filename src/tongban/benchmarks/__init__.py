"""Measurements that an operator can repeat; nothing here is made for a node to work with."""
