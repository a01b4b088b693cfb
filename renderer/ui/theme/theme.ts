// Mantine's theme, built from the palette.
import {
  Button,
  createTheme,
  InputWrapper,
  Kbd,
  NativeSelect,
  SegmentedControl,
  TextInput,
  type CSSVariablesResolver,
} from '@mantine/core'
import { palettes, type Palette } from './palette.ts'

const SYSTEM_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, "Noto Sans", "DejaVu Sans", sans-serif'
const SYSTEM_MONOSPACE =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'

export const theme = createTheme({
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: SYSTEM_MONOSPACE,
  headings: { fontFamily: SYSTEM_FONT, fontWeight: '600' },
  primaryColor: 'petrol',
  primaryShade: 7,
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: {
    dark: [
      '#e3e6e9',
      '#c4cad0',
      '#a2abb4',
      '#7d8791',
      '#3f474f',
      '#343b42',
      '#262b30',
      '#1c2024',
      '#15181b',
      '#101214',
    ],
    petrol: [
      '#eaf5f8',
      '#d4e8ee',
      '#a9d1dd',
      '#6cb6cd',
      '#57a2ba',
      '#4095b0',
      '#2a7f9b',
      '#1f6a83',
      '#185a70',
      '#0f4658',
    ],
  },
  components: {
    Button: Button.extend({ styles: { section: { marginInlineEnd: 6 } } }),
    // Below the input, so that a long description doesn't misalign inputs in a row.
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Kbd: Kbd.extend({ defaultProps: { size: 'sm' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 0 } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(palettes.light),
  dark: variablesOf(palettes.dark),
})

const variablesOf = (palette: Palette): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(palette).map(([name, colour]) => [
      `--tocsin-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      colour,
    ]),
  ),
  '--mantine-color-body': palette.surface,
  '--mantine-color-text': palette.text,
  '--mantine-color-dimmed': palette.muted,
  '--mantine-color-placeholder': palette.muted,
  '--mantine-color-anchor': palette.accent,
  '--mantine-color-default': palette.surface,
  '--mantine-color-default-hover': palette.raised,
  '--mantine-color-default-color': palette.text,
  '--mantine-color-default-border': palette.border,
  '--mantine-color-error': palette.criticalText,
  '--mantine-primary-color-light': palette.accentBackground,
  '--mantine-primary-color-light-color': palette.accent,
})
