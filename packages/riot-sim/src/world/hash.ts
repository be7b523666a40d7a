// Everything in the simulated world is a function of the seed and of numbers. These are the functions.

/** Mixes 32 bits so that each input bit moves about half of the output bits. Constants: "lowbias32" by Chris Wellons (public domain). */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** 32 bits that depend on all arguments and on their order. */
export function hash(a: number, b = 0, c = 0, d = 0): number {
  let h = mix(a ^ 0x9e3779b9)
  h = mix((h + b) ^ 0x85ebca6b)
  h = mix((h + c) ^ 0xc2b2ae35)
  return mix((h + d) ^ 0x27d4eb2f)
}

/** A 32-bit hash of a text. */
export function hashText(text: string, seed = 0): number {
  let h = mix(seed ^ text.length)
  for (let i = 0; i < text.length; i++) h = mix((h + text.charCodeAt(i)) ^ 0x9e3779b9)
  return h
}

/** A hash as a number from 0 to 1, 1 excluded. */
export function unit(h: number): number {
  return h / 4_294_967_296
}
