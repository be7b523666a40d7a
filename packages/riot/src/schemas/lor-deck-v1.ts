// Riot's lor-deck-v1: the names are exactly the wire's.

/** DeckDto of lor-deck-v1: what getDecks answers with. */
export interface DeckDto {
  id: string
  name: string
  code: string
}

/** NewDeckDto of lor-deck-v1: what createDeck answers with. */
export interface NewDeckDto {
  name: string
  code: string
}
