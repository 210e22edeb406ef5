import { rulesOf, rulesText, type Box, type Line } from './graph.js'
import { arrowHits, heatOf, hitsOf, hitsText, type Heat } from './heat.js'
import { escapeText } from './html.js'
import { headHeight, labelSpace, lineHeight, inEach, mainSize, ruleSize, type Placed, type Point, type Rect } from './layout.js'
import { handlerAnchor } from './links.js'
import { dark, fonts, light } from './svg-style.js'

/** Our own small SVG of a placed machine. In a page, the page's style sheet colours it; alone, it brings its own colours. */

export interface SvgOptions {
  /** Its name for people who do not see it. */
  readonly title: string
  /** `page`: coloured by the page, lines link to the branches below · `alone`: a file of its own · `print`: the same, light only. */
  readonly mode: 'page' | 'alone' | 'print'
  /** What a run hit. */
  readonly heat?: Heat
  /** Lines lead nowhere: the branches stand on another page. */
  readonly hasNoLinks?: boolean
  /** Where a box's name leads. */
  readonly href?: (state: string) => string
}

const tag = (name: string, attributes: Readonly<Record<string, string | number>>, inside = ''): string => {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
  return inside === '' ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${inside}</${name}>`
}

/** @param edge the number of the arrow that the line stands on, if it does */
function text(line: Line, x: number, y: number, { mode, heat, hasNoLinks }: SvgOptions, edge?: number): string {
  const hits = heat === undefined || line.ways.length === 0 ? undefined : hitsOf(line, heat)
  const heatClass = hits === undefined ? '' : ` h${heatOf(hits.most)}`
  const behind = hits === undefined ? rulesText(line) : hitsText(hits)
  const small = behind === '' ? '' : `<tspan class="rules" font-size="${ruleSize}" dx="7">${escapeText(behind)}</tspan>`
  const shown = tag('text', { x, y, class: `${line.kind}${heatClass}`, 'font-size': mainSize }, `${escapeText(line.text)}${small}`)
  return mode === 'page' && line.event !== '' && hasNoLinks !== true
    ? tag('a', { href: `#${handlerAnchor(line.event)}`, 'data-rules': rulesOf(line).join(' '), ...numbered(edge) }, shown)
    : shown
}

const numbered = (edge: number | undefined): Readonly<Record<string, number>> => (edge === undefined ? {} : { 'data-edge': edge })

/** The line from point to point, with its corners rounded. */
function path(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let d = `M${first.x} ${first.y}`
  rest.forEach((p, i) => {
    const next = rest[i + 1]
    if (next === undefined) d += `L${p.x} ${p.y}`
    else {
      const from = towards(p, i === 0 ? first : rest[i - 1]!)
      const to = towards(p, next)
      d += `L${from.x} ${from.y}Q${p.x} ${p.y} ${to.x} ${to.y}`
    }
  })
  return d
}
function towards(p: Point, other: Point, by = 8): Point {
  const length = Math.hypot(other.x - p.x, other.y - p.y)
  const part = length === 0 ? 0 : Math.min(0.5, by / length)
  return { x: Math.round((p.x + (other.x - p.x) * part) * 10) / 10, y: Math.round((p.y + (other.y - p.y) * part) * 10) / 10 }
}

function arrowHead(points: readonly Point[]): string {
  const end = points.at(-1)
  const before = points.at(-2)
  if (end === undefined || before === undefined) return ''
  const angle = Math.round((Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI)
  return tag('path', { class: 'head', d: 'M0 0L-9 -4.5L-9 4.5Z', transform: `translate(${end.x} ${end.y}) rotate(${angle})` })
}

type PlacedArrow = Placed['arrows'][number]

function arrowOf({ from, to, points, lines, isSeen }: PlacedArrow, edge: number, { heat, mode, hasNoLinks }: SvgOptions): string {
  const hits = heat === undefined ? undefined : arrowHits(lines, heat)
  const heatClass = hits === undefined ? '' : ` h${heatOf(hits)}`
  const d = path(points)
  // A thin line is hard to hit: another, unseen and broad, takes the click.
  const target = mode === 'page' && hasNoLinks !== true ? tag('path', { class: 'hit', d }) : ''
  return tag(
    'g',
    { class: 'edge', 'data-from': from.join(' '), 'data-to': to, ...numbered(edge) },
    tag('path', { class: `arrow${isSeen && heat === undefined ? ' seen' : ''}${heatClass}`, d }) + arrowHead(points) + target,
  )
}

const labelOf = ({ label: { x, y, width, height }, lines }: PlacedArrow, edge: number, options: SvgOptions): string =>
  (lines.length === 0 ? '' : tag('rect', { class: 'label', x, y, width, height, rx: 6 })) +
  lines.map((line, i) => text(line, x + labelSpace.x, y + labelSpace.y + 13 + i * lineHeight, options, edge)).join('')

function boxOf(box: Placed['boxes'][number], options: SvgOptions): string {
  const { x, y, width, height, title, state, lines, isNothing } = box
  const named = tag('text', { class: 'name', x: x + width / 2, y: y + 21, 'text-anchor': 'middle', 'font-size': 15 }, escapeText(title))
  // Half a line inside, so that the box keeps its own.
  const head = `M${x + 0.7} ${y + headHeight}V${y + 10}q0 -9.3 9.3 -9.3h${round(width - 20)}q9.3 0 9.3 9.3V${y + headHeight}Z`
  return tag(
    'g',
    { class: 'state', 'data-state': state },
    [
      tag('rect', { class: `box${isNothing ? ' nothing' : ''}`, x, y, width, height, rx: lines.length === 0 ? 16 : 10 }),
      lines.length > 0 ? tag('path', { class: 'top', d: head }) : '',
      options.href === undefined ? named : tag('a', { href: options.href(state) }, named),
      ...lines.map((line, i) => text(line, x + 12, y + headHeight + 16 + i * lineHeight, options)),
    ].join(''),
  )
}
const round = (n: number): number => Math.round(n * 10) / 10

const frameBox = ({ x, y, width, height }: Rect): string => tag('rect', { class: 'frame', x, y, width, height, rx: 14 })

/** What all states of the frame have in common. */
const commonText = ({ lines }: Box, { x, y }: Point, options: SvgOptions): string =>
  lines.length === 0
    ? ''
    : [
        tag('text', { x: x + labelSpace.x, y: y + 16, class: 'more', 'font-size': mainSize }, inEach),
        ...lines.map((line, i) => text(line, x + labelSpace.x, y + 16 + (i + 1) * lineHeight, options)),
      ].join('')

export function svgOf(placed: Placed, options: SvgOptions): string {
  const { mode, title } = options
  const { width, height, boxes, arrows, frame, common } = placed
  const style =
    mode === 'page' ? '' : `<style>${light}${mode === 'alone' ? dark : ''}</style>${tag('rect', { class: 'bg', width, height })}`
  // A group whose name is read out, and whose links stay reachable; without links it is one picture.
  const role = mode === 'page' ? 'group' : 'img'
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'machine',
    role,
    'aria-label': title,
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    'font-family': fonts,
  }
  return tag(
    'svg',
    attributes,
    [
      style,
      tag('title', {}, escapeText(title)),
      frame === undefined ? '' : frameBox(frame),
      ...arrows.map((arrow, i) => arrowOf(arrow, i, options)),
      ...boxes.map((box) => boxOf(box, options)),
      frame === undefined || common === undefined ? '' : commonText(frame, common, options),
      ...arrows.map((arrow, i) => labelOf(arrow, i, options)),
    ].join(''),
  )
}
