/** Terms of a study: its trials, what is asked of them and what is counted. */
import { capitalised, nonSpiking, nonSpikingShare } from '../study/studyWords.ts'
import type { GlossaryEntry } from './entry.ts'

const firmin = 'Firmin, Boulet, Talbi 2024, arXiv 2403.00450'
const rule = 'numerics.md#silence-limits-and-pruning'

export const studyTerms = {
  accuracy: {
    term: 'Accuracy',
    text: 'Share of the tested samples that the network answers right.',
    unit: '0 to 1',
  },
  score: {
    term: 'Score',
    text: 'Of a control task: the share of the best score there can be, a mean over the tested episodes.',
    unit: '0 to 1',
    synonyms: ['reward'],
  },
  alpha: {
    term: 'Alpha (α)',
    text: `Least spikes of a watched layer at a sample: with fewer the sample is ${nonSpiking}.`,
    unit: 'spikes',
    source: firmin,
    page: rule,
  },
  beta: {
    term: 'Beta (β)',
    text: `Highest ${nonSpikingShare} that is allowed. A training that exceeds it is stopped, and a trial above it is infeasible.`,
    unit: 'share of an epoch',
    source: firmin,
    page: rule,
  },
  nonSpikingShare: {
    term: capitalised(nonSpikingShare),
    text: 'Share of the samples of an epoch at which a watched layer fires fewer than alpha spikes; of networks that evolve, the share of a generation whose outputs do. The largest over the epochs counts.',
    unit: '%',
    source: firmin,
    synonyms: ['silence', 'silent', 'constraint'],
    page: rule,
  },
  silentNetwork: {
    term: 'Silent network',
    text: 'One that fires too few spikes in a watched layer at too many samples. It cannot learn, so its training is stopped.',
    source: firmin,
    page: rule,
  },
  stoppedEarly: {
    term: 'Stopped early',
    text: 'Trials that were ended before their last sample, as their network was silent or they were behind others. They are tested all the same.',
    source: firmin,
    synonyms: ['early stopping', 'stopped'],
    page: rule,
  },
  timeSaved: {
    term: 'Saved',
    text: 'Training time that stopping trials early saved: what each had left, at its own pace. Estimated, and summed over the workers.',
    unit: 'time of workers',
    synonyms: ['time saved'],
  },
  constraint: {
    term: 'Constraint',
    text: 'What a network must keep to count: a share of at most beta in each watched layer, or a limit of a metric. It is kept where its value is at most 0.',
    synonyms: ['limit', 'black-box constraint'],
    page: rule,
  },
  feasible: {
    term: 'Feasible',
    text: 'Keeps every constraint. Only such a trial is the best, unless there is none.',
    synonyms: ['infeasible'],
    page: 'numerics.md#scbo',
  },
  violation: {
    term: 'Violation',
    text: 'Sum of what a trial breaks its constraints by; those that it keeps count nothing. 0 is feasible.',
    page: 'numerics.md#scbo',
  },
  trial: {
    term: 'Trial',
    text: 'One set of hyperparameters with what came of it: a network that was trained and tested.',
    synonyms: ['evaluation', 'configuration'],
  },
  objective: {
    term: 'Objective',
    text: 'What the search makes as good as it can: accuracy or score, or as few spikes or operations as possible.',
  },
  hyperparameter: {
    term: 'Hyperparameter',
    text: 'A number or choice that is set before training, such as a threshold; training changes weights alone.',
  },
  replicate: {
    term: 'Replicate',
    text: 'One of several trainings of the same trial, each with a seed of its own; their mean is what the trial came to.',
    synonyms: ['replicates', 'seed'],
    page: 'numerics.md#replicates-and-racing',
  },
  standardError: {
    term: 'Standard error',
    text: 'How sure a mean is: the sample deviation by the root of the number of values. Twice as much to either side holds the true mean about 95 times in 100.',
    synonyms: ['±'],
    page: 'numerics.md#replicates-and-racing',
  },
  confirmation: {
    term: 'Confirmation',
    text: 'Training the best trials again with new seeds and testing them on data that the search has not seen. The best of many trials is lucky too, so its value drops.',
    synonyms: ['confirm', 'retraining'],
    page: 'numerics.md#confirmation',
  },
  confidenceInterval: {
    term: '95 % interval',
    text: 'Of the mean over seeds, by Student’s t: 95 of 100 such intervals hold the mean that endless seeds would have.',
    source: 'Student 1908',
    synonyms: ['confidence interval'],
    page: 'numerics.md#confirmation',
  },
  racing: {
    term: 'Racing',
    text: 'Ends the replicates of a trial when it is all but sure that their mean cannot become the best.',
    page: 'numerics.md#replicates-and-racing',
  },
  pruning: {
    term: 'Pruning',
    text: 'Ends a trial at the end of an epoch when it has learned less than others had by then: than their median, or than the best part of them.',
    synonyms: ['median rule', 'successive halving'],
    page: rule,
  },
  duration: {
    term: 'Duration',
    text: 'Time from the start of a trial to its end: training and test, of all its replicates.',
  },
  workerTime: {
    term: 'Worker time',
    text: 'How long workers were busy with the trials of a study: their durations added up.',
    synonyms: ['processor time', 'compute'],
    page: 'comparing.md#what-is-counted',
  },
  target: {
    term: 'Target',
    text: 'A value to come to. Studies are compared by what they had cost when their best feasible trial was first as good; one that never was has no number.',
    synonyms: ['trials to a target', 'never'],
    page: 'comparing.md#what-is-counted',
  },
  quartiles: {
    term: 'Median and quartiles',
    text: 'Of studies that differ in their seeds alone: half of them lie below the median, a quarter below the lower quartile, a quarter above the upper one.',
    source: 'Hyndman, Fan 1996, type 7',
    page: 'comparing.md#groups',
  },
  trialState: {
    term: 'State of a trial',
    text: 'Waiting, running, complete, stopped (ended early, measured all the same) or failed (could not be measured).',
  },
  reference: {
    term: 'Reference',
    text: 'Of the networks that are compared the one that the others are held against: differences are from it.',
    page: 'numerics.md#spikes-of-networks-side-by-side',
  },
  seed: {
    term: 'Seed',
    text: 'The number that chance begins with: the same seed gives the same trial again, on any machine.',
    synonyms: ['randomness', 'reproduce'],
  },
  split: {
    term: 'Split',
    text: 'Which samples a network learns from and which it is measured on: validation is a held-out part of the training samples, test the dataset’s own.',
    synonyms: ['training samples', 'validation', 'test set'],
  },
  attempt: {
    term: 'Attempt',
    text: 'A start of a trial. A trial whose worker dies or does not respond is tried again, so many times.',
  },
  timeLimit: {
    term: 'Time limit',
    text: 'A trial that trains and tests for longer has failed.',
  },
  keptNetwork: {
    term: 'Kept network',
    text: 'The trained networks of the best trials stay on disk. Those of the others are trained again from their seed where they are looked at.',
    synonyms: ['keep networks', 'network file'],
  },
  episode: {
    term: 'Episode',
    text: 'A play of a control task from one start to its end: what a sample is to other datasets.',
    page: 'numerics.md#control-tasks',
  },
  epoch: {
    term: 'Epoch',
    text: 'One pass over all training samples, each epoch in another order.',
  },
  look: {
    term: 'Look',
    text: 'Counting the spikes since the look before, after every `interval` samples: then the rule decides whether training goes on.',
    unit: 'samples between two',
    synonyms: ['interval'],
    page: rule,
  },
  trainAccuracy: {
    term: 'Train accuracy',
    text: 'Share of the training samples since the look before that were answered right while the network learned. No result: the objective is measured on others.',
    unit: '0 to 1',
  },
  running: {
    term: 'Running',
    text: 'Trials under way, one for each worker. Their marks are hollow: what they show is of the training so far.',
  },
  failed: {
    term: 'Failed',
    text: 'Trials that could not be measured, such as networks that cannot be built. They are told to the optimiser, never dropped.',
  },
  elapsed: {
    term: 'Elapsed',
    text: 'Time that the study ran for; pauses and sleep of the machine do not count.',
  },
  timeLeft: {
    term: 'Time left',
    text: 'Estimated from the trials so far and what the budget leaves.',
  },
  worker: {
    term: 'Worker',
    text: 'A process that trains one trial after the other. What a trial comes to does not depend on how many there are.',
  },
  budget: {
    term: 'Budget',
    text: 'When the study ends: after so many finished trials, or so much time.',
  },
} satisfies Readonly<Record<string, GlossaryEntry>>
