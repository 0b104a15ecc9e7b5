/**
 * Losses of linear classifiers: scores z[c] of the classes and the right class y give the loss and its derivative by
 * each score.
 */

/** Writes the derivatives over the scores, and returns the loss. */
export type LinearLoss = (scores: Float64Array, label: number) => number

/** Multinomial logistic regression: log(sum over c of exp z[c]) - z[y]. */
export const crossEntropy: LinearLoss = (scores, label) => {
  const right = scores[label] ?? 0
  const top = scores.reduce((highest, score) => Math.max(highest, score), -Infinity)
  let sum = 0
  for (const score of scores) sum += Math.exp(score - top)
  for (let index = 0; index < scores.length; index++) {
    scores[index] = Math.exp((scores[index] ?? 0) - top) / sum - Number(index === label)
  }
  return top + Math.log(sum) - right
}

/**
 * Linear support vector machines, one against the rest, with the squared hinge loss: the sum over c of
 * max(0, 1 - t z[c])^2 with t = 1 for c = y and -1 otherwise (Fan et al., LIBLINEAR, JMLR 9, 2008, eq. 2). Unlike the
 * plain hinge it is smooth.
 */
export const squaredHinge: LinearLoss = (scores, label) => {
  let loss = 0
  for (let index = 0; index < scores.length; index++) {
    const target = index === label ? 1 : -1
    const margin = Math.max(0, 1 - target * (scores[index] ?? 0))
    loss += margin * margin
    scores[index] = -2 * target * margin
  }
  return loss
}
