"""Measure which characters the fonts inside typst print: `python -m tests.exchange.glyphs > .../glyphs.txt`."""

import json
import sys
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

SOURCE = """#set document(title: "a")
#set text(lang: "fr", font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"))
#json(bytes(sys.inputs.data))"""
SILENT = {"Cn", "Co", "Cs", "Cc"}


class Printer:
    """Tries characters on a page of its own."""

    def __init__(self, folder: str) -> None:
        path = Path(folder) / "page.typ"
        path.write_text(SOURCE)
        self.compiler = typst.Compiler(str(path), root=folder, ignore_system_fonts=True)

    def prints(self, codes: list[int]) -> bool:
        """Tell whether all characters have a glyph."""
        text = json.dumps(" x ".join(map(chr, codes)))
        try:
            self.compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"data": text})
        except typst.TypstError as error:
            if "could not be displayed" in error.message:
                return False
            raise
        return True

    def good(self, codes: list[int]) -> list[int]:
        """Keep the characters that have a glyph, halving until each is known."""
        if not codes or self.prints(codes):
            return codes
        half = len(codes) // 2
        return self.good(codes[:half]) + self.good(codes[half:]) if half else []


def ranges(codes: list[int]) -> list[list[int]]:
    """Put neighbours together."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def main() -> None:
    """Print the ranges."""
    with TemporaryDirectory() as folder:
        printer, good = Printer(folder), []
        for start in range(0x20, 0x20000, 64):
            block = range(start, start + 64)
            good += printer.good([code for code in block if unicodedata.category(chr(code)) not in SILENT])
    sys.stdout.write("# First and last code point of each range that the fonts of typst print; see glyphs.py.\n")
    sys.stdout.writelines(f"{first:04X} {last:04X}\n" for first, last in ranges(good))


if __name__ == "__main__":
    main()
