"""WCAG 2.2 contrast, so that no country's colour makes a page unreadable."""

from __future__ import annotations

TEXT = 7.0  # the ratio we hold everywhere: WCAG 2.2 success criterion 1.4.6 (AAA)
MARK = 3.0  # edges and signs: success criterion 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), of "#rgb" or "#rrggbb". Raises ValueError on anything else.

    Source: WCAG 2.2, definition of relative luminance.
    """
    digits = colour.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or not colour.strip().startswith("#"):
        raise ValueError(f"{colour!r} is not a colour like #0b4f5c")
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def brand(colour: str) -> str:
    """A country's brand colour, if white text on it can be read. Raises ValueError under 7:1."""
    ratio = contrast(colour, "#ffffff")
    if ratio < TEXT:
        raise ValueError(
            f"brand colour {colour} has a contrast of {ratio:.1f} to white; choose one of at least 7"
        )
    return colour.strip()
