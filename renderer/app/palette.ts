// The one place of colours: style sheets read them as `--tocsin-…`, charts as values, since a canvas knows no variables.
// Every text has at least 4.5:1 on every ground that it stands on. Red is for what is critical and open, alone.

const light = {
  ground: '#f6f7f8',
  surface: '#ffffff',
  raised: '#eef0f2',
  border: '#d8dde2',
  text: '#1b2025',
  quiet: '#535d67',
  accent: '#1f6a83',
  accentGround: '#e4f0f4',
  critical: '#c22727',
  criticalText: '#a81f1f',
  criticalGround: '#fdf1f1',
  criticalOn: '#ffffff',
  warning: '#8a5200',
  warningGround: '#fdf1da',
  info: '#3f5a70',
  infoGround: '#e7edf2',
  good: '#2c6a3f',
  goodGround: '#e4f1e8',
  chartLine: '#1f6a83',
  chartGrid: '#e3e7ea',
  chartText: '#535d67',
  chartBand: 'rgba(31, 106, 131, 0.10)',
  chartStretch: 'rgba(138, 82, 0, 0.13)',
  chartStretchEdge: '#8a5200',
  chartCritical: 'rgba(194, 39, 39, 0.12)',
}

export type Palette = typeof light

const dark: Palette = {
  ground: '#15181b',
  surface: '#1c2024',
  raised: '#262b30',
  border: '#343b42',
  text: '#e3e6e9',
  quiet: '#a2abb4',
  accent: '#6cb6cd',
  accentGround: '#1c3540',
  critical: '#d13b3b',
  criticalText: '#ff9b94',
  criticalGround: '#2d1b1c',
  criticalOn: '#ffffff',
  warning: '#f2bd5c',
  warningGround: '#37290f',
  info: '#a9c3d9',
  infoGround: '#243039',
  good: '#8fcfa2',
  goodGround: '#1c3223',
  chartLine: '#6cb6cd',
  chartGrid: '#2b3137',
  chartText: '#a2abb4',
  chartBand: 'rgba(108, 182, 205, 0.14)',
  chartStretch: 'rgba(242, 189, 92, 0.14)',
  chartStretchEdge: '#f2bd5c',
  chartCritical: 'rgba(232, 84, 84, 0.20)',
}

export const palettes = { light, dark }
