/** Terms of the search: optimisers, their models, and what is read from those. */
import type { GlossaryEntry } from './entry.ts'

const scbo = 'Eriksson, Poloczek 2021, Scalable constrained Bayesian optimization'
const ownScbo = 'numerics.md#scbo'
const processes = 'numerics.md#gaussian-processes'
const diagnostics = 'numerics.md#diagnostics'

export const searchTerms = {
  optimiser: {
    term: 'Optimiser',
    text: 'Chooses the hyperparameters of the next trial, from what the trials before came to.',
    synonyms: ['sampler', 'random', 'sobol', 'grid'],
    page: 'command-line.md#optimisers',
  },
  scbo: {
    term: 'SCBO',
    text: 'Scalable constrained Bayesian optimisation: models objective and constraints by Gaussian processes, and asks for the most promising point of a trust region.',
    source: scbo,
    page: ownScbo,
  },
  initialDesign: {
    term: 'Initial design',
    text: 'The first trials, drawn before there is a model. What comes after them shows what the search gains.',
    synonyms: ['random design', 'startup'],
    page: ownScbo,
  },
  trustRegion: {
    term: 'Trust region',
    text: 'The box about the best trial that the next ones are taken from. It grows after successes and shrinks after failures.',
    unit: 'side length, in shares of each range',
    source: scbo,
    synonyms: ['side length', 'box'],
    page: ownScbo,
  },
  restart: {
    term: 'Restart',
    text: 'Where the trust region has shrunk to its least, the search begins another one somewhere else.',
    source: scbo,
    page: ownScbo,
  },
  success: {
    term: 'Success',
    text: 'A trial that is better than the best of the region before. So many in a row let the region grow, so many failures in a row halve it.',
    source: scbo,
    synonyms: ['failure', 'counters'],
    page: ownScbo,
  },
  thompsonSampling: {
    term: 'Thompson sampling',
    text: 'Draws one possible function from each model, and takes the candidate that is best in the draws: chance decides between trying and using.',
    source: 'Thompson 1933',
    synonyms: ['sampled', 'candidate'],
    page: ownScbo,
  },
  gaussianProcess: {
    term: 'Gaussian process',
    text: 'A model of the objective, or of a constraint, over the whole search space: at every point a mean and how unsure it is.',
    source: 'Rasmussen, Williams 2006, Gaussian Processes for Machine Learning',
    synonyms: ['model', 'GP', 'surrogate model'],
    page: processes,
  },
  lengthscale: {
    term: 'Lengthscale',
    text: 'Over which part of its range a hyperparameter must change for the model to change much. Short: it matters; as long as the range or longer: it hardly does.',
    unit: 'share of the range',
    synonyms: ['ARD', 'automatic relevance determination'],
    page: processes,
  },
  q2: {
    term: 'Q²',
    text: 'How well the model predicts each trial from all others: 1 is perfect, 0 no better than the mean, below that worse.',
    synonyms: ['Q2', 'leave-one-out', 'R²'],
    page: diagnostics,
  },
  calibration: {
    term: 'Calibration',
    text: 'Whether the model knows how unsure it is: level bars do, a U is too sure, a hill too unsure.',
    source: 'Gneiting, Balabdaoui, Raftery 2007',
    synonyms: ['trust in the models', 'interval'],
    page: diagnostics,
  },
  importance: {
    term: 'Importance',
    text: 'Share of the variance of the model that a hyperparameter explains, alone (first order) and with its interactions (total).',
    source: 'Saltelli et al. 2010; Jansen 1999',
    synonyms: ['Sobol index', 'first order', 'total index'],
    page: diagnostics,
  },
  interaction: {
    term: 'Interaction',
    text: 'What two hyperparameters do together beyond what each does alone.',
    page: diagnostics,
  },
  sensitivity: {
    term: 'Sensitivity by group',
    text: 'Importance of encoding, network, learning and other groups, each exchanged as a whole.',
    synonyms: ['group'],
    page: diagnostics,
  },
  slice: {
    term: 'Slice',
    text: 'One plot for each hyperparameter: its values against what the trials came to.',
  },
  contour: {
    term: 'Contour',
    text: 'What the model predicts over two hyperparameters, the others as in the best trial or averaged.',
    page: diagnostics,
  },
  silenceBoundary: {
    term: 'Silence boundary',
    text: 'Probability, by the models, that the constraints hold over two hyperparameters; the thick line is 50 %.',
    unit: 'probability',
    synonyms: ['probability of feasibility', 'feasibility map'],
    page: diagnostics,
  },
  parallelCoordinates: {
    term: 'Parallel coordinates',
    text: 'An axis for each hyperparameter and result, and a line through all of them for each trial. A brush on an axis keeps the lines that pass it.',
    synonyms: ['brush'],
  },
  replay: {
    term: 'Replay of the stopping rule',
    text: 'What another alpha, beta or interval would have stopped of the trials there are, by the spike counts that were stored.',
    page: 'numerics.md#silence-limits-and-pruning',
  },
  incumbent: {
    term: 'Best so far',
    text: 'The best feasible trial up to a point of the search.',
    synonyms: ['incumbent', 'best feasible', 'history'],
  },
  distribution: {
    term: 'Distribution',
    text: 'Which share of the trials is at or below each value: the further right it rises, the better the trials.',
    synonyms: ['EDF', 'empirical distribution function'],
  },
  expectedImprovement: {
    term: 'Expected improvement',
    text: 'How much better than the best a point is on average by the model, by the probability that it keeps the constraints.',
    source: 'Jones, Schonlau, Welch 1998',
    synonyms: ['EI'],
    page: 'command-line.md#optimisers',
  },
  tpe: {
    term: 'TPE',
    text: 'Tree-structured Parzen estimator: takes the values that good trials have more often than the others.',
    source: 'Bergstra et al. 2011',
    page: 'numerics.md#grid-and-tpe',
  },
  scale: {
    term: 'Scale',
    text: 'How models see a hyperparameter: by its value, or by its logarithm where each doubling counts the same.',
    synonyms: ['log', 'logarithmic'],
    page: 'numerics.md#search-spaces-and-sequences',
  },
  sampler: {
    term: 'Distribution of random points',
    text: 'How initial and random values of a hyperparameter are drawn: evenly, dense near the low end (log-uniform) or near the high end (reversed).',
    synonyms: ['uniform', 'log-uniform', 'reversed log-uniform'],
    page: 'numerics.md#search-spaces-and-sequences',
  },
} satisfies Readonly<Record<string, GlossaryEntry>>
