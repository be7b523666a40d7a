/**
 * What happens to a CRC-32 when `length` more bytes follow: `crc(a + b) = shift(crc(a)) ^ crc(b)`. It is linear, so 32 columns say it all;
 * they come from squaring the effect of one zero bit (the method of zlib's crc32_combine).
 */
export class Crc32Shift {
  readonly #columns: Uint32Array

  constructor(length: number) {
    let power = new Uint32Array(32)
    // One zero bit: shift right, and fold the polynomial in when a one falls out.
    power[0] = 0xedb88320
    for (let bit = 1; bit < 32; bit++) power[bit] = 1 << (bit - 1)
    for (let i = 0; i < 3; i++) power = square(power)
    let columns = Uint32Array.from({ length: 32 }, (_, bit) => 1 << bit)
    for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) columns = columns.map((column) => times(power, column))
      power = square(power)
    }
    this.#columns = columns
  }

  apply(crc: number): number {
    return times(this.#columns, crc)
  }
}

function times(columns: Uint32Array, vector: number): number {
  let sum = 0
  for (let bit = 0; vector !== 0; bit++, vector >>>= 1) {
    if (vector & 1) sum ^= columns[bit]!
  }
  return sum >>> 0
}

function square(columns: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return columns.map((column) => times(columns, column))
}
