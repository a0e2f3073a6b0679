"""One reader behind a pipe: the path of a file comes in, what was read and how long it took go out.

Runs under the interpreter of the reader it wraps (`tests.benchmarks.reading` starts it), so it
knows nothing but the standard library until the reader's name is given:

    python engines.py bare|caged|xberg|markitdown|docling

An answer is one line of JSON. Only the reading is timed, in memory, never the making of the answer.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
Cell = tuple[int, int, int, int, str]
"""Row and column from 1, rows and columns covered, words."""
Told = tuple[str, list[list[Cell]]]
Engine = tuple[Callable[[str, bytes], Any], Callable[[Any], Told]]
"""How a file is read (timed), and how what came of it is told."""


def main(name: str) -> None:
    """Answer until there is no more question; then tell how much memory it took at most."""
    read, told = ENGINES[name]()
    print("ready", flush=True)  # noqa: T201 -- the pipe
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        raw = path.read_bytes()
        start, work = time.perf_counter(), time.process_time()
        try:
            found = read(path.name, raw)
        except Exception as error:  # noqa: BLE001 -- what a peer cannot read is a figure
            answer: dict[str, Any] = {"error": f"{type(error).__name__}: {error}"[:200]}
        else:
            answer = {"seconds": time.perf_counter() - start, "work": time.process_time() - work}
            answer["words"], answer["tables"] = told(found)
        answer["mb"] = _memory()
        print(json.dumps(answer), flush=True)  # noqa: T201 -- the pipe


def _memory() -> float:
    """The most memory this process, or one of its children, has held so far, in MB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in whose) / 1024


def _bare() -> Engine:
    sys.path.insert(0, str(ROOT))
    readers = import_module("ingest.readers")
    return lambda _, raw: readers.read(readers.sniff(raw), raw), _ours


def _caged() -> Engine:
    """As the service reads: every file in a child of its own, under limits."""
    sys.path.insert(0, str(ROOT))
    readers = import_module("ingest.readers")
    cage = import_module("ingest.cage").Cage()
    return lambda _, raw: cage.read(readers.sniff(raw), raw), _ours


def _ours(content: Any) -> Told:  # noqa: ANN401 -- our type, which peers lack
    words = "\n".join((content.plain(), *(line.text for line in content.margins)))
    return words, [
        [(one.row, one.column, one.row_span, one.column_span, one.text) for one in table.cells]
        for table in content.tables()
    ]


def _xberg() -> Engine:
    """Without its cache of results, with the structure that holds headers and footers."""
    xberg = import_module("xberg")
    loop = asyncio.new_event_loop()
    config = xberg.ExtractionConfig(use_cache=False, include_document_structure=True)

    def read(name: str, raw: bytes) -> Any:  # noqa: ANN401 -- the peer's own type
        given = xberg.ExtractInput(kind="bytes", bytes=raw, filename=name)
        found = loop.run_until_complete(xberg.extract(given, config))
        if found.errors or not found.results:
            raise ValueError(str(found.errors))
        return found.results[0]

    def told(found: Any) -> Told:  # noqa: ANN401 -- the peer's own type
        nodes = found.document.nodes if found.document else []
        texts = [str(getattr(node.content, "text", "") or "") for node in nodes]
        return "\n".join((found.content, *texts)), [_plain(table.cells) for table in found.tables]

    return read, told


def _plain(rows: list[list[str]]) -> list[Cell]:
    """A table that knows no spans."""
    return [
        (row, column, 1, 1, text)
        for row, cells in enumerate(rows, start=1)
        for column, text in enumerate(cells, start=1)
        if text
    ]


def _markitdown() -> Engine:
    package = import_module("markitdown")
    converter = package.MarkItDown()

    def read(name: str, raw: bytes) -> Any:  # noqa: ANN401 -- the peer's own type
        told = package.StreamInfo(extension=Path(name).suffix)
        return converter.convert_stream(BytesIO(raw), stream_info=told)

    def told(found: Any) -> Told:  # noqa: ANN401 -- the peer's own type
        text = str(found.markdown)
        return text.replace("\\", "").replace("**", ""), list(_of_markdown(text))

    return read, told


def _of_markdown(text: str) -> Iterator[list[Cell]]:
    rows: list[list[str]] = []
    for line in (*text.splitlines(), ""):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(set(cell) <= {"-", ":"} and cell for cell in cells):
                rows.append([cell.replace("**", "").replace("\\", "") for cell in cells])
        elif rows:
            # A table without a head gets an empty one, a sheet's first row becomes it.
            yield _plain(rows if any(rows[0]) else rows[1:])
            rows = []


class _Absent(ModuleType):
    """A module that is not there: docling imports torch whatever it is asked to read."""

    __path__: list[str] = []  # noqa: RUF012 -- what makes a module a package

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- anything
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {}) if name[0].isupper() else _Absent(name)

    def __call__(self, *_: object, **__: object) -> "_Absent":
        return self

    def __bool__(self) -> bool:
        return False


class _NoTorch:
    """Finds an empty torch: its models cannot be had here, and Office files need none."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, _NoTorch, is_package=True) if name.startswith("torch") else None  # type: ignore[arg-type]  # -- a class does as a loader

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        return _Absent(spec.name)

    @staticmethod
    def exec_module(_: ModuleType) -> None:
        """Nothing to run."""


def _docling() -> Engine:
    sys.meta_path.append(_NoTorch)
    converter = import_module("docling.document_converter").DocumentConverter()
    stream = import_module("docling.datamodel.base_models").DocumentStream

    def read(name: str, raw: bytes) -> Any:  # noqa: ANN401 -- the peer's own type
        return converter.convert(stream(name=name, stream=BytesIO(raw))).document

    def told(document: Any) -> Told:  # noqa: ANN401 -- the peer's own type
        words = document.export_to_text() + "\n" + document.export_to_markdown()
        return words, [
            [
                (
                    one.start_row_offset_idx + 1,
                    one.start_col_offset_idx + 1,
                    one.row_span,
                    one.col_span,
                    one.text,
                )
                for one in table.data.table_cells
            ]
            for table in document.tables
        ]

    return read, told


ENGINES: dict[str, Callable[[], Engine]] = {
    "bare": _bare,
    "caged": _caged,
    "xberg": _xberg,
    "markitdown": _markitdown,
    "docling": _docling,
}

if __name__ == "__main__":
    main(sys.argv[1])
