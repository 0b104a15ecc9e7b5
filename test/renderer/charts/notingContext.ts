export interface Written {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** A context that notes what is written where, six pixels a letter, and that nobody but who made it may clear or turn. */
export const notingContext = (written: Written[]): CanvasRenderingContext2D => {
  const forbidden = new Set(['setTransform', 'resetTransform', 'clearRect'])
  let [x, y] = [0, 0]
  const saved: (readonly [number, number])[] = []
  const own: Record<string, unknown> = {
    measureText: (text: string) => ({ width: 6 * text.length }),
    getTransform: () => ({ a: 1 }),
    save: () => saved.push([x, y]),
    restore: () => ([x, y] = saved.pop() ?? [x, y]),
    translate: (right: number, down: number) => ([x, y] = [x + right, y + down]),
    fillText: (text: string, right: number, down: number) => written.push({ text, x: x + right, y: y + down }),
  }
  return new Proxy(own, {
    get: (target, name): unknown => {
      if (forbidden.has(String(name))) throw new Error(`${String(name)} is the business of whoever made the context`)
      return Reflect.get(target, name) ?? (() => undefined)
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  }) as unknown as CanvasRenderingContext2D
}
