/** `<prefix><Layer>`: the name of a metric of one layer. */
export const layerMetric = (prefix: string, layer: string): string =>
  `${prefix}${layer.slice(0, 1).toUpperCase()}${layer.slice(1)}`
