"""Small controls: buttons, sliders, fields, labels."""
