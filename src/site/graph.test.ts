import { beforeAll, expect, test } from 'vitest'
import { editionAt, newestVersion } from '../../spec/versions/editions.js'
import { someFixtures } from './for-tests.js'
import { graphOf, type Graph, type Line } from './graph.js'
import { arrowHits, hitsOf } from './heat.js'
import { place, type Placed, type Rect } from './layout.js'
import { Lessons } from './learnt.js'
import { mermaidOf } from './mermaid.js'
import { traceOf } from './trace.js'
import { viewOf, type SpecView } from './view.js'

let view: SpecView
const cases = someFixtures(8)
const lessons = new Lessons()
const decisions: { readonly rule: string; readonly machine: string; readonly event: string }[] = []
beforeAll(() => {
  for (const { read } of cases) for (const step of traceOf(read(), lessons)) decisions.push(...step.decisions)
  // What a bill leads to, whichever fixtures there are.
  for (const to of ['created', 'gracePeriod', 'absent']) lessons.note('SC-BILL-0', 'created', to)
  view = viewOf(editionAt(newestVersion), lessons)
}, 60_000)

const graph = (id: string): Graph => graphOf(view.machine(id), 'plain')
const texts = (lines: readonly Line[] | undefined): readonly string[] => (lines ?? []).map(({ text }) => text)

test('a trace names for every decision the event whose branches the rule is one of', () => {
  expect(decisions.length).toBeGreaterThan(500)
  const wrong = decisions.filter(({ rule, machine, event }) => {
    const handler = view.machine(machine).handlers.find((h) => h.event === event)
    return handler?.lists.some(({ branches }) => branches.some((b) => b.rule === rule)) !== true
  })
  // Cases are of one version each; rules of another stand in another view.
  expect(wrong.filter(({ rule }) => view.rules.has(rule))).toEqual([])
  expect(new Set(decisions.map(({ event }) => event)).has('@bill')).toBe(true)
})

test('what all states of a life have in common is drawn once', () => {
  const { frame, arrows, boxes } = graph('contract')
  expect(texts(frame?.lines)).toContain('updateNodeContract')
  for (const { lines } of boxes) expect(texts(lines)).not.toContain('updateNodeContract')
  const out = arrows.filter(({ lines }) => texts(lines).includes('cancelContract'))
  expect(out).toHaveLength(1)
  expect(out[0]).toMatchObject({ begin: 'exists', to: 'absent', end: 'absent again' })
  expect(out[0]!.from).toEqual(['created', 'deployed', 'gracePeriod', 'deleted'])
})

test('no rule that an arrow or a box stands for is lost in the frame', () => {
  const { frame, arrows, boxes } = graphOf(view.machine('contract'), 'full')
  const drawn = new Set(
    [...(frame?.lines ?? []), ...boxes.flatMap(({ lines }) => lines), ...arrows.flatMap(({ lines }) => lines)].flatMap(({ ways }) =>
      ways.map(({ rule }) => rule),
    ),
  )
  const all = view.machine('contract').handlers.flatMap(({ lists }) => lists.flatMap(({ branches }) => branches.map(({ rule }) => rule)))
  expect(all.filter((rule) => !drawn.has(rule))).toEqual([])
})

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('in no picture does a label lie on a box or on another label', async () => {
  const found: string[] = []
  for (const { id } of view.machines) {
    const { boxes, arrows, common }: Placed = await place(graph(id))
    const rects = [...boxes, ...arrows.map(({ label }) => label), ...(common === undefined ? [] : [common])]
    rects.forEach((a, i) => {
      for (const b of rects.slice(i + 1)) if (overlap(a, b)) found.push(`${id}: ${JSON.stringify([a.x, a.y, b.x, b.y])}`)
    })
  }
  expect(found).toEqual([])
})

test('an arrow’s heat is of the states that it leaves; a rule that leads to several states bounds it', () => {
  const { arrows } = graph('contract')
  const rule = 'SC-GRACE-1'
  const states = { [`contract created ${rule}`]: 5, [`contract deployed ${rule}`]: 70 }
  const heat = { machine: 'contract', states, rules: { [rule]: 75 } }
  const hits = (from: string, known = heat as Parameters<typeof hitsOf>[1]) => {
    const line = arrows.find((a) => a.begin === from && a.to === 'gracePeriod')!.lines.find(({ text }) => text === 'grace')!
    return hitsOf(line, known)
  }
  expect(hits('created')).toEqual({ most: 5, isBound: false })
  expect(hits('deployed')).toEqual({ most: 70, isBound: false })
  expect(hits('created', { ...heat, states: undefined })).toEqual({ most: 75, isBound: true })
  const split: Line = { kind: 'call', text: 'bill', event: 'bill', ways: [{ state: 'created', rule: 'R', isSplit: true }] }
  expect(arrowHits([split], { ...heat, states: { 'contract created R': 3 } })).toBe(3)
  expect(
    arrowHits(arrows.find((a) => a.begin === 'created' && a.to === 'gracePeriod')!.lines, {
      ...heat,
      states: { ...states, 'contract created SC-BILL-0': 900 },
    }),
  ).toBe(5)
  expect(hitsOf(split, { ...heat, states: { 'contract created R': 3 } })).toEqual({ most: 3, isBound: true })
})

test('Mermaid gets a beginning, an end, and the states that exist in one', () => {
  const text = mermaidOf(graph('service-contract'))
  expect(text).toContain('[*] --> absent\n')
  expect(text).toContain('absent_again --> [*]')
  expect(text).toMatch(/state exists \{\n( {4}\w+\n)+ {2}\}/)
})
