"""thidua: an agency's emulation plan in; fair, explained, published recognition out."""

__version__ = "0.1.0"
