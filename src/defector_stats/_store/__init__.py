"""Reading of the data files, and the figures made from them."""
