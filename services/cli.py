"""The console script `shopbell`."""

import click


@click.group()
def main() -> None:
    """Shopbell: customer communication for shops."""
