import { escapeText } from './html.js'
import { handlerAnchor } from './links.js'
import { rulesText, type Line } from './graph.js'
import { headHeight, lineHeight, mainSize, ruleSize, type Placed, type Point } from './layout.js'

/** Our own small SVG of a placed machine. In a page, the page's style sheet colours it; alone, it brings its own colours. */

/** What a run hit: how often, by rule. */
export type Hits = Readonly<Record<string, number>>

export interface SvgOptions {
  /** Its name for people who do not see it. */
  readonly title: string
  /** `page`: coloured by the page, lines link to the branches below · `alone`: a file of its own · `print`: the same, light only. */
  readonly mode: 'page' | 'alone' | 'print'
  /** Makes ids unique where several pictures stand in a page. */
  readonly prefix?: string
  readonly heat?: Hits
  /** Where a box's name leads. */
  readonly href?: (state: string) => string
}

const fonts = "system-ui, 'DejaVu Sans', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const light = `.bg{fill:#fff}.box{fill:#f6f8fb;stroke:#5b6b82}.begin{stroke-dasharray:5 4}.name{fill:#14202e;font-weight:600}.call{fill:#0b4f9e}.stage{fill:#5a6472}.refusal{fill:#a4262c}.more{fill:#5a6472;font-style:italic}.rules{fill:#5a6472}.arrow{stroke:#5b6b82;fill:none;stroke-width:1.4}.seen{stroke-dasharray:2 4}.head{fill:#5b6b82}.label{fill:#fff;opacity:.9}.rule-line{stroke:#c9d2de}`
const dark = `@media (prefers-color-scheme:dark){.bg{fill:#10161d}.box{fill:#18212b;stroke:#8fa3bd}.name{fill:#e8eef5}.call{fill:#8cc2ff}.stage,.more,.rules{fill:#a9b6c6}.refusal{fill:#ff9a9e}.arrow{stroke:#8fa3bd}.head{fill:#8fa3bd}.label{fill:#10161d}.rule-line{stroke:#33414f}}`

const tag = (name: string, attributes: Readonly<Record<string, string | number>>, inside = ''): string => {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
  return inside === '' ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${inside}</${name}>`
}

/** How hot: 0 was never hit, 5 is the hottest; each step is ten times more. */
export const heatOf = (hits: number): number => (hits === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log10(hits))))

const hitsOf = (line: Line, heat: Hits): number => line.rules.reduce((sum, rule) => sum + (heat[rule] ?? 0), 0)
const countText = (n: number): string =>
  n >= 10_000_000 ? `${Math.round(n / 1e6)}M` : n >= 10_000 ? `${Math.round(n / 1000)}k` : String(n)

function text(line: Line, x: number, y: number, { mode, heat, prefix = '' }: SvgOptions): string {
  const count = heat === undefined || line.event === '' ? undefined : hitsOf(line, heat)
  const heatClass = count === undefined ? '' : ` h${heatOf(count)}`
  const behind = count === undefined ? rulesText(line) : `${countText(count)}×`
  const small = behind === '' ? '' : `<tspan class="rules" font-size="${ruleSize}" dx="7">${escapeText(behind)}</tspan>`
  const shown = tag('text', { x, y, class: `${line.kind}${heatClass}`, 'font-size': mainSize }, `${escapeText(line.text)}${small}`)
  return mode === 'page' && line.event !== '' ? tag('a', { href: `#${prefix}${handlerAnchor(line.event)}` }, shown) : shown
}

function boxName({ state, x, y, width }: Placed['boxes'][number], { href }: SvgOptions): string {
  const name = tag('text', { class: 'name', x: x + width / 2, y: y + 20, 'text-anchor': 'middle', 'font-size': 15 }, escapeText(state))
  return href === undefined ? name : tag('a', { href: href(state) }, name)
}

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

export function svgOf(placed: Placed, options: SvgOptions): string {
  const { mode, title, heat } = options
  const { width, height, boxes, arrows } = placed
  const lines = arrows.map((arrow) => {
    const hits = heat === undefined ? undefined : arrow.lines.reduce((sum, line) => sum + hitsOf(line, heat), 0)
    const heatClass = hits === undefined ? '' : ` h${heatOf(hits)}`
    return tag(
      'g',
      { class: 'edge', 'data-from': arrow.from, 'data-to': arrow.to },
      tag('path', { class: `arrow${arrow.isSeen && heat === undefined ? ' seen' : ''}${heatClass}`, d: path(arrow.points) }) +
        arrowHead(arrow.points),
    )
  })
  const labels = arrows.map(({ label, lines: list }) =>
    [
      tag('rect', { class: 'label', x: label.x, y: label.y, width: label.width, height: label.height }),
      ...list.map((line, i) => text(line, label.x + 3, label.y + 13 + i * lineHeight, options)),
    ].join(''),
  )
  const drawn = boxes.map((box) =>
    tag(
      'g',
      { class: 'state', 'data-state': box.state },
      [
        tag('rect', {
          class: `box${box.isBeginning ? ' begin' : ''}`,
          x: box.x,
          y: box.y,
          width: box.width,
          height: box.height,
          rx: 8,
          'stroke-width': 1.4,
        }),
        boxName(box, options),
        box.lines.length === 0 ? '' : tag('path', { class: 'rule-line', d: `M${box.x} ${box.y + headHeight - 2}h${box.width}` }),
        ...box.lines.map((line, i) => text(line, box.x + 12, box.y + headHeight + 14 + i * lineHeight, options)),
      ].join(''),
    ),
  )
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
  return tag('svg', attributes, `${style}${tag('title', {}, escapeText(title))}${lines.join('')}${labels.join('')}${drawn.join('')}`)
}
