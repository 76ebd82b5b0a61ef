"""`shopbell staff`: accounts, from the command line of who runs the installation."""

from typing import Any

import click

ROLE = click.Choice(["owner", "manager", "operator"])


@click.group()
def staff() -> None:
    """People who work in the shops."""
    from services.standalone.discovery import adopt

    adopt()


@staff.command("create")
@click.argument("shop_id")
@click.argument("email")
@click.option("--name", required=True, help="Shown to colleagues, and to visitors under messages.")
@click.option("--role", type=ROLE, default="operator", show_default=True)
@click.password_option(help="Asked for if not given.", envvar="SHOPBELL_NEW_PASSWORD")
def create(shop_id: str, email: str, name: str, role: Any, password: str) -> None:
    """Create the account EMAIL in the shop SHOP_ID."""
    from services.common.staff import NewAccount, create_account, record_admitted

    with _tables(shop_id) as connection:
        account = create_account(connection, NewAccount(shop_id, email, name, role, password))
        record_admitted(connection, shop_id, account, role)
    click.echo(f"Created the account {account} for {email}.")


@staff.command("admit")
@click.argument("shop_id")
@click.argument("email")
@click.option("--role", type=ROLE, help="Else the one that they have or had there, and operator for who is new.")
def admit_one(shop_id: str, email: str, role: Any) -> None:
    """Let the account EMAIL, which there is, work for SHOP_ID too, or again."""
    from services.common.staff import admit

    with _tables(shop_id) as connection:
        given = admit(connection, shop_id, email, role)
    click.echo(f"{email} works for {shop_id} as {given}.")


@staff.command("list")
@click.argument("shop_id")
def list_all(shop_id: str) -> None:
    """List who works for SHOP_ID, and who did."""
    from services.common.staff import members

    with _tables(shop_id) as connection:
        for one in members(connection, shop_id):
            seen = f"{one.last_seen_at:%Y-%m-%d %H:%M}" if one.last_seen_at else "never seen"
            state = f"left {one.left_at:%Y-%m-%d}" if one.left_at else seen
            click.echo(f"{one.email:40} {one.role:9} {state:17} {one.name}")


@staff.command("password")
@click.argument("email")
@click.password_option(help="Asked for if not given.", envvar="SHOPBELL_NEW_PASSWORD")
def password(email: str, password: str) -> None:
    """Give the account EMAIL a new password. It is signed out everywhere, and links in its mailbox end."""
    from services.common.staff import set_password

    with _tables() as connection:
        set_password(connection, email, password)
    click.echo(f"{email} has a new password.")


@staff.command("second-factor-off")
@click.argument("email")
def second_factor_off(email: str) -> None:
    """Take away the second factor of EMAIL, who has lost phone and recovery codes."""
    from services.common.settings import Settings
    from services.standalone.accounts import take_second_factor

    with _tables() as connection:
        take_second_factor(Settings(), connection, email)
    click.echo(f"The password alone opens the account {email}.")


def _tables(shop: str = "") -> Any:
    """A connection to the tables of staff; the shop must be one."""
    import psycopg

    from services.common.settings import Settings
    from services.standalone.shops import require_shop

    settings = Settings()
    if shop:
        require_shop(settings, shop)
    return psycopg.connect(settings.dsn_of("log"), connect_timeout=5)
