// The interface's start.
import './api/strictCsp.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/theme/global.css'
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
