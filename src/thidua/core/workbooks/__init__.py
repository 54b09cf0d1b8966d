"""Hall 5: tables in. Bytes of a workbook go in; typed rows, or every problem with its cell, come out."""
