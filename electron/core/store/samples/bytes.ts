// Reads and writes numbers up to 2^53 with variable length (LEB128).

export interface Writer {
  byte(value: number): void
  /** An integer from 0 up. */
  number(value: number): void
  /** Any integer; small ones take few bytes whatever their sign (zigzag). */
  signed(value: number): void
  text(value: string): void
  /** What was written so far; valid until the next write. */
  bytes(): Uint8Array
}

export interface Reader {
  byte(): number
  number(): number
  signed(): number
  text(): string
}

const MAX_NUMBER_LENGTH = 8
const IN_32_BITS = 2 ** 31

export function createWriter(expected: number): Writer {
  let bytes = Buffer.allocUnsafe(Math.max(64, expected))
  let size = 0
  const reserve = (more: number) => {
    if (size + more <= bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (size + more))
    bytes.copy(larger, 0, 0, size)
    bytes = larger
  }
  const number = (value: number) => {
    reserve(MAX_NUMBER_LENGTH)
    let rest = value
    for (; rest >= IN_32_BITS; rest = Math.floor(rest / 128)) bytes[size++] = (rest % 128) | 128
    for (; rest > 127; rest >>>= 7) bytes[size++] = (rest & 127) | 128
    bytes[size++] = rest
  }
  return {
    byte(value) {
      reserve(1)
      bytes[size++] = value
    },
    number,
    signed: (value) => number(value < 0 ? -2 * value - 1 : 2 * value),
    text(value) {
      const length = Buffer.byteLength(value)
      number(length)
      reserve(length)
      size += bytes.write(value, size)
    },
    bytes: () => bytes.subarray(0, size),
  }
}

export function createReader(bytes: Buffer): Reader {
  let at = 0
  const number = () => {
    let byte = bytes[at++]!
    if (byte < 128) return byte
    let value = byte & 127
    for (let factor = 128; byte > 127; factor *= 128) {
      byte = bytes[at++]!
      value += (byte & 127) * factor
    }
    return value
  }
  return {
    byte: () => bytes[at++]!,
    number,
    signed() {
      const value = number()
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    },
    text() {
      const length = number()
      return bytes.toString('utf8', at, (at += length))
    },
  }
}
