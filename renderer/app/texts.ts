// The interface's texts. A language is one file in texts/, named by its code.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type en from '../texts/en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

const FALLBACK = 'en'

export async function startTexts(): Promise<void> {
  const files = import.meta.glob<object>('../texts/*.json', { eager: true, import: 'default' })
  const resources = Object.fromEntries(
    Object.entries(files).map(([path, translation]) => [path.replace(/^.*\/|\.json$/g, ''), { translation }]),
  )
  const spoken = navigator.languages.map((language) => language.replace(/-.*$/, ''))
  const language = spoken.find((code) => code in resources) ?? FALLBACK
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: FALLBACK,
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}
