/** The colours of a picture that stands alone. In a page, the page's style sheet gives them. */

export const fonts = "system-ui, 'DejaVu Sans', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

type Colours = Readonly<Record<'page' | 'box' | 'top' | 'frame' | 'line' | 'edge' | 'name' | 'soft' | 'call' | 'refusal', string>>

const fills = ({ page, box, top, frame, line, edge, name, soft, call, refusal }: Colours): string =>
  [
    `.bg,.label{fill:${page}}`,
    `.box{fill:${box};stroke:${edge}}`,
    `.top{fill:${top}}`,
    `.frame{fill:${frame}}`,
    `.frame{stroke:${line}}`,
    `.name{fill:${name}}`,
    `.call{fill:${call}}`,
    `.stage,.more,.rules{fill:${soft}}`,
    `.refusal{fill:${refusal}}`,
    `.arrow{stroke:${edge}}`,
    `.head{fill:${edge}}`,
  ].join('')

/** The light colours, and what is alike in both. */
export const light = `${fills({
  ...{ page: '#ffffff', box: '#ffffff', top: '#e9eff7', frame: '#f7f9fc', line: '#ccd5e1', edge: '#5b6b82' },
  ...{ name: '#14202e', soft: '#516074', call: '#0b4f9e', refusal: '#a4262c' },
})}.box{stroke-width:1.4}.nothing{stroke-dasharray:5 4}.name{font-weight:600}.more{font-style:italic}.arrow{fill:none;stroke-width:1.5}.seen{stroke-dasharray:2 4}`

export const dark = `@media (prefers-color-scheme:dark){${fills({
  ...{ page: '#10161d', box: '#10161d', top: '#243140', frame: '#151d26', line: '#33414f', edge: '#8fa3bd' },
  ...{ name: '#e8eef5', soft: '#a9b6c6', call: '#8cc2ff', refusal: '#ff9a9e' },
})}}`
