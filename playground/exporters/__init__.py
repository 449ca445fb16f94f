"""What leaves the program: code, tables, pictures, worksheets."""
