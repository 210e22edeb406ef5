import { Elk } from './elk.js'
import { rulesText, type Arrow, type Box, type Graph, type Line } from './graph.js'

/** Where boxes, arrows and their texts stand. ELK decides; the same graph always gets the same places. */

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Placed {
  readonly width: number
  readonly height: number
  readonly boxes: readonly (Box & Point & { readonly width: number; readonly height: number })[]
  readonly arrows: readonly (Arrow & {
    readonly points: readonly Point[]
    readonly label: Point & { readonly width: number; readonly height: number }
  })[]
}

export const lineHeight = 17
export const headHeight = 30
const padding = 12
const narrow = "iljtfrI.,:;'|()[] -"
const wide = 'mwMW@%'

/** The width of a text in a sans-serif face, a little on the safe side: nobody knows the reader's font. */
export function textWidth(text: string, size: number): number {
  let units = 0
  for (const c of text) units += narrow.includes(c) ? 0.36 : wide.includes(c) ? 0.92 : c >= 'A' && c <= 'Z' ? 0.7 : 0.58
  return Math.ceil(units * size)
}
export const mainSize = 13
export const ruleSize = 10

export const lineWidth = (line: Line): number =>
  textWidth(line.text, mainSize) + (line.rules.length === 0 ? 0 : 8 + textWidth(rulesText(line), ruleSize))
const widest = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth))

const sizeOf = (box: Box): { width: number; height: number } => ({
  width: Math.max(90, textWidth(box.state, 16.5) + 2 * padding, widest(box.lines) + 2 * padding),
  height: headHeight + (box.lines.length === 0 ? 6 : box.lines.length * lineHeight + 10),
})

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '22',
  'elk.spacing.nodeNode': '48',
  'elk.spacing.edgeNode': '22',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '5',
  'elk.padding': '[top=14,left=14,bottom=14,right=14]',
}

const known = new Map<string, Promise<Placed>>()

/** Places a graph. Editions that do not differ in it share the work. */
export function place(graph: Graph): Promise<Placed> {
  const key = JSON.stringify([graph.boxes, graph.arrows])
  let placed = known.get(key)
  if (placed === undefined) known.set(key, (placed = compute(graph)))
  return placed
}

async function compute({ boxes, arrows }: Graph): Promise<Placed> {
  const laid = await Elk.layout({
    id: 'root',
    layoutOptions: options,
    children: boxes.map((box) => ({ id: box.state, ...sizeOf(box) })),
    edges: arrows.map((arrow, i) => ({
      id: `e${i}`,
      sources: [arrow.from],
      targets: [arrow.to],
      labels: [{ id: `l${i}`, text: 'x', width: widest(arrow.lines) + 6, height: arrow.lines.length * lineHeight }],
    })),
  })
  const at = new Map((laid.children ?? []).map((node) => [node.id, node]))
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]))
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    boxes: boxes.map((box) => {
      const { x = 0, y = 0, width = 0, height = 0 } = at.get(box.state) ?? {}
      return { ...box, x: round(x), y: round(y), width, height }
    }),
    arrows: arrows.map((arrow, i) => {
      const edge = edges.get(`e${i}`)
      const { startPoint, bendPoints = [], endPoint } = edge?.sections?.[0] ?? { startPoint: { x: 0, y: 0 }, endPoint: { x: 0, y: 0 } }
      const { x = 0, y = 0, width = 0, height = 0 } = edge?.labels?.[0] ?? {}
      return {
        ...arrow,
        points: [startPoint, ...bendPoints, endPoint].map((p) => ({ x: round(p.x), y: round(p.y) })),
        label: { x: round(x), y: round(y), width, height },
      }
    }),
  }
}

const round = (n: number): number => Math.round(n * 10) / 10
