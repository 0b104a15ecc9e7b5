import type { PresetInfo } from '../../src-core/contracts/window.ts'

/** How long presets take on a workstation of two cores; of days is what `isOfDays` of its estimate there is. The demo is of minutes too, and comes before all. */
const lasts: Readonly<Record<string, PresetInfo['lasts']>> = {
  'breast-cancer-eons': 'minutes',
  'cartpole-eons': 'minutes',
  'cartpole-eons-hard': 'minutes',
  'cartpole-eons-hardest': 'minutes',
  'cartpole-eons-medium': 'minutes',
  'gesture-slayer': 'days',
  'gesture-stdp': 'days',
  'gesture-stdp-inhibiting': 'days',
  'iris-eons': 'minutes',
  'iris-eons-groups': 'minutes',
  'mnist-slayer': 'days',
  'mnist-slayer-best': 'minutes',
  'mnist-slayer-small': 'minutes',
  'mnist-stdp': 'hours',
  'mnist-stdp-best': 'minutes',
  'mnist-stdp-small': 'demo',
  'mountain-car-eons': 'minutes',
  'nmnist-slayer': 'days',
  'nmnist-slayer-small': 'minutes',
  'wine-eons': 'minutes',
}

/** One that nobody has measured is started with care. */
export const presetLasts = (name: string): PresetInfo['lasts'] => lasts[name] ?? 'days'
