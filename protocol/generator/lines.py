"""Lines of at most 120 columns."""

import textwrap

COLUMNS = 120


def wrap(opening, items, closing, indent="    "):
    """`opening a, b, c closing` on one line, or the items on lines of their own between the two."""
    joined = ", ".join(items)
    if len(opening) + len(joined) + len(closing) <= COLUMNS:
        return [opening + joined + closing]
    lines = textwrap.wrap(joined, COLUMNS - len(indent), break_long_words=False, break_on_hyphens=False)
    outer = indent[:-4] if len(indent) > 4 else ""
    return [opening.rstrip(), *(indent + line for line in lines), outer + closing.strip()]


def comment(mark, text, indent=""):
    """The text as lines of a comment, each with its mark."""
    width = COLUMNS - len(indent) - len(mark) - 1
    return [
        f"{indent}{mark} {line}" for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    ]


def jsdoc(text, indent=""):
    """The text as one JSDoc comment."""
    if len(indent) + len(text) + 7 <= COLUMNS:
        return [f"{indent}/** {text} */"]
    return [f"{indent}/**", *comment(" *", text, indent), f"{indent} */"]
