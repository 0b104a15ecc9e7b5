/** The tour of the first start: a few places, each in a sentence or two. */
interface TourStep {
  /** Selector of what it is about; a step whose place is not there is left out. null: about the whole window. */
  readonly place: string | null
  readonly title: string
  readonly text: string
}

export const tourSteps: readonly TourStep[] = [
  {
    place: null,
    title: 'Spiketune in a minute',
    text: 'Spiketune searches good hyperparameters of spiking networks. It trains one network per trial, ends those that fall silent after seconds, and steers the search away from silence. This tour shows where things are.',
  },
  {
    place: 'aside',
    title: 'Your studies',
    text: 'Start a study from a preset, from a YAML file dropped on the window, or from nothing. Studies run on while you look at another one, and go on after a restart.',
  },
  {
    place: '[role=tablist][aria-label="Pages of the study"]',
    title: 'Watch, inspect, compare, decide',
    text: 'Watch a study live, open any network down to its spikes, compare candidates side by side, then confirm and export the best.',
  },
  {
    place: '.panels',
    title: 'Linked views',
    text: 'Each panel shows a view of your choice. Shift and drag brushes trials in all of them; a click selects; a double click opens the network. Zoom survives every update.',
  },
  {
    place: '[aria-label="Trials; arrow keys select"]',
    title: 'Every trial',
    text: 'Sort, filter, annotate, exclude or run trials again from the table. The filter holds for all views.',
  },
  {
    place: null,
    title: 'By keyboard',
    text: 'Ctrl+K (⌘K) finds every command and study by name; Ctrl+/ lists the keys.',
  },
]
