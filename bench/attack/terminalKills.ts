/** Kills of the command line and of what it starts, at random moments. */
import { setTimeout as delay } from 'node:timers/promises'
import type { RandomGenerator } from '../../src-core/random/generator.ts'
import { childrenOf, kill, type Place, start, untilThere, Victim } from './victim.ts'

export interface Attack {
  readonly place: Place
  readonly generator: RandomGenerator
  /** Its time is over: nothing more is killed. */
  over(): boolean
  /** Told after each kill. @param problem null: nothing is lost */
  killed(kind: string, victim: Victim, problem: string | null): void
  /** Has `spiketune check` look through a study whose kills are over. */
  checked(victim: Victim): Promise<void>
}

/** A study that is larger takes longer to look through. */
const killsAStudy = 40

/** Kills the command line, its optimiser's thread with it; with SCBO it is likely to be at work. */
export const killTerminals = async (attack: Attack, kind: string, kills: number, optimiser: object): Promise<void> => {
  const { place, generator } = attack
  const name = kind.replaceAll(/\W+/g, '-').toLowerCase()
  for (let done = 0; done < kills && !attack.over();) {
    const victim = new Victim(place, `${name}-${done}`, optimiser)
    for (let first = true; done < kills && !attack.over() && (first || done % killsAStudy > 0); done++) {
      const begun = start(place, ...(first ? ['run', victim.definition] : ['resume', victim.id]), '--json')
      // A study that is not there yet has nothing to be looked at.
      if (first) await untilThere(victim.database)
      // At the start, and at any moment of the work: after so many trials, and a moment.
      await begun.untilTold(generator.below(4))
      await delay(generator.below(400))
      kill(begun.child.pid ?? 0)
      const { stdout } = await begun.ended
      attack.killed(kind, victim, await victim.problem(stdout))
      first = false
    }
    await attack.checked(victim)
  }
}

/** Kills workers of a command line that goes on. */
export const killWorkers = async (attack: Attack, kind: string, kills: number): Promise<void> => {
  const { place, generator } = attack
  for (let done = 0; done < kills && !attack.over();) {
    const victim = new Victim(place, `worker-${done}`)
    let begun = start(place, 'run', victim.definition, '--json')
    await begun.untilTold(3)
    for (let first = true; done < kills && !attack.over() && (first || done % killsAStudy > 0);) {
      await delay(generator.below(1500))
      const workers = childrenOf(begun.child.pid ?? 0)
      const chosen = workers[generator.below(workers.length)]
      if (chosen === undefined && begun.child.exitCode !== null) begun = start(place, 'resume', victim.id, '--json')
      if (chosen === undefined || !kill(chosen)) continue
      attack.killed(kind, victim, await victim.problem())
      first = false
      done++
    }
    kill(begun.child.pid ?? 0)
    const { stdout } = await begun.ended
    const problem = await victim.problem(stdout)
    if (problem !== null) attack.killed(kind, victim, problem)
    await attack.checked(victim)
  }
}
