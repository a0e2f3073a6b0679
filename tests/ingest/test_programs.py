"""Outside programs: what is told of them."""

from ingest.programs import Programs, capabilities, found


def test_everything_missing_is_named_with_what_brings_it() -> None:
    told = list(capabilities(Programs()))

    assert [(one.name, one.is_there) for one in told] == [
        ("LibreOffice", False),
        ("Tesseract", False),
        ("unar", False),
        ("bubblewrap", False),
    ]
    assert told[0].says == (
        "Chưa đọc được .doc, .rtf, .odt, .xls, .ods: thiếu LibreOffice; tệp ấy chờ cán bộ mở xem."
    )
    assert all(one.packages for one in told)


def test_everything_there_is_named_with_what_it_does() -> None:
    here = Programs(soffice="/s", tesseract="/t", unar="/u", bwrap="/b")

    assert all(one.is_there for one in capabilities(here))


def test_one_unpacker_is_enough() -> None:
    told = {one.name: one.is_there for one in capabilities(Programs(bsdtar="/b"))}

    assert told["unar"]


def test_the_machine_is_looked_over_once() -> None:
    assert found() is found()
