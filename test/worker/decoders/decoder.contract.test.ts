import { describe, expect, it } from 'vitest'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { createDecoder, decoderKinds } from '../../../src-worker/decoders/createDecoder.ts'
import type { Decoder } from '../../../src-worker/decoders/decoder.ts'
import type { Sample } from './goldenTrains.ts'

const neurons = 30
const classes = 3
const seed = 11
const create = (kind: (typeof decoderKinds)[number]): Decoder =>
  createDecoder(kind, { neurons, classes, regularisation: 1 })

const oneEach = Uint32Array.from({ length: 10 }, (_, step) => step)
const silence = { neurons: new Uint32Array(), steps: new Uint32Array() }

/** Each class has ten neurons of its own, which fire eight of ten spikes, in turn. The last two neurons are silent. */
const samples = (count: number, stream: number): Sample[] => {
  const generator = createGenerator(seed + stream)
  return Array.from({ length: count }, () => {
    const label = generator.below(classes)
    const start = generator.below(10)
    const fired = Uint32Array.from({ length: 10 }, (_, index) => {
      const own = generator.next() < 0.8
      return own ? label + classes * ((start + index) % 9) : generator.below(neurons - 3)
    })
    return { spikes: { neurons: fired, steps: oneEach }, label }
  })
}

const learned = (decoder: Decoder, from: readonly Sample[]): Decoder => {
  for (const { spikes, label } of from) decoder.observe(spikes, label)
  decoder.learn()
  return decoder
}
const predictions = (decoder: Decoder, of: readonly Sample[]): number[] =>
  of.map(({ spikes }) => decoder.predict(spikes))
const accuracy = (decoder: Decoder, of: readonly Sample[]): number =>
  of.filter(({ spikes, label }) => decoder.predict(spikes) === label).length / of.length

describe.each(decoderKinds)(`decoder %s, seed ${seed}`, (kind) => {
  const training = samples(300, 0)
  const testing = samples(200, 1)

  it('tells classes whose neurons differ', () => {
    expect(accuracy(learned(create(kind), training), testing)).toBeGreaterThan(0.95)
  })

  it('gives the same predictions again', () => {
    const first = learned(create(kind), training)
    const second = learned(create(kind), training)
    expect(predictions(first, testing)).toEqual(predictions(second, testing))
    expect(first.tensors()).toEqual(second.tensors())
  })

  it('predicts as before until it learns what it observed', () => {
    const decoder = learned(create(kind), training)
    const before = predictions(decoder, testing)
    const permuted = samples(3000, 2).map(({ spikes, label }) => ({ spikes, label: (label + 1) % classes }))
    for (const { spikes, label } of permuted) decoder.observe(spikes, label)
    expect(predictions(decoder, testing)).toEqual(before)
    learned(decoder, permuted)
    learned(decoder, permuted)
    const agreeing = predictions(decoder, testing).filter((prediction, index) => prediction === before[index])
    expect(agreeing.length).toBeLessThan(0.1 * testing.length)
  })

  it('keeps nothing of the array that it observed', () => {
    const decoder = create(kind)
    const view = { neurons: new Uint32Array(10), steps: new Uint32Array(10) }
    for (const { spikes, label } of training) {
      view.neurons.set(spikes.neurons)
      view.steps.set(spikes.steps)
      decoder.observe(view, label)
    }
    view.neurons.fill(0)
    view.steps.fill(0)
    decoder.learn()
    expect(decoder.tensors()).toEqual(learned(create(kind), training).tensors())
  })

  it('does without samples of a class, without spikes, and without samples', () => {
    const decoder = create(kind)
    decoder.learn()
    learned(
      decoder,
      training.filter(({ label }) => label > 0),
    )
    expect([1, 2]).toContain(decoder.predict(testing[0]?.spikes ?? silence))
    learned(decoder, [{ spikes: silence, label: 0 }])
    expect([0, 1, 2]).toContain(decoder.predict(silence))
  })

  it('answers as another whose tensors it took over, and goes on learning from there', () => {
    const first = learned(create(kind), training)
    const second = create(kind)
    second.restore(first.tensors())
    expect(predictions(second, testing)).toEqual(predictions(first, testing))
    expect(second.tensors()).toEqual(first.tensors())
    const more = samples(300, 4)
    expect(learned(second, more).tensors()).toEqual(learned(first, more).tensors())
  })

  it('refuses tensors that are missing or of another size', () => {
    const larger = createDecoder(kind, { neurons: neurons + 1, classes, regularisation: 1 })
    expect(() => {
      create(kind).restore(larger.tensors())
    }).toThrow(RangeError)
    expect(() => {
      create(kind).restore({})
    }).toThrow('there is no tensor')
  })

  it('leaves silent neurons without a label', () => {
    const { assignments } = learned(create(kind), training).tensors()
    expect([...(assignments?.values ?? [])].slice(-3)).toEqual([-1, -1, -1])
    expect([...(assignments?.values ?? [])].slice(0, 27)).toEqual(Array.from({ length: 27 }, (_, neuron) => neuron % 3))
  })

  it('has tensors as large as their shapes, and finite', () => {
    for (const { shape, values } of Object.values(learned(create(kind), training).tensors())) {
      expect(values.length).toBe(shape.reduce((product, size) => product * size, 1))
      expect(values.every(Number.isFinite)).toBe(true)
    }
  })
})

describe('decoders', () => {
  it('carry rates over, so that a small interval does not overturn a large one', () => {
    for (const kind of ['all', 'vote', '2gram'] as const) {
      const decoder = learned(create(kind), samples(600, 3))
      learned(decoder, samples(6, 4))
      expect(accuracy(decoder, samples(200, 5)), kind).toBeGreaterThan(0.95)
    }
  })

  it('count the last interval only with all-last, where all is held back by what was before', () => {
    const strange = samples(600, 3).map(({ spikes, label }) => ({ spikes, label: (label + 1) % classes }))
    const accuracyAfter = (kind: 'all' | 'all-last'): number =>
      accuracy(learned(learned(learned(create(kind), strange), strange), samples(300, 4)), samples(200, 5))
    expect(accuracyAfter('all')).toBeLessThan(0.1)
    expect(accuracyAfter('all-last')).toBeGreaterThan(0.95)
    expect(learned(learned(create('all-last'), strange), samples(300, 4)).tensors()).toEqual(
      learned(create('all-last'), samples(300, 4)).tensors(),
    )
  })

  it('answer 2gram by pairs between steps, 2gram-order by the order of firing without its last pair', () => {
    const train = (fired: readonly number[], steps: readonly number[]): Sample['spikes'] => ({
      neurons: Uint32Array.from(fired),
      steps: Uint32Array.from(steps),
    })
    const answers = (kind: '2gram' | '2gram-order', spikes: Sample['spikes']): number => {
      const decoder = create(kind)
      decoder.observe(train([1, 2], [0, 1]), 1)
      decoder.observe(train([4, 3], [0, 1]), 2)
      decoder.learn()
      return decoder.predict(spikes)
    }
    // 1 and 2 in one step are a pair of the order alone; 4, 3 is the last pair, which the order leaves out
    const spikes = train([1, 2, 4, 3], [0, 0, 1, 2])
    expect(answers('2gram', spikes)).toBe(2)
    expect(answers('2gram-order', spikes)).toBe(1)
    // nothing known: the lowest of equals
    expect(answers('2gram-order', train([4, 3], [0, 1]))).toBe(0)
    expect(answers('2gram', train([4, 3], [0, 1]))).toBe(2)
  })
})
