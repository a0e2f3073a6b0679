"""`vanthu work`: one of many machines that receive, judge and answer."""

from pathlib import Path

import click

from service import log
from service.serving import begin, need_postgresql


@click.command()
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Ghi nhật ký vào tệp này.")
def work(log_file: Path | None) -> None:
    """Làm việc cùng các máy khác trên một sổ PostgreSQL: nhận thư, kiểm tra, trả lời."""
    settings, stop = begin(log_file)
    need_postgresql(settings)
    from ledger import migrating  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.cluster import Engine, EngineStoppedError  # noqa: PLC0415 -- as above
    from service.wiring import wire  # noqa: PLC0415 -- as above

    migrating.bring_up()
    office = wire(settings)
    with office.cage:
        log.logger().info("started")
        try:
            Engine(office).run(stop)
        except EngineStoppedError as error:
            message = "Mất kết nối với PostgreSQL; chạy lại vanthu work. (The database was lost.)"
            raise click.ClickException(message) from error
    log.logger().info("stopped")
