import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '../api/queries/queryClient.ts'
import { createRouter } from './router.tsx'
import { cssVariables, theme } from '../ui/theme/theme.ts'

export function App() {
  const [queries] = useState(createQueryClient)
  const [routes] = useState(createRouter)
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={routes} />
        <Notifications position="bottom-right" autoClose={4000} limit={3} className="notifications" />
      </QueryClientProvider>
    </MantineProvider>
  )
}
