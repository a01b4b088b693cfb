// The interface's start.
import './api/strictCsp.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/theme/global.css'
// Shared styles first, so that those of features override them.
import './ui/card.module.css'
import './ui/text.module.css'
import './ui/form.module.css'
import './ui/list.module.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'
import { startTexts } from './texts/texts.ts'

await startTexts()
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
