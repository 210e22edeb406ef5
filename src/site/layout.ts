import type { ElkNode } from 'elkjs/lib/elk-api.js'
import { Elk } from './elk.js'
import { rulesText, type Arrow, type Box, type Graph, type Line } from './graph.js'

/** Where boxes, arrows and their texts stand. ELK decides; the same graph always gets the same places. */

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Rect extends Point {
  readonly width: number
  readonly height: number
}
export interface Placed {
  readonly width: number
  readonly height: number
  readonly frame?: Box & Rect
  /** Where the frame's lines stand. */
  readonly common?: Rect
  readonly boxes: readonly (Box & Rect)[]
  readonly arrows: readonly (Arrow & { readonly points: readonly Point[]; readonly label: Rect })[]
}

export const lineHeight = 18
export const headHeight = 32
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

/** What a label keeps free around its text: left and right, above and below. */
export const labelSpace = { x: 7, y: 3 } as const

export const lineWidth = (line: Line): number =>
  textWidth(line.text, mainSize) + (line.ways.length === 0 ? 0 : 8 + textWidth(rulesText(line), ruleSize))
const widest = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth))

const sizeOf = (box: Box): { width: number; height: number } => ({
  width: Math.max(90, textWidth(box.title, 16.5) + 2 * padding, widest(box.lines) + 2 * padding),
  height: headHeight + (box.lines.length === 0 ? 0 : box.lines.length * lineHeight + 10),
})

/** What stands above the lines of a frame. */
export const inEach = 'in each of these states'
const commonId = 'in each'

/** Each level of a picture wants to be told. */
const spacing = {
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '22',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '4',
}
const options = {
  ...spacing,
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.padding': '[top=14,left=14,bottom=14,right=14]',
}

const known = new Map<string, Promise<Placed>>()

/** Places a graph. Editions that do not differ in it share the work. */
export function place(graph: Graph): Promise<Placed> {
  const key = JSON.stringify([graph.frame, graph.boxes, graph.arrows])
  let placed = known.get(key)
  if (placed === undefined) known.set(key, (placed = compute(graph)))
  return placed
}

const nodeOf = (box: Box): ElkNode => ({ id: box.id, ...sizeOf(box) })

function nodesOf({ boxes, frame }: Graph): ElkNode[] {
  if (frame === undefined) return boxes.map(nodeOf)
  const width = Math.max(widest(frame.lines), textWidth(inEach, mainSize)) + 2 * labelSpace.x
  const height = (frame.lines.length + 1) * lineHeight + 2 * labelSpace.y
  return [
    ...boxes.filter(({ isNothing }) => isNothing).map(nodeOf),
    {
      id: frame.id,
      layoutOptions: { ...spacing, 'elk.padding': '[top=20,left=20,bottom=20,right=20]' },
      children: [
        ...(frame.lines.length === 0
          ? []
          : [{ id: commonId, width, height, layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } }]),
        ...boxes.filter(({ isNothing }) => !isNothing).map(nodeOf),
      ],
    },
  ]
}

async function compute(graph: Graph): Promise<Placed> {
  const { boxes, frame, arrows } = graph
  const laid = await Elk.layout({
    id: 'root',
    layoutOptions: options,
    children: nodesOf(graph),
    edges: arrows.map(({ begin, end, lines }, i) => ({
      id: `e${i}`,
      sources: [begin],
      targets: [end],
      labels:
        lines.length === 0
          ? []
          : [
              {
                id: `l${i}`,
                text: 'x',
                width: widest(lines) + 2 * labelSpace.x,
                height: lines.length * lineHeight + 2 * labelSpace.y,
                layoutOptions: { 'elk.edgeLabels.inline': 'true' },
              },
            ],
    })),
  })
  const nodes = new Map((laid.children ?? []).flatMap((node) => [node, ...(node.children ?? [])]).map((node) => [node.id, node]))
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]))
  const placedBox = (box: Box): Box & Rect => ({ ...box, ...rect(nodes.get(box.id)) })
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    ...(frame === undefined ? {} : { frame: placedBox(frame), common: rect(nodes.get(commonId)) }),
    boxes: boxes.map(placedBox),
    arrows: arrows.map((arrow, i) => {
      const edge = edges.get(`e${i}`)
      const { startPoint, bendPoints = [], endPoint } = edge?.sections?.[0] ?? { startPoint: { x: 0, y: 0 }, endPoint: { x: 0, y: 0 } }
      return {
        ...arrow,
        points: [startPoint, ...bendPoints, endPoint].map((p) => ({ x: round(p.x), y: round(p.y) })),
        label: rect(edge?.labels?.[0]),
      }
    }),
  }
}

const rect = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rect> = {}): Rect => ({
  ...{ x: round(x), y: round(y), width: round(width), height: round(height) },
})
const round = (n: number): number => Math.round(n * 10) / 10
