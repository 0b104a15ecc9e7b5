/**
 * Design problems of the constrained literature, with the definitions that peers measure (feasible when <= 0). Sources:
 * Coello Coello & Mezura-Montes, Advanced Engineering Informatics 16 (2002), 193-203 (pressure vessel, welded beam,
 * string); Golinski, Journal of Mechanisms 5 (1970), 287-309 (speed reducer).
 */
import type { Minimisation } from './problem.ts'

const budget = { trials: 100, batch: 1, initial: 10 } as const

/** Weight of a tension-compression string; x: wire diameter, coil diameter, active coils. */
export const string: Minimisation = {
  ...budget,
  name: 'string',
  title: 'Tension-compression string',
  bounds: [
    [0.01, 1],
    [0.01, 1],
    [0.01, 20],
  ],
  minimum: 0.0126652,
  constraintNames: ['deflection', 'shearStress', 'surgeFrequency', 'outerDiameter'],
  value: ([wire = NaN, coil = NaN, coils = NaN]) => wire ** 2 * coil * (coils + 2),
  constraints: ([wire = NaN, coil = NaN, coils = NaN]) => [
    1 - (coil ** 3 * coils) / (71785 * wire ** 4),
    (4 * coil ** 2 - wire * coil) / (12566 * wire ** 3 * (coil - wire)) + 1 / (5108 * wire ** 2) - 1,
    1 - (140.45 * wire) / (coils * coil ** 2),
    (wire + coil) / 1.5 - 1,
  ],
}

/** Plates come in sixteenths of an inch. Peers round in the cost only, not in the constraints. */
const rounded = (thickness: number): number => Math.round(thickness * 16) / 16

/** Cost of a cylindrical vessel; x: thickness of shell and head, inner radius, length. */
export const pressureVessel: Minimisation = {
  ...budget,
  name: 'pressure-vessel',
  title: 'Pressure vessel',
  bounds: [
    [0, 10],
    [0, 10],
    [10, 50],
    [150, 200],
  ],
  minimum: 5633.95,
  constraintNames: ['shellThickness', 'headThickness', 'volume', 'length'],
  value: ([shellExact = NaN, headExact = NaN, radius = NaN, length = NaN]) => {
    const shell = rounded(shellExact)
    const head = rounded(headExact)
    return (
      0.6224 * shell * radius * length +
      1.7781 * head * radius ** 2 +
      3.1661 * shell ** 2 * length +
      19.84 * shell ** 2 * radius
    )
  },
  constraints: ([shell = NaN, head = NaN, radius = NaN, length = NaN]) => [
    0.0193 * radius - shell,
    0.00954 * radius - head,
    1296000 - Math.PI * radius ** 2 * length - (4 / 3) * Math.PI * radius ** 3,
    length - 240,
  ],
}

const loadP = 6000
const lengthL = 14
const youngModulusE = 30e6
const shearModulusG = 12e6

/** Shear stress in the weld. */
const weldStress = (weld: number, weldLength: number, height: number): number => {
  const radius = Math.sqrt((weldLength ** 2 + (weld + height) ** 2) / 4)
  const moment = loadP * (lengthL + weldLength / 2)
  const polar = 2 * Math.SQRT2 * weld * weldLength * (weldLength ** 2 / 12 + (weld + height) ** 2 / 4)
  const primary = loadP / (Math.SQRT2 * weld * weldLength)
  const secondary = (moment * radius) / polar
  return Math.sqrt(primary ** 2 + (primary * secondary * weldLength) / radius + secondary ** 2)
}

/** A departure from the literature, which divides by 6 where peers multiply: its minimum is 1.72485, theirs 1.5871. */
const bucklingLoad = (height: number, thickness: number): number =>
  ((4.013 * youngModulusE * 6 * height * thickness ** 3) / lengthL ** 2) *
  (1 - (height * Math.sqrt(youngModulusE / shearModulusG)) / (4 * lengthL))

/** Cost of a welded beam; x: thickness and length of the weld, height and thickness of the bar. */
export const weldedBeam: Minimisation = {
  ...budget,
  name: 'welded-beam',
  title: 'Welded beam',
  bounds: [
    [0.125, 10],
    [0.1, 10],
    [0.1, 10],
    [0.1, 10],
  ],
  minimum: 1.5871,
  constraintNames: ['shearStress', 'bendingStress', 'thickness', 'cost', 'deflection', 'buckling'],
  value: ([weld = NaN, weldLength = NaN, height = NaN, thickness = NaN]) =>
    1.10471 * weld ** 2 * weldLength + 0.04811 * height * thickness * (14 + weldLength),
  constraints: ([weld = NaN, weldLength = NaN, height = NaN, thickness = NaN]) => [
    weldStress(weld, weldLength, height) - 13600,
    (6 * loadP * lengthL) / (thickness * height ** 2) - 30000,
    weld - thickness,
    0.10471 * weld ** 2 + 0.04811 * height * thickness * (14 + weldLength) - 5,
    (4 * loadP * lengthL ** 3) / (youngModulusE * height ** 3 * thickness) - 0.25,
    loadP - bucklingLoad(height, thickness),
  ],
}

/** Weight of a speed reducer; x: face width, module, teeth, lengths and diameters of two shafts. */
export const speedReducer: Minimisation = {
  ...budget,
  name: 'speed-reducer',
  title: 'Speed reducer',
  bounds: [
    [2.6, 3.6],
    [0.7, 0.8],
    [17, 28],
    [7.3, 8.3],
    [7.8, 8.3],
    [2.9, 3.9],
    [5, 5.5],
  ],
  minimum: 2996.348,
  constraintNames: [
    'bendingStress',
    'contactStress',
    'deflection1',
    'deflection2',
    'stress1',
    'stress2',
    'pitchDiameter',
    'narrow',
    'wide',
    'shaft1',
    'shaft2',
  ],
  value: ([x1 = NaN, x2 = NaN, x3 = NaN, x4 = NaN, x5 = NaN, x6 = NaN, x7 = NaN]) =>
    0.7854 * x1 * x2 ** 2 * (3.3333 * x3 ** 2 + 14.9334 * x3 - 43.0934) -
    1.508 * x1 * (x6 ** 2 + x7 ** 2) +
    7.4777 * (x6 ** 3 + x7 ** 3) +
    0.7854 * (x4 * x6 ** 2 + x5 * x7 ** 2),
  constraints: ([x1 = NaN, x2 = NaN, x3 = NaN, x4 = NaN, x5 = NaN, x6 = NaN, x7 = NaN]) => [
    27 / (x1 * x2 ** 2 * x3) - 1,
    397.5 / (x1 * x2 ** 2 * x3 ** 2) - 1,
    (1.93 * x4 ** 3) / (x2 * x3 * x6 ** 4) - 1,
    (1.93 * x5 ** 3) / (x2 * x3 * x7 ** 4) - 1,
    Math.sqrt(((745 * x4) / (x2 * x3)) ** 2 + 16.9e6) / (110 * x6 ** 3) - 1,
    Math.sqrt(((745 * x5) / (x2 * x3)) ** 2 + 157.5e6) / (85 * x7 ** 3) - 1,
    (x2 * x3) / 40 - 1,
    (5 * x2) / x1 - 1,
    x1 / (12 * x2) - 1,
    (1.5 * x6 + 1.9) / x4 - 1,
    (1.1 * x7 + 1.9) / x5 - 1,
  ],
}
