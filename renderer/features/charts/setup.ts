// Registers the parts of Chart.js that are used.
import 'chartjs-adapter-date-fns'
import {
  Chart,
  Decimation,
  Filler,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  TimeScale,
  Tooltip,
} from 'chart.js'
import annotations from 'chartjs-plugin-annotation'
import { nearestPerSeries } from './nearestPerSeries.ts'

Chart.register(
  Decimation,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  TimeScale,
  Tooltip,
  annotations,
)
Interaction.modes.nearestPerSeries = nearestPerSeries
