"""File > Export and pictures of views."""
