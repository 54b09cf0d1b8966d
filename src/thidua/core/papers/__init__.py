"""Hall 4: paper out. Values in, bytes of PDF and Word out, in the layout of Decree 30/2020."""
