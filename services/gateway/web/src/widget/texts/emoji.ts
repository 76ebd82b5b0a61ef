/** A small choice of emoji, each with the words by which it is found: English, French, Polish; the first names it. */

import type { Language } from "../../shared/language.ts";

const ALL = `😀 grin happy|sourire content|uśmiech radość
😊 smile pleased|souriant ravi|zadowolenie uśmiech
🙂 fine|bien|dobrze
😍 love it|adore|zachwyt
😂 laugh|rire|śmiech
😉 wink|clin d’œil|mrugnięcie
😢 sad|triste|smutek
😮 surprised|surpris|zdziwienie
🤔 thinking|réflexion|namysł
😕 unsure|perplexe|niepewność
😅 phew|ouf|ulga
😴 tired|fatigué|zmęczenie
👍 yes good|oui bien|tak dobrze
👎 no bad|non mal|nie źle
🙏 thanks|merci|dziękuję
👏 applause bravo|bravo|brawo
💪 strong|fort|siła
👋 hello bye|bonjour salut|cześć pa
👌 perfect|parfait|idealnie
🤝 deal|accord|umowa
❤️ heart|cœur|serce
💙 blue heart|cœur bleu|niebieskie serce
🎁 present|cadeau|prezent
🎂 birthday|anniversaire|urodziny
🌿 plant|plante|roślina
☕ coffee|café|kawa
🍵 tea|thé|herbata
🏺 vase|vase|wazon
📦 parcel|colis|paczka
🚚 delivery|livraison|dostawa
✅ done|fait|gotowe
❌ cross|croix|krzyżyk
⏰ time|heure|czas
✨ new shine|neuf éclat|nowe blask
🔥 fire|feu|ogień
🎉 party|fête|święto
💳 card payment|carte paiement|karta płatność
🏠 home|maison|dom
📷 photo|photo|zdjęcie
🔍 search|chercher|szukać`;

export interface Emoji { sign: string; words: string }

export function emojiIn(language: Language): Emoji[] {
  const column = { en: 0, fr: 1, pl: 2 }[language];
  return ALL.split("\n").map((line) => {
    const [sign = "", ...words] = line.split(" ");
    return { sign, words: words.join(" ").split("|")[column] ?? "" };
  });
}
