"""Makes the engine's parse errors readable: place first, without whole character classes."""


def plain_parse_error(message: str) -> str:
    """A parser's message with its place first and without the grammar of a whole name.

    Examples:
        >>> plain_parse_error("error at 3:4: expected one of DISTINCT, ['a' ..= 'z'], [_]")
        'line 3, column 4: expected one of DISTINCT'
        >>> plain_parse_error("error at 3:4: expected [_]")
        'line 3, column 4: nothing more was expected'
    """
    head, _, rest = message.partition(": ")
    line, colon, column = head.removeprefix("error at ").partition(":")
    if not colon or not line.isdecimal():
        return message
    if "Prefix not found" in rest:
        return f"line {line}, column {column}: this prefix is not declared"
    if not rest.startswith("expected"):
        return f"line {line}, column {column}: {rest}"
    options = rest.removeprefix("expected ").removeprefix("one of ").replace("\n", " ")
    words = [word for word in _options(options) if "..=" not in word and word != "[_]"]
    if not words:
        return f"line {line}, column {column}: nothing more was expected"
    shown = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return f"line {line}, column {column}: expected one of {shown}"


def _options(text: str) -> list[str]:
    """The items of a parser's list; a comma inside quotes or brackets parts nothing."""
    found, depth, quoted, item = [], 0, False, ""
    for sign in text:
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign == "[":
            depth += 1
        elif not quoted and sign == "]":
            depth -= 1
        if sign == "," and depth == 0 and not quoted:
            found.append(item.strip())
            item = ""
        else:
            item += sign
    return [*found, item.strip()] if item.strip() else found
