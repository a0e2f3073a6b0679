"""`vanthu web`: one of many machines that serve the officer's pages."""

from pathlib import Path

import click

from service import log
from service.serving import begin, desk, need_postgresql


@click.command()
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Ghi nhật ký vào tệp này.")
def web(log_file: Path | None) -> None:
    """Phục vụ trang của cán bộ trên sổ PostgreSQL; việc do các máy chạy vanthu work làm."""
    settings, stop = begin(log_file)
    need_postgresql(settings)
    from ledger import migrating, work  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.cluster import Queue  # noqa: PLC0415 -- as above

    migrating.bring_up()
    work.tell(Queue().offer)
    served = desk(settings)
    log.logger().info("started")
    stop.wait()
    served.close()
    log.logger().info("stopped")
