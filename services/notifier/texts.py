"""What our own mails say, in three languages. `{…}` is filled in by who uses a text."""

from collections.abc import Mapping
from typing import Final

from services.notifier import review_texts, staff_texts

Texts = Mapping[str, str]

_EN: Final = {
    "colon": ": ",
    "offline_message.subject": "Message from {name}",
    "offline_message.subject.nameless": "Message from a visitor",
    "offline_message.heading": "{name} left a message",
    "offline_message.heading.nameless": "A visitor left a message",
    "offline_message.answer": "Answer this mail and it goes to {first_name}, or answer from the offline inbox so that"
    " colleagues see it.",
    "offline_message.answer.nameless": "Answer this mail and it goes to the visitor, or answer from the offline inbox"
    " so that colleagues see it.",
    "offline_message.no_email": "No email address was left: an answer to this mail does not reach the visitor.",
    "offline_message.button": "Open in the offline inbox",
    "offline_message.foot": "Sent by the message form, {at}.",
    "offline_message.foot.site": "Sent by the message form on {site}, {at}.",
    "field.first_name": "First name",
    "field.last_name": "Last name",
    "field.email": "Email",
    "field.phone": "Phone",
    "field.page": "Page",
    "answer.subject": "Answer from {shop}",
    "answer.heading": "{operator} answered you",
    "answer.question": "You wrote, {at}:",
    "answer.foot": "Something else? Answer this mail.",
    "transcript.subject": "Your conversation with {shop}",
    "transcript.heading": "Your conversation with {operators}",
    "transcript.you": "You",
    "transcript.and": " and ",
    "transcript.file": "File: {name}",
    "transcript.cut": "The beginning is too long for a mail and left out here.",
    "transcript.foot": "You asked for this copy. Something else? Answer this mail.",
    "transcript.foot.sent": "{shop} sends you this copy. Something else? Answer this mail.",
    "receipt.subject": "Receipt {number}: a person was erased",
    "receipt.heading": "A person was erased",
    "receipt.number": "Receipt",
    "receipt.asked_at": "Asked for",
    "receipt.done_at": "Done",
    "receipt.author": "By",
    "receipt.conversations": "Conversations",
    "receipt.offline_messages": "Messages left",
    "receipt.log_entries": "Log entries blanked",
    "receipt.key_print": "Print of the destroyed key, SHA-256",
    "receipt.backups": "Backups of the keys are kept for {days} days; with the last of them the key is gone for good.",
    "receipt.foot": "Keep this mail, or pass it on to who asked. It names no person.",
    "test.subject": "Test mail from {shop}",
    "test.heading": "Mail works",
    "test.text": "This mail came from {sender}. Messages that visitors leave come to this address, too.",
    "test.foot": "Somebody of your staff asked for this test in Shopbell’s settings, {at}.",
}

_FR: Final = {
    "colon": "\u00a0: ",
    "offline_message.subject": "Message de {name}",
    "offline_message.subject.nameless": "Message d’un visiteur",
    "offline_message.heading": "{name} a laissé un message",
    "offline_message.heading.nameless": "Un visiteur a laissé un message",
    "offline_message.answer": "Répondez à cet e-mail\u00a0: votre réponse part à {first_name}. Ou répondez depuis la"
    " boîte hors ligne, pour que vos collègues la voient.",
    "offline_message.answer.nameless": "Répondez à cet e-mail\u00a0: votre réponse part au visiteur. Ou répondez depuis"
    " la boîte hors ligne, pour que vos collègues la voient.",
    "offline_message.no_email": "Aucune adresse e-mail n’a été laissée\u00a0: une réponse à cet e-mail n’atteint pas le"
    " visiteur.",
    "offline_message.button": "Ouvrir dans la boîte hors ligne",
    "offline_message.foot": "Envoyé par le formulaire de message, {at}.",
    "offline_message.foot.site": "Envoyé par le formulaire de message de {site}, {at}.",
    "field.first_name": "Prénom",
    "field.last_name": "Nom",
    "field.email": "E-mail",
    "field.phone": "Téléphone",
    "field.page": "Page",
    "answer.subject": "Réponse de {shop}",
    "answer.heading": "{operator} vous a répondu",
    "answer.question": "Vous avez écrit, {at}\u00a0:",
    "answer.foot": "Autre chose\u00a0? Répondez à cet e-mail.",
    "transcript.subject": "Votre conversation avec {shop}",
    "transcript.heading": "Votre conversation avec {operators}",
    "transcript.you": "Vous",
    "transcript.and": " et ",
    "transcript.file": "Fichier\u00a0: {name}",
    "transcript.cut": "Le début est trop long pour un e-mail et n’est pas repris ici.",
    "transcript.foot": "Vous avez demandé cette copie. Autre chose\u00a0? Répondez à cet e-mail.",
    "transcript.foot.sent": "{shop} vous envoie cette copie. Autre chose\u00a0? Répondez à cet e-mail.",
    "receipt.subject": "Reçu {number}\u00a0: une personne a été effacée",
    "receipt.heading": "Une personne a été effacée",
    "receipt.number": "Reçu",
    "receipt.asked_at": "Demandé",
    "receipt.done_at": "Effectué",
    "receipt.author": "Par",
    "receipt.conversations": "Conversations",
    "receipt.offline_messages": "Messages laissés",
    "receipt.log_entries": "Entrées du journal vidées",
    "receipt.key_print": "Empreinte de la clé détruite, SHA-256",
    "receipt.backups": "Les sauvegardes des clés sont gardées {days} jours\u00a0; avec la dernière, la clé"
    " disparaît pour de bon.",
    "receipt.foot": "Conservez cet e-mail, ou transmettez-le à qui l’a demandé. Il ne nomme personne.",
    "test.subject": "E-mail d’essai de {shop}",
    "test.heading": "L’e-mail fonctionne",
    "test.text": "Cet e-mail vient de {sender}. Les messages que laissent les visiteurs arrivent aussi à cette"
    " adresse.",
    "test.foot": "Quelqu’un de votre équipe a demandé cet essai dans les réglages de Shopbell, {at}.",
}

_PL: Final = {
    "colon": ": ",
    "offline_message.subject": "Wiadomość: {name}",
    "offline_message.subject.nameless": "Wiadomość z formularza",
    "offline_message.heading": "{name}: nowa wiadomość",
    "offline_message.heading.nameless": "Nowa wiadomość z formularza",
    "offline_message.answer": "Odpowiedz na ten e-mail, a odpowiedź trafi do nadawcy ({first_name}). Możesz też"
    " odpisać ze skrzynki offline: wtedy zobaczą ją inni.",
    "offline_message.answer.nameless": "Odpowiedz na ten e-mail, a odpowiedź trafi do nadawcy. Możesz też odpisać ze"
    " skrzynki offline: wtedy zobaczą ją inni.",
    "offline_message.no_email": "Bez adresu e-mail: odpowiedź na ten e-mail nie dotrze do nadawcy wiadomości.",
    "offline_message.button": "Otwórz w skrzynce offline",
    "offline_message.foot": "Wysłano z formularza, {at}.",
    "offline_message.foot.site": "Wysłano z formularza na {site}, {at}.",
    "field.first_name": "Imię",
    "field.last_name": "Nazwisko",
    "field.email": "E-mail",
    "field.phone": "Telefon",
    "field.page": "Strona",
    "answer.subject": "Odpowiedź: {shop}",
    "answer.heading": "Odpowiedź ({operator})",
    "answer.question": "Twoja wiadomość, {at}:",
    "answer.foot": "Coś jeszcze? Odpowiedz na ten e-mail.",
    "transcript.subject": "Twoja rozmowa: {shop}",
    "transcript.heading": "Twoja rozmowa: {operators}",
    "transcript.you": "Ty",
    "transcript.and": " i ",
    "transcript.file": "Plik: {name}",
    "transcript.cut": "Początek jest za długi na e-mail i został tu pominięty.",
    "transcript.foot": "To kopia, o którą chodziło. Coś jeszcze? Odpowiedz na ten e-mail.",
    "transcript.foot.sent": "{shop} wysyła Ci tę kopię. Coś jeszcze? Odpowiedz na ten e-mail.",
    "receipt.subject": "Potwierdzenie {number}: usunięto dane osoby",
    "receipt.heading": "Usunięto dane osoby",
    "receipt.number": "Potwierdzenie",
    "receipt.asked_at": "Zgłoszono",
    "receipt.done_at": "Wykonano",
    "receipt.author": "Kto",
    "receipt.conversations": "Rozmowy",
    "receipt.offline_messages": "Zostawione wiadomości",
    "receipt.log_entries": "Puste wpisy w dzienniku",
    "receipt.key_print": "Odcisk zniszczonego klucza, SHA-256",
    "receipt.backups": "Kopie zapasowe kluczy trzymamy {days} dni: z ostatnią z nich klucz znika na dobre.",
    "receipt.foot": "Zachowaj ten e-mail albo przekaż go temu, kto o to prosi. Nie ma w nim nazwisk.",
    "test.subject": "Wiadomość próbna: {shop}",
    "test.heading": "Poczta działa",
    "test.text": "Ten e-mail wysłano z adresu {sender}. Wiadomości od odwiedzających też trafią na ten adres.",
    "test.foot": "O tę próbę poprosił ktoś z zespołu w ustawieniach Shopbell, {at}.",
}

CATALOGUE: Final[Mapping[str, Texts]] = {
    "en": {**_EN, **staff_texts.EN, **review_texts.EN},
    "fr": {**_FR, **staff_texts.FR, **review_texts.FR},
    "pl": {**_PL, **staff_texts.PL, **review_texts.PL},
}
FALLBACK: Final = "en"


def in_language(language: str) -> Texts:
    """The texts in this language, or in English."""
    return CATALOGUE.get(language.split("-")[0], CATALOGUE[FALLBACK])
