"""Scalar computation graphs: every value above its wire, every gradient below it, no recursion."""
