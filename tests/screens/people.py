"""Who comes to the made-up shop and what they say: names long, short and right to left, texts in several languages."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """What a visitor looks at, and what is in the cart."""

    title: str
    path: str
    pieces: int = 0
    total: float = 0.0

    @property
    def url(self) -> str:
        return f"https://morrow.example/{self.path}"

    @property
    def cart(self) -> dict[str, object]:
        return {"pieces": self.pieces, "total": self.total, "currency": "EUR"}


@dataclass(frozen=True)
class Person:
    """A visitor. `number` is the shop's own customer id; without one it is a guest."""

    name: str = ""
    number: str = ""
    page: Page = field(default_factory=lambda: Page("Seconds", "seconds"))
    email: str = ""
    phone: str = ""
    locale: str = "en"

    @property
    def claims(self) -> dict[str, str]:
        """What the shop vouches for."""
        known = {"name": self.name, "email": self.email, "phone": self.phone}
        return {"sub": self.number, **{name: value for name, value in known.items() if value}}


HANNAH = Person(
    "Hannah Weiss", "4182", Page("Tide mug", "tide-mug", 1, 34.0), "hannah.weiss@posteo.example", "+49 30 555 0142"
)
OLIVER = Person("Oliver Grant", "2907", Page("Wedding list", "wedding", 24, 640.0), "oliver@grant.example")
MATEUSZ = Person(
    "Mateusz Zieliński", "3310", Page("Zamówienie 20391", "order/20391"), "m.zielinski@poczta.example", locale="pl"
)
CLAIRE = Person("Claire Renaud", "4410", Page("Panier", "panier", 5, 211.5), "claire@renaud.example", locale="fr")
SOFIA = Person("Sofia Lindqvist", "1177", Page("Kiln list", "kiln-list"))
JAN = Person("Jan Kowal", "988", Page("Serwis obiadowy „Sól”", "serwis-sol", 12, 496.0), locale="pl")
INGRID = Person("Ingrid Nilsen", "5120", Page("Delivery to Norway", "delivery/norway", 2, 68.0))
NORA = Person("نورا الخطيب عبد الرحمن", "6120", Page("كوب المد", "tide-mug", 3, 102.0), "nora@khatib.example")
LONG = Person(
    "Maximiliane-Theodora Freifrau von Hohenlohe-Waldenburg-Schillingsfürst",
    "2026-000-7001-DE-HW",
    Page("Handgefertigte Weihnachtskugelsammleraufbewahrungskassette mit Zubehör", "kassette", 128, 12_480.0),
    "maximiliane-theodora.von.hohenlohe@waldenburg-schillingsfuerst.example",
    "+49 7942 555 0199 88 776",
)
FRENCH_GUEST = Person(page=Page("Livraison et retours", "livraison", 2, 89.0), locale="fr")
GIFT_GUEST = Person(page=Page("Gift wrapping", "gifts"))
THANKFUL_GUEST = Person(page=Page("Thank you", "order/thanks"))
WAITING_GUEST = Person(page=Page("Salt bowl, large", "salt-bowl"))
BROWSING = [
    Person(page=Page("Wazon „Fala”, 40 cm", "wazon-fala", 1, 129.0), locale="pl"),
    Person(page=Page("Seconds", "seconds")),
    Person(
        "Aurélie Besson",
        "4021",
        Page("Service « Marée », douze couverts, bleu nuit", "maree", 1, 890.0),
        locale="fr",
    ),
    *(Person(page=Page(title, title.lower())) for title in ("Moss bowl", "Ember vase", "Journal", "Opening hours")),
]

LINK = "https://morrow.example/tide-blue"
ENDLESS = "https://morrow.example/track/" + "Donaudampfschifffahrtsgesellschaft" * 4 + "?order=20418"

HANNAH_TALK = [
    ("visitor", "Hello! Can the Tide mugs go in the dishwasher? I bought two last week."),
    ("operator", "Hello Hannah! Yes, the glaze is fired at 1,260 °C, so every day is fine."),
    ("visitor", "Lovely. And is the 340 ml one coming back in blue?"),
    ("operator", f"It is! Due on Thursday: {LINK}"),
    ("visitor", "Perfect, please keep four for me. Could you use the same address as for order 20418?"),
]
FRENCH_TALK = [
    ("visitor", "Bonjour, livrez-vous en Belgique, et en combien de temps ?"),
    ("operator", "Bonjour ! Oui, en 3 jours ouvrés, 6 € jusqu’à 100 €."),
    ("visitor", "Parfait, merci. Et si une pièce arrive cassée ?"),
    ("operator", "Une photo suffit : nous renvoyons la pièce le jour même."),
]
MATEUSZ_TALK = [
    ("visitor", "Dzień dobry, w paczce brakuje pokrywki do czajnika."),
    ("operator", "Dzień dobry! Bardzo przepraszam. Czy mogę prosić o zdjęcie etykiety?"),
    ("visitor", "Proszę, to ta etykieta."),
]
GIFT_TALK = [("visitor", "Is gift wrapping possible?")]
NORA_TALK = [
    ("visitor", "مرحبا، هل يمكن توصيل الأكواب إلى عمّان قبل يوم الخميس؟"),
    ("operator", "Yes, with the courier: two days to Amman."),
    ("visitor", "شكرا! والسعر 102 € مع التوصيل؟"),
]
OLIVER_TALK = [
    ("visitor", "We are still choosing between Moss and Salt for twelve places."),
    ("operator", "For twelve I would mix: Salt plates, Moss bowls. Shall I lay a table and send a photo?"),
]
CLAIRE_TALK = [("visitor", "Le grand plat est magnifique, merci !"), ("operator", "Merci à vous, Claire !")]
LONG_TALK = [("visitor", f"Guten Tag, mein Paket steht seit Tagen hier: {ENDLESS}")]

THANKS_TALK = [("visitor", "That is all, thank you Maja!"), ("operator", "You are welcome!")]

CANNED = [
    (
        "address",
        {
            "en": "I can use the address of your last order.",
            "fr": "Je peux reprendre l’adresse de votre dernière commande.",
            "pl": "Mogę użyć adresu z ostatniego zamówienia.",
        },
    ),
    (
        "delivery",
        {
            "en": "We send within two days. Poland 1 day, EU 3 to 5 days.",
            "fr": "Nous expédions sous deux jours, UE 3 à 5 jours.",
            "pl": "Wysyłamy w ciągu dwóch dni, Polska 1 dzień, UE 3 do 5 dni.",
        },
    ),
    ("delay", {"en": "I am sorry about the wait. I have just asked the courier where your parcel is."}),
    ("delivery-no", {"en": "Norway: 5 to 7 days, duty is included in the price."}),
    ("put-by", {"en": "I put one by in your name until Saturday.", "fr": "Je vous en réserve un jusqu’à samedi."}),
    ("thanks", {"en": "Thank you, and have a good day.", "fr": "Merci, et bonne journée.", "pl": "Dziękuję."}),
]
"""Canned replies: a shortcut and its text by language."""
