import type { ConvSize } from '../kernelSet.ts'

export interface FourierMatrices {
  /** One after the other, as `convInputGradientFourier` and `convWeightGradientFourier` of the kernel read them. */
  readonly inputGradient: Float32Array
  readonly weightGradient: Float32Array
}

/**
 * The matrices of the discrete Fourier transforms of a convolution: of its input, its output and its kernel, over the rows and
 * columns of the padded input. Nothing wraps around: with stride 1 an output and a kernel together are as long as that.
 */
export const fourierMatrices = ({ input, output, kernel, padding }: ConvSize): FourierMatrices => {
  const [rows, columns] = [input.rows + 2 * padding, input.columns + 2 * padding]
  const forward = (ofRows: Places, ofColumns: Places): number[] => [...byColumn(ofColumns), ...byRow(ofRows)]
  const back = (ofRows: Places, ofColumns: Places): number[] => [...backByRow(ofRows), ...backByColumn(ofColumns, rows)]
  const [inputRows, inputColumns] = [places(rows, input.rows, padding), places(columns, input.columns, padding)]
  const gradient = forward(places(rows, output.rows, 0), places(columns, output.columns, 0))
  const [kernelRows, kernelColumns] = [places(rows, kernel, 0), places(columns, kernel, 0)]
  return {
    inputGradient: Float32Array.from([
      ...gradient,
      ...forward(kernelRows, kernelColumns),
      ...back(inputRows, inputColumns),
    ]),
    weightGradient: Float32Array.from([
      ...forward(inputRows, inputColumns),
      ...gradient,
      ...back(kernelRows, kernelColumns),
    ]),
  }
}

/** `count` places from `first` on, on a circle of `length`. */
interface Places {
  readonly length: number
  readonly at: readonly number[]
}

const places = (length: number, count: number, first: number): Places => ({
  length,
  at: Array.from({ length: count }, (_, place) => first + place),
})

const half = (length: number): number[] =>
  Array.from({ length: Math.floor(length / 2) + 1 }, (_, frequency) => frequency)
const all = (length: number): number[] => Array.from({ length }, (_, frequency) => frequency)

/** Cosine and sine of an angle that is a whole part of a circle, by a reduced numerator, so that no digits are lost. */
const cosine = (frequency: number, place: number, length: number): number =>
  Math.cos((2 * Math.PI * ((frequency * place) % length)) / length)
const sine = (frequency: number, place: number, length: number): number =>
  Math.sin((2 * Math.PI * ((frequency * place) % length)) / length)

/** [frequency][real, imaginary][place], of real numbers. */
const byColumn = ({ length, at }: Places): number[] =>
  half(length).flatMap((frequency) => [
    ...at.map((place) => cosine(frequency, place, length)),
    ...at.map((place) => -sine(frequency, place, length)),
  ])

/** [frequency][real, imaginary][real, imaginary of the source][place]. */
const byRow = ({ length, at }: Places): number[] =>
  all(length).flatMap((frequency) => {
    const [cosines, sines] = [
      at.map((place) => cosine(frequency, place, length)),
      at.map((place) => sine(frequency, place, length)),
    ]
    return [...cosines, ...sines, ...sines.map((value) => -value), ...cosines]
  })

/** [real, imaginary of the spectrum][place][real, imaginary][frequency]. */
const backByRow = ({ length, at }: Places): number[] => {
  const cosines = (place: number): number[] => all(length).map((frequency) => cosine(frequency, place, length))
  const sines = (place: number): number[] => all(length).map((frequency) => sine(frequency, place, length))
  return [
    ...at.flatMap((place) => [...cosines(place), ...sines(place)]),
    ...at.flatMap((place) => [...sines(place).map((value) => -value), ...cosines(place)]),
  ]
}

/** [place][frequency][real, imaginary], divided by all places: frequencies that stand for their conjugates too count twice. */
const backByColumn = ({ length, at }: Places, rows: number): number[] =>
  at.flatMap((place) =>
    half(length).flatMap((frequency) => {
      const share = (frequency === 0 || 2 * frequency === length ? 1 : 2) / (length * rows)
      return [share * cosine(frequency, place, length), -share * sine(frequency, place, length)]
    }),
  )
