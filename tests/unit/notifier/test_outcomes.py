"""What a mail server's refusal is about: only of addresses that are not there it is told, so that nobody asks again."""

import pytest

from services.notifier.outcomes import About, described, is_bounce


@pytest.mark.parametrize(
    ("about", "code", "said"),
    [
        ("recipient", 550, "5.1.1 <hannah@posteo.example>: no such user"),
        ("recipient", 550, "No Such User Here"),
        ("recipient", 550, "<hannah@posteo.example>: Recipient address rejected: User unknown"),
        ("recipient", 550, "Requested action not taken: mailbox unavailable"),
        ("recipient", 553, "Invalid recipient"),
        ("recipient", 550, "5.2.1 The account is disabled"),
        ("mail", 550, "5.1.10 RESOLVER.ADR.RecipientNotFound"),
    ],
)
def test_address_that_is_not_there_is_one(about: About, code: int, said: str) -> None:
    assert is_bounce(described(code, said, about))


@pytest.mark.parametrize(
    ("about", "code", "said"),
    [
        ("sender", 553, "sorry, your envelope sender is in my badmailfrom list"),
        ("sender", 550, "5.1.1 Sender address rejected: user unknown"),
        ("sender", 550, "No such user"),
        ("recipient", 550, "relay not permitted"),
        ("recipient", 553, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
        ("recipient", 550, "Verification failed\n550 User unknown\nSender verify failed"),
        ("recipient", 550, "5.1.8 Sender address rejected: Domain not found"),
        ("recipient", 550, "5.7.1 relaying denied"),
        ("recipient", 450, "No such user"),
        ("mail", 550, "Message looks like spam"),
        ("mail", 554, "No such user"),
        ("mail", 552, "5.2.2 The mailbox is full"),
    ],
)
def test_refusal_of_the_mail_or_of_us_says_nothing_of_the_address(about: About, code: int, said: str) -> None:
    assert not is_bounce(described(code, said, about))
