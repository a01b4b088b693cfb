// Numbers in sentences.

/** Four significant digits, no exponent in the everyday range: 0.03125 → `0.03125`, 1234567 → `1235000`. */
export const plain = (value: number): string => String(Number(value.toPrecision(4)))
