// The interface's texts. A language is one file in texts/, named by its code.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type en from './en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

const FALLBACK = 'en'

/** Characters that could change the direction of the surrounding sentence: right-to-left letters and direction marks. */
const DIRECTION_CHANGING =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

/** Foreign text, isolated from the surrounding sentence (Unicode's first strong isolate). */
function isolateDirection(text: string): string {
  return DIRECTION_CHANGING.test(text) ? `\u2068${text.replace(/[\u2066-\u2069]/g, '')}\u2069` : text
}

export async function startTexts(): Promise<void> {
  const files = import.meta.glob<object>('./*.json', { eager: true, import: 'default' })
  const resources = Object.fromEntries(
    Object.entries(files).map(([path, translation]) => [path.replace(/^.*\/|\.json$/g, ''), { translation }]),
  )
  const preferred = navigator.languages.map((language) => language.replace(/-.*$/, ''))
  const language = preferred.find((code) => code in resources) ?? FALLBACK
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: FALLBACK,
    // React escapes markup by itself.
    interpolation: { escapeValue: true, escape: isolateDirection },
  })
  document.documentElement.lang = language
}
