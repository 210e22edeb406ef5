import type { Line, Way } from './graph.js'

const order = ['call', 'stage', 'refusal']

/** The lines of a box or an arrow while they are gathered: one a text, with all ways that it stands for. */
export class Lines {
  private readonly byText = new Map<string, Omit<Line, 'ways'> & { readonly ways: Way[] }>()

  get isEmpty(): boolean {
    return this.byText.size === 0
  }

  add(kind: Line['kind'], event: string, text: string, ...ways: readonly Way[]): void {
    const key = `${kind} ${text}`
    const known = this.byText.get(key)
    if (known === undefined) this.byText.set(key, { kind, text, event, ways: [...ways] })
    else known.ways.push(...ways)
  }

  /** Calls first, then stages, then refusals, no more than fit. */
  list(most: number, what: string): readonly Line[] {
    const all = [...this.byText.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    if (all.length <= most) return all
    return [...all.slice(0, most - 1), { kind: 'more', text: `and ${all.length - most + 1} more ${what}`, ways: [], event: '' }]
  }

  /** What all of them have, with the same rules, moves into one. */
  static takeShared(all: readonly Lines[]): Lines {
    const shared = new Lines()
    for (const [key, { kind, event, text }] of all[0]?.byText ?? []) {
      const same = all.map(({ byText }) => byText.get(key))
      const rules = same.map((line) => line?.ways.map(({ rule }) => rule).join(' '))
      if (rules.some((text) => text === undefined || text !== rules[0])) continue
      shared.add(kind, event, text, ...same.flatMap((line) => line!.ways))
      for (const { byText } of all) byText.delete(key)
    }
    return shared
  }
}
