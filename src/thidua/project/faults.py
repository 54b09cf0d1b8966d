"""The one error the command line shows as a sentence: the input, or the place we run in, is at fault."""


class Fault(Exception):
    """What is wrong, where, and what to do, in one Vietnamese sentence."""
