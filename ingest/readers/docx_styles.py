"""What a Word style says about font, weight, visibility, numbering and page breaks."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.readers.ooxml import Package, attribute, chain, child, local, switch, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How letters look; None where nothing is said."""

    font: str | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, other: "Look") -> "Look":
        """Complete this look with the other's word where it says nothing."""
        return Look(
            font=self.font or other.font,
            bold=other.bold if self.bold is None else self.bold,
            hidden=other.hidden if self.hidden is None else self.hidden,
        )


class Styles:
    """The style sheet of one document: run → character style → paragraph style → defaults."""

    def __init__(self, package: Package, parts: dict[str, list[str]]) -> None:
        """Read the theme's fonts and the style sheet."""
        self._theme: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self._parents: dict[str, str | None] = {}
        self._numbers: dict[str, Element] = {}
        self._breaks: dict[str, bool] = {}
        self._defaults = Look()
        self.paragraph: str | None = None
        for part in parts.get("theme", []):
            self._read_theme(package.tree(part))
        for part in parts.get("styles", []):
            self._read_sheet(package.tree(part))
        self._settled: dict[str | None, Look] = {}

    def _read_theme(self, root: Element | None) -> None:
        if root is None:
            return
        for which in ("major", "minor"):
            for fonts in root.iter(f"{{*}}{which}Font"):
                self._theme[which] = attribute(child(fonts, "latin"), "typeface") or ""

    def _read_sheet(self, root: Element | None) -> None:
        if root is None:
            return
        self._defaults = self.look(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in root:
            if local(style) == "style":
                self._read_style(style, attribute(style, "styleId") or "")

    def _read_style(self, style: Element, name: str) -> None:
        self._looks[name] = self.look(child(style, "rPr"))
        self._parents[name] = value(style, "basedOn")
        if (numbers := child(style, "pPr", "numPr")) is not None:
            self._numbers[name] = numbers
        if (breaks := switch(style, "pPr", "pageBreakBefore")) is not None:
            self._breaks[name] = breaks
        is_default = attribute(style, "default") in {"1", "true"}
        if is_default and attribute(style, "type") == "paragraph":
            self.paragraph = name

    def look(self, properties: Element | None) -> Look:
        """What run properties say themselves."""
        if properties is None:
            return Look()
        return Look(
            font=self._font(child(properties, "rFonts")),
            bold=switch(properties, "b"),
            hidden=switch(properties, "vanish"),
        )

    def _font(self, fonts: Element | None) -> str | None:
        """The font of letters from U+0080 up, the only ones a legacy encoding changes."""
        for name in ("hAnsi", "ascii"):
            if found := attribute(fonts, name):
                return found
            if theme := attribute(fonts, f"{name}Theme"):
                return self._theme.get(theme[:5])
        return None

    def settled(self, style: str | None) -> Look:
        """What a style says with everything it is based on, defaults last."""
        if style not in self._settled:
            look = Look()
            for one in chain(style, self._parents):
                look = look.over(self._looks.get(one, Look()))
            self._settled[style] = look.over(self._defaults)
        return self._settled[style]

    def character(self, style: str | None) -> Look:
        """What a character style says, without the defaults."""
        look = Look()
        for one in chain(style, self._parents):
            look = look.over(self._looks.get(one, Look()))
        return look

    def numbers(self, style: str | None) -> tuple[Element, str] | None:
        """The numbering a style carries, and the style in the chain that carries it."""
        found = (one for one in chain(style, self._parents) if one in self._numbers)
        return next(((self._numbers[one], one) for one in found), None)

    def breaks_page(self, style: str | None) -> bool:
        """Tell whether paragraphs of the style begin a page."""
        found = (self._breaks[one] for one in chain(style, self._parents) if one in self._breaks)
        return next(found, False)
