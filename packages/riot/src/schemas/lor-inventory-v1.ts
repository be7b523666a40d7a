// Riot's lor-inventory-v1: the names are exactly the wire's.

/** CardDto of lor-inventory-v1: what getCards answers with. */
export interface CardDto {
  code: string
  count: string
}
