"""Number and date formats of the pages."""
