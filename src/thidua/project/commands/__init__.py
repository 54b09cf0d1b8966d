"""One module for each noun of the command line; each is imported only when its command is called."""
