// Which page is at which path. Pages with charts are loaded when they are first needed.
import { createBrowserRouter } from 'react-router'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { EventsScreen } from '../features/events/list/EventsScreen.tsx'
import { SummaryScreen } from '../features/summary/SummaryScreen.tsx'
import { BUNDLE, EVENTS, METRICS, RULES, SETTINGS, SILENCES, SIMULATE, WINDOWS } from '../paths/paths.ts'
import { ErrorPage } from './ErrorPage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { Shell } from './Shell.tsx'

export const createRouter = () =>
  createBrowserRouter([
    {
      Component: Shell,
      ErrorBoundary: ErrorPage,
      HydrateFallback: ListSkeleton,
      children: [
        {
          ErrorBoundary: ErrorPage,
          children: [
            { index: true, Component: SummaryScreen },
            { path: EVENTS, Component: EventsScreen },
            { path: `${EVENTS}/:id`, lazy: () => import('../features/events/detail/EventScreen.tsx') },
            { path: METRICS, lazy: () => import('../features/series/MetricsScreen.tsx') },
            { path: RULES, lazy: () => import('../features/rules/RulesScreen.tsx') },
            { path: `${RULES}/:id`, lazy: () => import('../features/rules/RuleScreen.tsx') },
            { path: SILENCES, lazy: () => import('../features/silences/SilencesScreen.tsx') },
            { path: `${SILENCES}/:id`, lazy: () => import('../features/silences/SilenceScreen.tsx') },
            { path: `${WINDOWS}/:id`, lazy: () => import('../features/silences/WindowScreen.tsx') },
            { path: SIMULATE, lazy: () => import('../features/simulate/SimulateScreen.tsx') },
            { path: BUNDLE, lazy: () => import('../features/bundle/BundleScreen.tsx') },
            { path: SETTINGS, lazy: () => import('../features/settings/SettingsScreen.tsx') },
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ])
