"""Layered layout of a graph: columns, few crossings, straight wires."""
