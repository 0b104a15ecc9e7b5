"""One training step of 784-1000-10 in PyTorch on one thread, beside `npm run bench -- slayer mnist`.

Leaky integration, reset by subtraction, a fast-sigmoid surrogate gradient, Adam, cross-entropy of the spike counts: what
snnTorch's tutorial trains, in plain PyTorch; 25 steps, batches of 128, 13 % of the inputs spike in a step. Times are those
on the processor, of the fastest step. Run with any Python that has PyTorch: python bench/slayer/pytorch.py
"""
import time

import torch

STEPS, BATCH, SIZES, ACTIVITY = 25, 128, (784, 1000, 10), 0.13
BETA, THRESHOLD, SLOPE = 0.9, 1.0, 25.0


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(context, excess):
        context.save_for_backward(excess)
        return (excess > 0).float()

    @staticmethod
    def backward(context, gradient):
        (excess,) = context.saved_tensors
        return gradient / (1 + SLOPE * excess.abs()) ** 2


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        sizes = zip(SIZES, SIZES[1:])
        self.layers = torch.nn.ModuleList([torch.nn.Linear(a, b, bias=False) for a, b in sizes])

    def forward(self, spikes, at_once):
        for layer in self.layers:
            currents = layer(spikes) if at_once else None
            potential = torch.zeros(BATCH, layer.out_features)
            spiked = torch.zeros_like(potential)
            steps = []
            for step in range(STEPS):
                current = currents[step] if at_once else layer(spikes[step])
                potential = BETA * potential + current - THRESHOLD * spiked.detach()
                spiked = Spike.apply(potential - THRESHOLD)
                steps.append(spiked)
            spikes = torch.stack(steps)
        return spikes


def samples_per_second(at_once, repeats=12):
    torch.manual_seed(1)
    network = Network()
    optimiser = torch.optim.Adam(network.parameters(), lr=5e-4)
    spikes = (torch.rand(STEPS, BATCH, SIZES[0]) < ACTIVITY).float()
    labels = torch.randint(0, SIZES[-1], (BATCH,))
    fastest = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        loss = torch.nn.functional.cross_entropy(network(spikes, at_once).sum(0), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        fastest = min(fastest, time.process_time() - start)
    return BATCH / fastest


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}, one thread")
    print(f"a product in every step, as in snnTorch: {samples_per_second(False):.0f} training samples/s")
    print(f"one product over all steps: {samples_per_second(True):.0f} training samples/s")
