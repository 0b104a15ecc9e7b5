/** Right edge of the names at the left of the strips, in CSS pixels. */
export const labelRight = 84
