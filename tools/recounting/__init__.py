"""The parts of tools/recount.py; standard library only."""
