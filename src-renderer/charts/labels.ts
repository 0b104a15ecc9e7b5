/** Values beside ticks. */
export const percentLabel = (share: number): string => String(Number((share * 100).toPrecision(4)))
export const plainLabel = (value: number): string => String(Number(value.toPrecision(4)))
