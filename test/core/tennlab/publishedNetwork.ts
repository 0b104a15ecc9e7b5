/** A network file as those that TENNLab publishes. */
export const property = (name: string, index: number, min_value: number, max_value: number, type = 73) => ({
  ...{ name, type, index, size: 1 },
  ...{ min_value, max_value },
})

/** As public cart-pole networks are: RISP-7, flip-flop of two neurons. */
export const published = () => ({
  Properties: {
    node_properties: [property('Threshold', 0, 0, 7)],
    edge_properties: [property('Weight', 0, -7, 7), property('Delay', 1, 1, 15)],
    network_properties: [],
  },
  Nodes: Array.from({ length: 10 }, (_, id) => ({ id, name: 'any', values: [id % 8] })),
  Edges: [{ from: 0, to: 9, values: [-7, 15] }],
  Inputs: [0, 1, 2, 3, 4, 5, 6, 7],
  Outputs: [8, 9],
  Network_Values: [],
  Associated_Data: {
    proc_params: {
      discrete: true,
      ...{ min_weight: -7, max_weight: 7, min_threshold: 0, max_threshold: 7 },
      ...{ min_potential: -7, max_delay: 15, leak_mode: 'none' as string, spike_value_factor: 7 },
    } as Record<string, unknown>,
    app_params: { game: 'cart' },
    encoder_array: {
      ...{ dmin: [-2.4, -2, -0.2095, -2], dmax: [2.4, 2, 0.2095, 2], interval: 3 },
      named_encoders: { s: { spikes: { flip_flop: 2, max_spikes: 8, min: 0, max: 0.5 } } },
      use_encoders: ['s', 's', 's', 's'],
    },
    decoder_array: { decoders: [{ wta: { outputs: 2 } }] },
    other: { proc_name: 'risp', app_name: 'cartpole', sim_time: 24, timeseries: false },
  },
})
