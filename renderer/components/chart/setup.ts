// The parts of Chart.js that are used.
import 'chartjs-adapter-date-fns'
import { Chart, Decimation, LinearScale, LineController, LineElement, PointElement, TimeScale, Tooltip } from 'chart.js'
import annotations from 'chartjs-plugin-annotation'

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement, TimeScale, Tooltip, annotations)
