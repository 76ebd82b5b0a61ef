"""The console script `shopbell`. Each command imports what it needs when it runs, so that help is fast."""

import asyncio
import inspect
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from services.cli_staff import staff

SERVICES = ("gateway", "conversations", "engagement", "projections", "notifier", "mailbox")


class OneSentence(click.Group):
    """Turns what we expect to go wrong into one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:
            from services.cli_errors import sentence

            said = sentence(error)
            if said is None:
                raise
            raise click.ClickException(said) from error


@click.group(cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopbell", message="Shopbell %(version)s")
def main() -> None:
    """Shopbell: live chat for online shops, on your own machines.

    `shopbell run` starts everything on this machine, with a demo shop. In production each service runs by itself
    (`shopbell serve …`) against your NATS and PostgreSQL. Settings are environment variables SHOPBELL_…; the README
    lists them.
    """


@main.command()
def run() -> None:
    """Start everything on this machine: broker, database, services, demo shop. Ctrl-C stops it."""
    from services.common import logs
    from services.common.settings import LaptopSettings
    from services.standalone import supervisor

    settings = LaptopSettings()
    logs.configure("supervisor", settings)
    asyncio.run(supervisor.run(settings))


@main.command()
@click.argument("services", nargs=-1, required=True, type=click.Choice(SERVICES))
def serve(services: tuple[str, ...]) -> None:
    """Run one or several SERVICES in this process until SIGTERM or Ctrl-C."""
    from services.serve import serve as run_services

    run_services(services)


@main.command()
@click.option("--quiet", is_flag=True, help="Say nothing unless it fails.")
def migrate(quiet: bool) -> None:
    """Bring databases and streams to what this version needs. Safe to run again."""
    from services.common.settings import Settings
    from services.standalone.migrate import migrate as run_migrations

    _beside_a_run()
    run_migrations(Settings(), (lambda _: None) if quiet else click.echo)
    if not quiet:
        click.echo("Databases and streams are up to date.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(as_json: bool) -> None:
    """Say which processes of this machine's installation run, and whether they are ready."""
    from services.common.settings import LaptopSettings
    from services.standalone.status import processes, table

    found = asyncio.run(processes(LaptopSettings().home))
    click.echo(json.dumps({"processes": found}) if as_json else table(found))
    if not found:
        sys.exit(1)


@main.command(hidden=True)
def demo() -> None:
    """Create the demo shop and its owner, if they aren't there."""
    from services.common.settings import LaptopSettings, Settings
    from services.standalone import demo as demo_shop

    laptop = LaptopSettings()
    asyncio.run(demo_shop.prepare(Settings(), demo_shop.password(laptop), demo_shop.address(laptop)))


@main.group()
def shop() -> None:
    """Shops of this installation."""
    _beside_a_run()


@shop.command("create")
@click.argument("shop_id")
@click.option("--name", required=True, help="The shop's name, as people know it.")
@click.option("--limit", default=4, show_default=True, help="Conversations at the same time.")
@click.option("--origin", "origins", multiple=True, help="A web origin of the shop (https://shop.example); repeatable.")
def shop_create(shop_id: str, name: str, limit: int, origins: tuple[str, ...]) -> None:
    """Create the shop SHOP_ID (small letters, digits, dashes)."""
    from services.common.settings import Settings
    from services.standalone.shops import create

    asyncio.run(create(Settings(), shop_id, {"name": name, "limit": limit, "origins": list(origins)}))
    click.echo(f"Created the shop {shop_id}.")


@shop.command("list")
def shop_list() -> None:
    """List the shops of this installation, and how many work for each."""
    from services.common.settings import Settings
    from services.standalone.shops import listed

    click.echo("\n".join(listed(Settings())))


@shop.command("dkim")
@click.argument("shop_id")
@click.option("--domain", default="", help="Make a new key for this domain, of which the shop's mails are.")
@click.option("--sign-with", default="", metavar="SELECTOR", help="Sign with this key from now on.")
@click.option("--remove", default="", metavar="SELECTOR", help="Destroy this key.")
def shop_dkim(shop_id: str, domain: str, sign_with: str, remove: str) -> None:
    """List the keys with which mails of SHOP_ID are signed (DKIM), or make, use or remove one."""
    from services.common.settings import Settings
    from services.standalone.dkim import manage

    click.echo(asyncio.run(manage(Settings(), shop_id, domain=domain, sign_with=sign_with, remove=remove)))


@shop.command("secret")
@click.argument("shop_id")
def shop_secret(shop_id: str) -> None:
    """Make a new signing secret for SHOP_ID, shown this once.

    The shop's server signs its customers' identity tokens with it (HS256). The secret before it stays valid for two
    weeks.
    """
    from services.common.settings import Settings
    from services.standalone.shops import create_secret

    made = asyncio.run(create_secret(Settings(), shop_id))
    click.echo(f"kid     {made.kid}\nsecret  {made.secret}")


@shop.command("export")
@click.argument("shop_id")
@click.argument("file", type=click.Path(dir_okay=False, exists=False, path_type=Path))
def shop_export(shop_id: str, file: Path) -> None:
    """Write all of SHOP_ID into a new zip FILE: settings, staff, conversations and offline messages, in clear."""
    from services.common.settings import Settings
    from services.standalone.shop_export import export

    written = asyncio.run(export(Settings(), shop_id, file))
    click.echo(f"All of {shop_id}, {written} conversations and offline messages, is in {file}, for your eyes only.")


@shop.command("remove")
@click.argument("shop_id")
@click.option("--yes", is_flag=True, help="Don't ask.")
def shop_remove(shop_id: str, yes: bool) -> None:
    """Remove SHOP_ID for good: its keys are destroyed, and with them every copy of what was ever said there.

    Its staff can't sign in any more, and its id is never used again.
    """
    from services.common.settings import Settings
    from services.standalone.shop_removal import remove

    if not yes and click.prompt(f"Nobody can bring it back. Type {shop_id} to remove it") != shop_id:
        raise click.ClickException("Nothing was removed.")
    click.echo("\n".join(asyncio.run(remove(Settings(), shop_id)).lines()))


@main.group()
def keys() -> None:
    """The installation's master key."""
    _beside_a_run()


@keys.command("rotate")
def keys_rotate() -> None:
    """Wrap every stored key under SHOPBELL_MASTER_KEY_NEXT, while all goes on.

    Without it, under the present master key: what SHOPBELL_MASTER_KEY_PREVIOUS has wrapped. Safe to run again.
    """
    from services.common.settings import Settings
    from services.standalone.rotation import rotate_keys

    click.echo("\n".join(rotate_keys(Settings())))


main.add_command(staff)


@main.group()
def rebuild() -> None:
    """Make read tables anew from the log, while they are being read."""
    _beside_a_run()


@rebuild.command("history")
@click.option("--verify", is_flag=True, help="Change nothing; compare the table with what the log says.")
def rebuild_history(verify: bool) -> None:
    """Rebuild the history of conversations."""
    from services.common.settings import ProjectionsSettings
    from services.projections.rebuild import main as rebuild_main
    from services.projections.replay import PLAN

    _exit_with(rebuild_main, ProjectionsSettings(), PLAN, verify)


@rebuild.command("engagement")
@click.option("--verify", is_flag=True, help="Change nothing; compare the tables with what the log says.")
def rebuild_engagement(verify: bool) -> None:
    """Rebuild what is listed of push campaigns, orders, reviews and polls."""
    from services.common.settings import ProjectionsSettings
    from services.projections.engagement.replay import PLAN
    from services.projections.rebuild import main as rebuild_main

    _exit_with(rebuild_main, ProjectionsSettings(), PLAN, verify)


@main.group()
def dead() -> None:
    """Commands that could not be carried out and were put aside."""
    _beside_a_run()


@dead.command("list")
def dead_list() -> None:
    """Show what was put aside, without its content."""
    _dead_letters("list", [])


@dead.command("retry")
@click.argument("ids", nargs=-1, required=True)
def dead_retry(ids: tuple[str, ...]) -> None:
    """Send the commands IDS again."""
    _dead_letters("retry", list(ids))


@dead.command("drop")
@click.argument("ids", nargs=-1, required=True)
def dead_drop(ids: tuple[str, ...]) -> None:
    """Forget the commands IDS for good."""
    _dead_letters("drop", list(ids))


def _beside_a_run() -> None:
    """Use the servers of the installation that runs here, unless settings name others."""
    from services.standalone.discovery import adopt

    adopt()


def _dead_letters(action: str, ids: list[str]) -> None:
    from services.common.eventlog.dead_letters import main as dead_letters_main
    from services.common.settings import ConversationsSettings

    _exit_with(dead_letters_main, ConversationsSettings(), action, ids)


def _exit_with(function: Callable[..., int | Awaitable[int]], *arguments: object) -> None:
    """Call a service's command, waiting for it if it is a coroutine, and exit with its code."""

    async def call() -> int:
        answer = function(*arguments)
        return await answer if inspect.isawaitable(answer) else answer

    sys.exit(asyncio.run(call()))


if __name__ == "__main__":
    main(prog_name="shopbell")
