"""What a rule says when it does not allow a deed."""


class Refused(Exception):
    """A deed that a rule does not allow; its words are the sentence for the person who asked."""
