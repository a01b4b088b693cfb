// Which screen stands at which address. What draws charts is loaded when it is first needed.
import { createBrowserRouter } from 'react-router'
import { ListSkeleton } from '../components/ListSkeleton.tsx'
import { EventsScreen } from '../screens/events/EventsScreen.tsx'
import { SummaryScreen } from '../screens/summary/SummaryScreen.tsx'
import { BUNDLE, EVENTS, METRICS, RULES, SETTINGS, SILENCES, SIMULATE, WINDOWS } from './addresses.ts'
import { BrokenPage } from './BrokenPage.tsx'
import { MissingPage } from './MissingPage.tsx'
import { Shell } from './Shell.tsx'

export const createRoutes = () =>
  createBrowserRouter([
    {
      Component: Shell,
      ErrorBoundary: BrokenPage,
      HydrateFallback: ListSkeleton,
      children: [
        {
          ErrorBoundary: BrokenPage,
          children: [
            { index: true, Component: SummaryScreen },
            { path: EVENTS, Component: EventsScreen },
            { path: `${EVENTS}/:id`, lazy: () => import('../screens/event/EventScreen.tsx') },
            { path: METRICS, lazy: () => import('../screens/metrics/MetricsScreen.tsx') },
            { path: RULES, lazy: () => import('../screens/rules/RulesScreen.tsx') },
            { path: `${RULES}/:id`, lazy: () => import('../screens/rules/RuleScreen.tsx') },
            { path: SILENCES, lazy: () => import('../screens/silences/SilencesScreen.tsx') },
            { path: `${SILENCES}/:id`, lazy: () => import('../screens/silences/SilenceScreen.tsx') },
            { path: `${WINDOWS}/:id`, lazy: () => import('../screens/silences/WindowScreen.tsx') },
            { path: SIMULATE, lazy: () => import('../screens/simulate/SimulateScreen.tsx') },
            { path: BUNDLE, lazy: () => import('../screens/bundle/BundleScreen.tsx') },
            { path: SETTINGS, lazy: () => import('../screens/settings/SettingsScreen.tsx') },
            { path: '*', Component: MissingPage },
          ],
        },
      ],
    },
  ])
