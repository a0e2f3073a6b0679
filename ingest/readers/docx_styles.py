"""What a Word style says about font, weight, visibility, numbering and page breaks."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.readers.ooxml import Package, attribute, attributes, child, is_on, local, switch, value

_MAX_CHAIN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How letters look; None where nothing is said."""

    font: str | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, other: "Look") -> "Look":
        """Complete this look with the other's word where it says nothing."""
        if self is _NOTHING:
            return other
        return Look(
            font=self.font or other.font,
            bold=other.bold if self.bold is None else self.bold,
            hidden=other.hidden if self.hidden is None else self.hidden,
        )


_NOTHING = Look()


class Styles:
    """The style sheet of one document: run → character style → paragraph style → defaults.

    A sheet names hundreds of styles, of which a letter uses five: each is read when it is asked
    for, and the theme when a font refers to it.
    """

    def __init__(self, package: Package, parts: dict[str, list[str]]) -> None:
        """Find the styles of the style sheet by their names."""
        self._package = package
        self._themes = parts.get("theme", [])
        self._theme: dict[str, str] | None = None
        self._styles: dict[str, Element] = {}
        self._defaults = _NOTHING
        self.paragraph: str | None = None
        for part in parts.get("styles", []):
            self._read_sheet(package.tree(part))
        self._settled: dict[str | None, Look] = {}
        self._characters: dict[str, Look] = {}
        self._numbers: dict[str | None, tuple[Element, str] | None] = {}
        self._breaks: dict[str | None, bool] = {}

    def _read_sheet(self, root: Element | None) -> None:
        if root is None:
            return
        self._defaults = self.look(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in root.iterchildren("{*}style"):
            name = attribute(style, "styleId") or ""
            self._styles[name] = style
            is_default = attribute(style, "default") in {"1", "true"}
            if is_default and attribute(style, "type") == "paragraph":
                self.paragraph = name

    def look(self, properties: Element | None) -> Look:
        """What run properties say themselves."""
        font: str | None = None
        bold: bool | None = None
        hidden: bool | None = None
        for one in () if properties is None else properties:
            name = local(one)
            if name == "rFonts":
                font = font or self._font(one)
            elif name == "b" and bold is None:
                bold = is_on(one)
            elif name == "vanish" and hidden is None:
                hidden = is_on(one)
        if font is None and bold is None and hidden is None:
            return _NOTHING
        return Look(font=font, bold=bold, hidden=hidden)

    def _font(self, fonts: Element) -> str | None:
        """The font of letters from U+0080 up, the only ones a legacy encoding changes."""
        named = {key.rpartition("}")[2]: font for key, font in attributes(fonts) if font}
        for name in ("hAnsi", "ascii"):
            if found := named.get(name):
                return found
            if theme := named.get(f"{name}Theme"):
                return self._theme_font(theme[:5])
        return None

    def _theme_font(self, which: str) -> str | None:
        """The font a theme gives to its headings (“major”) or its text (“minor”)."""
        if self._theme is None:
            self._theme = {}
            for part in self._themes:
                self._read_theme(self._theme, self._package.tree(part))
        return self._theme.get(which)

    @staticmethod
    def _read_theme(theme: dict[str, str], root: Element | None) -> None:
        if root is None:
            return
        for name in ("major", "minor"):
            for fonts in root.iter(f"{{*}}{name}Font"):
                theme[name] = attribute(child(fonts, "latin"), "typeface") or ""

    def _chain(self, style: str | None) -> Iterator[str]:
        """A style and the styles it is based on, nearest first; loops end."""
        for _ in range(_MAX_CHAIN):
            if not style:
                return
            yield style
            style = value(self._styles.get(style), "basedOn")

    def settled(self, style: str | None) -> Look:
        """What a style says with everything it is based on, defaults last."""
        if style not in self._settled:
            self._settled[style] = self.character(style).over(self._defaults)
        return self._settled[style]

    def character(self, style: str | None) -> Look:
        """What a character style says, without the defaults."""
        if not style:
            return _NOTHING
        if style not in self._characters:
            look = _NOTHING
            for one in self._chain(style):
                look = look.over(self.look(child(self._styles.get(one), "rPr")))
            self._characters[style] = look
        return self._characters[style]

    def numbers(self, style: str | None) -> tuple[Element, str] | None:
        """The numbering a style carries, and the style in the chain that carries it."""
        if style not in self._numbers:
            found = (
                (numbering, one)
                for one in self._chain(style)
                if (numbering := child(self._styles.get(one), "pPr", "numPr")) is not None
            )
            self._numbers[style] = next(found, None)
        return self._numbers[style]

    def breaks_page(self, style: str | None) -> bool:
        """Tell whether paragraphs of the style begin a page."""
        if style not in self._breaks:
            found = (
                breaks
                for one in self._chain(style)
                if (breaks := switch(self._styles.get(one), "pPr", "pageBreakBefore")) is not None
            )
            self._breaks[style] = next(found, False)
        return self._breaks[style]
