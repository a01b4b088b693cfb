// The texts that the program makes, by language. A second language is a file that satisfies `Texts`, and a line here.
import { en } from './en.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

/** A text takes facts in plain JSON or none, so that it can be stored as its key with its facts. */
type Plain<Text> = Text extends () => string
  ? Text
  : Text extends (facts: infer Facts) => string
    ? [Facts] extends [AsJson<Facts>]
      ? Text
      : never
    : never

/** What JSON would make of it: interfaces are taken by their fields. */
type AsJson<Value> = Value extends Json
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly AsJson<Item>[]
    : Value extends (...args: never) => unknown
      ? never
      : Value extends object
        ? { [Name in keyof Value]: AsJson<Value[Name]> }
        : never

export type Texts = { [Key in keyof typeof en]: Plain<(typeof en)[Key]> }

const LANGUAGES = { en } satisfies Record<string, Texts>

export type Language = keyof typeof LANGUAGES

export const textsFor = (language: Language = 'en'): Texts => LANGUAGES[language]
