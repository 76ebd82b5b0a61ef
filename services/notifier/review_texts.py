"""What mails that ask for reviews say, in three languages; see `texts`."""

from typing import Final

EN: Final = {
    "review_request.subject.one": "How is the {product}?",
    "review_request.subject.many": "How are your new things?",
    "review_request.heading.one": "How is it, {name}?",
    "review_request.heading.one.nameless": "How is it?",
    "review_request.heading.many": "How are they, {name}?",
    "review_request.heading.many.nameless": "How are they?",
    "review_request.text.placed.one": "You ordered it on {ordered}. Tap the stars; a few words help the next person"
    " choose.",
    "review_request.text.placed.many": "You ordered them on {ordered}. Tap the stars; a few words help the next person"
    " choose.",
    "review_request.text.received.one": "Order {number} has been with you since {received}. Rate it, and a few words"
    " help the next person choose.",
    "review_request.text.received.many": "Order {number} has been with you since {received}. One form for all of it;"
    " rate as much as you like.",
    "review_request.foot.placed": "Order {number}. Each link works once, until {until}, without an account. You get"
    " this because you bought from us. One reminder at most.",
    "review_request.foot.received": "The link works until {until}, without an account. You get this because you bought"
    " from us. One reminder at most.",
    "review_reminder.subject.one": "Still time to say how the {product} is",
    "review_reminder.subject.many": "Still time to say how your new things are",
    "review_reminder.heading.one": "A word about the {product}?",
    "review_reminder.heading.many": "A word about your new things?",
    "review_reminder.text": "This is the only reminder.",
    "review_reminder.text.rated": "This is the only reminder. Rated already, thank you: {rated}.",
    "review_reminder.foot": "Order {number}, link until {until}.",
    "review.button": "Rate the order",
    "review.unsubscribe": "No more review mails",
    "review.stars": "{count} of 5 stars",
    "review.test.mark": "[Test] ",
    "review.test.mug": "Mug (sample)",
    "review.test.bowl": "Bowl (sample)",
}
FR: Final = {
    "review_request.subject.one": "Que pensez-vous de «\u00a0{product}\u00a0»\u00a0?",
    "review_request.subject.many": "Que pensez-vous de vos achats\u00a0?",
    "review_request.heading.one": "Qu’en pensez-vous, {name}\u00a0?",
    "review_request.heading.one.nameless": "Qu’en pensez-vous\u00a0?",
    "review_request.heading.many": "Qu’en pensez-vous, {name}\u00a0?",
    "review_request.heading.many.nameless": "Qu’en pensez-vous\u00a0?",
    "review_request.text.placed.one": "Votre commande est du {ordered}. Touchez les étoiles\u00a0; quelques mots aident"
    " la personne suivante à choisir.",
    "review_request.text.placed.many": "Votre commande est du {ordered}. Touchez les étoiles\u00a0; quelques mots"
    " aident la personne suivante à choisir.",
    "review_request.text.received.one": "La commande {number} est chez vous depuis le {received}. Donnez votre"
    " avis\u00a0: quelques mots aident la personne suivante à choisir.",
    "review_request.text.received.many": "La commande {number} est chez vous depuis le {received}. Un seul formulaire"
    " pour le tout\u00a0; évaluez ce que vous voulez.",
    "review_request.foot.placed": "Commande {number}. Chaque lien fonctionne une fois, jusqu’au {until}, sans compte."
    " Vous recevez ceci parce que vous avez acheté chez nous. Un seul rappel au plus.",
    "review_request.foot.received": "Le lien fonctionne jusqu’au {until}, sans compte. Vous recevez ceci parce que vous"
    " avez acheté chez nous. Un seul rappel au plus.",
    "review_reminder.subject.one": "Il est encore temps\u00a0: votre avis sur «\u00a0{product}\u00a0»",
    "review_reminder.subject.many": "Il est encore temps\u00a0: votre avis sur vos achats",
    "review_reminder.heading.one": "Un mot sur «\u00a0{product}\u00a0»\u00a0?",
    "review_reminder.heading.many": "Un mot sur vos achats\u00a0?",
    "review_reminder.text": "C’est le seul rappel.",
    "review_reminder.text.rated": "C’est le seul rappel. Déjà évalué, merci\u00a0: {rated}.",
    "review_reminder.foot": "Commande {number}, lien valable jusqu’au {until}.",
    "review.button": "Évaluer la commande",
    "review.unsubscribe": "Ne plus recevoir de demandes d’avis",
    "review.stars": "{count} sur 5 étoiles",
    "review.test.mark": "[Essai] ",
    "review.test.mug": "Tasse (exemple)",
    "review.test.bowl": "Bol (exemple)",
}
PL: Final = {
    "review_request.subject.one": "Jak się sprawuje: {product}?",
    "review_request.subject.many": "Jak się sprawują nowe rzeczy?",
    "review_request.heading.one": "{name}, jak się sprawuje?",
    "review_request.heading.one.nameless": "Jak się sprawuje?",
    "review_request.heading.many": "{name}, jak się sprawują?",
    "review_request.heading.many.nameless": "Jak się sprawują?",
    "review_request.text.placed.one": "Zamówienie jest z dnia {ordered}. Dotknij gwiazdek; kilka słów pomoże następnej"
    " osobie wybrać.",
    "review_request.text.placed.many": "Zamówienie jest z dnia {ordered}. Dotknij gwiazdek; kilka słów pomoże następnej"
    " osobie wybrać.",
    "review_request.text.received.one": "Zamówienie {number} jest na miejscu od dnia {received}. Kilka słów pomoże"
    " następnej osobie wybrać.",
    "review_request.text.received.many": "Zamówienie {number} jest na miejscu od dnia {received}. Jeden formularz na"
    " wszystko, oceniać można, ile się chce.",
    "review_request.foot.placed": "Zamówienie {number}. Każdy link działa raz, do dnia {until}, bez zakładania konta."
    " Piszemy, bo to zamówienie z naszego sklepu. Najwyżej jedno przypomnienie.",
    "review_request.foot.received": "Link działa do dnia {until}, bez zakładania konta. Piszemy, bo to zamówienie z"
    " naszego sklepu. Najwyżej jedno przypomnienie.",
    "review_reminder.subject.one": "Jest jeszcze czas na opinię: {product}",
    "review_reminder.subject.many": "Jest jeszcze czas na opinie o zakupach",
    "review_reminder.heading.one": "Słowo o produkcie {product}?",
    "review_reminder.heading.many": "Słowo o nowych rzeczach?",
    "review_reminder.text": "To jedyne przypomnienie.",
    "review_reminder.text.rated": "To jedyne przypomnienie. Ocena już jest, dziękujemy: {rated}.",
    "review_reminder.foot": "Zamówienie {number}, link działa do dnia {until}.",
    "review.button": "Oceń zamówienie",
    "review.unsubscribe": "Zrezygnuj z próśb o opinie",
    "review.stars": "{count} z 5 gwiazdek",
    "review.test.mark": "[Próba] ",
    "review.test.mug": "Kubek (przykład)",
    "review.test.bowl": "Miska (przykład)",
}
