"""Errors that stop a run before or outside the articles; a bad article is a Rejection instead."""

from __future__ import annotations


class NewsmovesError(Exception):
    """Base of all errors that end a command with exit code 1 and one clear line."""


class InputError(NewsmovesError):
    """An input, option or gold file cannot be used; the message names file, problem and remedy."""


class RuleError(NewsmovesError):
    """A rule file is wrong; the message names file, rule, problem and the allowed choices."""


class StageError(NewsmovesError):
    """A stage broke its own contract (schema, counts, doubled keys): a fault of the program."""
